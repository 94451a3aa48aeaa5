"""Recording events: the one way in which cases come to be and change.

Whoever records holds the lock of the events from then until their transaction ends: so the order of ``seq`` is the
order of commits, and a reader that has seen event N has seen all before it. Locks are taken in one order, cases (by
their keys), resources (by theirs), events; a transaction that records for several cases locks all of them first.
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from portal.cases import replaying, reservations
from portal.cases.models import Case, CaseEvent, EventHead
from portal.cases.personal.wrapped import Personal
from portal.core import many_rows

_TAKE = (
    "UPDATE cases_eventhead SET seq = seq + %s, recorded_at = GREATEST(recorded_at, %s) WHERE id = 1 "
    "RETURNING seq, recorded_at"
)


@dataclass(frozen=True)
class Said:
    """The personal values, by field name, that were given with an event of a case. One that is None is taken out."""

    case: Case
    event: CaseEvent
    values: Mapping[str, Personal | None]


class PersonalStore(Protocol):
    """Where personal values go. It is called in the transaction that writes the events, after they are written."""

    def store_all(self, said: Sequence[Said]) -> None:
        """Keep what was said, all or nothing; each has at least one value."""

    def carry(self, earlier: Case, event: CaseEvent, fields: Sequence[str]) -> None:
        """Keep with an event, the receipt of a case that follows an earlier one, what was last said there for these
        fields, as far as anything was.
        """


@dataclass(frozen=True)
class Change:
    """An event to record for a case. What is None stays as it is. ``closed`` says whether ``state`` is a closed one and
    stands with it. ``other`` is the case that the event is about besides its own.
    """

    case: Case
    type: str
    actor: str
    occurred_at: datetime.datetime
    plain: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Personal | None] = field(default_factory=dict)
    state: str | None = None
    closed: bool | None = None
    agency: str | None = None
    assignee: str | None = None
    other: Case | None = None


def record(
    changes: Sequence[Change], *, personal: PersonalStore, now: datetime.datetime | None = None
) -> list[CaseEvent]:
    """Write the events, the cases as they stand after them, and hand on what is personal; the events, in order.

    The caller is in a transaction and has locked the cases that exist already; new ones have no key yet. No case comes
    twice. What a case reserves, the caller has looked at (`reserving`); a reservation that the database
    refuses nevertheless raises IntegrityError.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("events are recorded in a transaction")
    events = [_event(change) for change in changes]
    new, old, changed = [], [], set()
    for change, event in zip(changes, events, strict=True):
        case = change.case
        before = None if case.pk is None else replaying.standing_of(case)
        standing = replaying.after(before, event)
        for member in replaying.MEMBERS:
            if before is None or getattr(before, member) != getattr(standing, member):
                setattr(case, member, getattr(standing, member))
                changed.add(_column(member))
        (new if before is None else old).append(case)
    _update(old, changed)
    many_rows.insert_models(new)
    reservations.keep([change.case for change in changes])
    last, recorded_at = _lock(len(events), now or timezone.now())
    for seq, (change, event) in enumerate(zip(changes, events, strict=True), start=last - len(events) + 1):
        event.case, event.seq, event.recorded_at = change.case, seq, recorded_at
    many_rows.insert_models(events)
    said = [
        Said(change.case, event, change.personal)
        for change, event in zip(changes, events, strict=True)
        if change.personal
    ]
    if said:
        personal.store_all(said)
    return events


def _event(change: Change) -> CaseEvent:
    """The event without its place among all."""
    case = change.case
    agency = case.agency if change.agency is None else change.agency
    return CaseEvent(
        number=(case.version or 0) + 1,
        type=change.type,
        kind=case.kind,
        state=case.state if change.state is None else change.state,
        closed=case.closed_at is not None if change.closed is None else change.closed,
        agency=agency,
        from_agency=case.agency if case.agency != agency else "",
        assignee=case.assignee if change.assignee is None else change.assignee,
        actor=change.actor,
        occurred_at=change.occurred_at,
        data=dict(change.plain),
        other=change.other,
    )


def _update(cases: Sequence[Case], columns: Collection[str]) -> None:
    """Write what has changed in cases that there were before."""
    if len(cases) == 1:
        cases[0].save(update_fields=columns)
    elif cases:
        Case.objects.bulk_update(cases, columns)


def _lock(count: int, now: datetime.datetime) -> tuple[int, datetime.datetime]:
    """Take the lock of the events until the transaction ends, and the numbers of so many: the last of them, and when
    they are recorded.
    """
    if connection.vendor == "postgresql":
        # One statement, since everybody else waits meanwhile.
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [count, now])
            taken = cursor.fetchone()
    else:
        # The transaction itself is the lock.
        taken = EventHead.objects.filter(pk=1).values_list("seq", "recorded_at").first()
        if taken:
            taken = taken[0] + count, max(filter(None, (now, taken[1])))
            EventHead.objects.filter(pk=1).update(seq=taken[0], recorded_at=taken[1])
    if taken is None:
        EventHead.objects.get_or_create(pk=1)
        return _lock(count, now)
    return taken


def _column(member: str) -> str:
    return member.removesuffix("_id")
