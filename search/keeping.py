"""Rebuilding an index, comparing it with the current records, and telling how it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.publication import selectors
from portal.publication.models import ConsumerPosition
from portal.publication.selectors import RecordQuery
from search import entries
from search.consumer import EngineConsumer
from search.documents import ANALYSIS, key_of
from search.engines import choosing
from search.engines.base import Engine, Gone, Unavailable
from search.models import Entry
from search.plan import Everything, Request

Progress = Callable[[int, int], None]
_BATCH = 500


@dataclass(frozen=True)
class Differences:
    """What an index and the current records disagree in, as uids or keys: records ``missing`` from the entries or the
    index, ``surplus`` ones in either, and ``older`` versions in the index.
    """

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    older: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.older)


@dataclass(frozen=True)
class Status:
    """How an engine stands: its index, how many documents that has, how far its consumer has followed the log, and what
    the matter is. Numbers are None while it is away.
    """

    engine: str
    index: str | None
    documents: int | None
    position: int | None
    head: int
    problem: str

    @property
    def lag(self) -> int | None:
        """Rows of the log that it has not taken in yet."""
        return None if self.position is None else self.head - self.position


def engines(name: str | None = None) -> list[Engine]:
    """The engines that are configured, or the one of this name. Raises LookupError where there is none."""
    found = [engine for engine in choosing.engines() if name in (None, engine.name)]
    if not found:
        raise LookupError(name or "")
    return found


def rebuild(engine: Engine, progress: Progress) -> None:
    """Build an engine's index anew from the entries, beside the one in use. Entries of an earlier analysis are made
    anew first. Raises `Unavailable`.
    """
    outdated = list(Entry.objects.exclude(analysis=ANALYSIS).values_list("uid", flat=True))
    for start in range(0, len(outdated), _BATCH):
        entries.renew(outdated[start : start + _BATCH])
    total = Entry.objects.count()
    before = _position(engine)
    engine.rebuild(entries.everything, lambda done: progress(done, total))
    after = EngineConsumer(engine).name
    # What was published meanwhile is taken in again from where the index before stood.
    ConsumerPosition.objects.update_or_create(
        consumer=after, defaults={"seq": before.seq if before else 0, "problem": ""}
    )
    if before and before.consumer != after:
        before.delete()


def differences(engine: Engine) -> Differences:
    """Compare an index with the entries, and these with the current records. Raises `Unavailable`."""
    public = set(RecordQuery().selection().values_list("uid", flat=True))
    kept = {uid: (key, seq) for uid, key, seq in Entry.objects.values_list("uid", "key", "seq").iterator()}
    uids = {key: uid for uid, (key, _seq) in kept.items()}
    held = dict(engine.keys())
    return Differences(
        missing=tuple(
            sorted((public - kept.keys()) | {uid for uid in public & kept.keys() if kept[uid][0] not in held})
        ),
        surplus=tuple(sorted((kept.keys() - public) | {uids.get(key, str(key)) for key in held if key not in uids})),
        older=tuple(sorted(uids[key] for key, seq in held.items() if key in uids and seq < kept[uids[key]][1])),
    )


def repair(engine: Engine, found: Differences) -> None:
    """Mend what `differences` found. Raises `Unavailable`."""
    uids = [each for each in (*found.missing, *found.surplus, *found.older) if not each.isdigit()]
    seq = selectors.head().seq
    for start in range(0, len(uids), _BATCH):
        chunk = uids[start : start + _BATCH]
        entries.renew(chunk)
        held = {entry.uid: entry for entry in entries.data(chunk)}
        engine.write(list(held.values()), [Gone(key_of(uid), uid, seq) for uid in chunk if uid not in held])
    # A key of no entry may have got its entry just now.
    strangers = {int(key) for key in found.surplus if key.isdigit()}
    strangers -= set(Entry.objects.filter(key__in=strangers).values_list("key", flat=True))
    if strangers:
        engine.write([], [Gone(key, "", seq) for key in sorted(strangers)])


def statuses() -> list[Status]:
    """How each engine stands."""
    return [_status(engine) for engine in choosing.engines()]


def _status(engine: Engine) -> Status:
    head = selectors.head().seq
    try:
        position = ConsumerPosition.objects.filter(consumer=EngineConsumer(engine).name).first()
        documents = engine.search(Request(Everything(), sort="newest", limit=1)).count
        return Status(
            engine.name,
            engine.identity(),
            documents,
            position.seq if position else 0,
            head,
            position.problem if position else "",
        )
    except Unavailable as fault:
        return Status(engine.name, None, None, None, head, str(fault))


def _position(engine: Engine) -> ConsumerPosition | None:
    try:
        name = EngineConsumer(engine).name
    except Unavailable:
        return None
    return ConsumerPosition.objects.filter(consumer=name).first()
