"""Consumers of the log. Each follows it from its own stored position, may be given a row twice, and catches up by
itself after a fault.

A room registers its consumers when its application is ready; ``manage.py follow`` drives them. Work is done outside any
transaction, so that a slow consumer never holds up an editor; the position moves on by compare-and-set, so that of two
hosts at work only one moves it.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from portal.publication.models import ConsumerPosition, Head, LogRow

logger = logging.getLogger(__name__)


class Follower(Protocol):
    """Whatever follows the log.

    ``label`` says which consumer it is, for people; ``name`` names its stored position, which may belong to what the
    consumer keeps (an index, say) and may raise where that cannot be told now. ``prepare`` is called before each step:
    it makes what is kept where that is missing, and returns the name. ``handle`` is given a batch of rows, at most
    ``batch``, in order.
    """

    @property
    def batch(self) -> int: ...

    @property
    def label(self) -> str: ...

    @property
    def name(self) -> str: ...

    def prepare(self) -> str: ...

    def handle(self, rows: Sequence[LogRow], /) -> None: ...


@dataclass(frozen=True)
class Consumer:
    """A consumer whose position has a fixed name."""

    name: str
    handle: Callable[[Sequence[LogRow]], None]
    batch: int = 100

    @property
    def label(self) -> str:
        """Its name."""
        return self.name

    def prepare(self) -> str:
        """Its name: nothing has to be made."""
        return self.name


_SOURCES: list[Callable[[], Iterable[Follower]]] = []


def register(source: Callable[[], Iterable[Follower]]) -> None:
    """Make consumers known to ``manage.py follow``: ``source`` gives those that there are now."""
    _SOURCES.append(source)


def registered() -> tuple[Follower, ...]:
    """All consumers, by label."""
    return tuple(sorted((each for source in _SOURCES for each in source()), key=lambda each: each.label))


def step(consumer: Follower) -> int:
    """Give a consumer its next rows, and return how many there were. A fault is logged and stored, and the position
    stays where it was.
    """
    try:
        name = consumer.prepare()
    except Exception:
        logger.exception("consumer is not ready", extra={"consumer": consumer.label})
        raise
    position, _created = ConsumerPosition.objects.get_or_create(consumer=name)
    batch = list(LogRow.objects.filter(seq__gt=position.seq).order_by("seq")[: consumer.batch])
    if not batch:
        return 0
    where = ConsumerPosition.objects.filter(consumer=name, seq=position.seq)
    try:
        consumer.handle(batch)
    except Exception as fault:
        logger.exception("consumer failed", extra={"consumer": name, "seq": batch[0].seq})
        where.update(problem=f"{type(fault).__name__}: {fault}"[:500])
        raise
    where.update(seq=batch[-1].seq, problem="")
    return len(batch)


def lag() -> dict[str, int | None]:
    """How many rows each consumer, by label, is behind the head of the log; None where that cannot be told now."""
    head = Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    positions = dict(ConsumerPosition.objects.values_list("consumer", "seq"))
    behind: dict[str, int | None] = {}
    for consumer in registered():
        try:
            behind[consumer.label] = head - positions.get(consumer.name, 0)
        except Exception:
            logger.exception("consumer has no position", extra={"consumer": consumer.label})
            behind[consumer.label] = None
    return behind
