"""Consumers of the log. Each follows it from its own stored position, may be given a row twice, and catches up by
itself after a fault.

A room registers its consumers when its application is ready; ``manage.py follow`` drives them. Work is done outside any
transaction, so that a slow consumer never holds up an editor; the position moves on by compare-and-set, so that of two
hosts at work only one moves it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.publication.models import ConsumerPosition, Head, LogRow

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Consumer:
    """A name for the stored position, and what to do with a batch of rows, in order."""

    name: str
    handle: Callable[[Sequence[LogRow]], None]
    batch: int = 100


_REGISTERED: dict[str, Consumer] = {}


def register(consumer: Consumer) -> None:
    """Make a consumer known to ``manage.py follow``."""
    _REGISTERED[consumer.name] = consumer


def registered() -> tuple[Consumer, ...]:
    """All consumers, by name."""
    return tuple(_REGISTERED[name] for name in sorted(_REGISTERED))


def step(consumer: Consumer) -> int:
    """Give a consumer its next rows, and return how many there were. A fault is logged and stored, and the position
    stays where it was.
    """
    position, _created = ConsumerPosition.objects.get_or_create(consumer=consumer.name)
    batch = list(LogRow.objects.filter(seq__gt=position.seq).order_by("seq")[: consumer.batch])
    if not batch:
        return 0
    where = ConsumerPosition.objects.filter(consumer=consumer.name, seq=position.seq)
    try:
        consumer.handle(batch)
    except Exception as fault:
        logger.exception("consumer failed", extra={"consumer": consumer.name, "seq": batch[0].seq})
        where.update(problem=f"{type(fault).__name__}: {fault}"[:500])
        raise
    where.update(seq=batch[-1].seq, problem="")
    return len(batch)


def lag() -> dict[str, int]:
    """How many rows each consumer is behind the head of the log."""
    head = Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    positions = dict(ConsumerPosition.objects.values_list("consumer", "seq"))
    return {consumer.name: head - positions.get(consumer.name, 0) for consumer in registered()}
