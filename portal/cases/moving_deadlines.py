"""A change to the office calendar moves the last days of open cases, and says so: an event of each case that it moves.

Deadlines are not stored but counted, so nothing has to be mended; what is written is that they moved, from when to when
and why. From the event the feed, the timeline and the mail to the citizen take it.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.cases import time_limits
from portal.cases.deadlines.moving import Move, moved
from portal.cases.events import Change, record
from portal.cases.kinds.steps import DEADLINE_MOVED
from portal.cases.models import Case
from portal.cases.moved_deadlines import data_of
from portal.cases.office_calendar import OfficeCalendar
from portal.cases.personal.keeping import STORE
from portal.core.batches import batches

ACTOR = "system:calendar"
_BATCH = 500


def would_move(before: OfficeCalendar, after: OfficeCalendar) -> list[str]:
    """The references of the open cases whose last day a change to the calendar moves."""
    return [move.reference for move in moved(time_limits.open_limits(), before, after)]


@transaction.atomic
def move(before: OfficeCalendar, after: OfficeCalendar) -> int:
    """Record for each open case whose last day a change to the calendar moves that it did; how many there are.

    A handful of statements for every 500 cases, and what is held of a case meanwhile is small.
    """
    references = would_move(before, after)
    # All cases are locked before the first event: that is the one order of locks.
    changes = [change for batch in batches(references, _BATCH) for change in _changes(batch, before, after)]
    for batch in batches(changes, _BATCH):
        record(batch, personal=STORE)
    return len(changes)


def on_calendar_changed(*, before: OfficeCalendar, after: OfficeCalendar, **_more: Any) -> int:
    """The receiver of `calendar_changes.calendar_changed`."""
    return move(before, after)


def _changes(references: Sequence[str], before: OfficeCalendar, after: OfficeCalendar) -> Iterator[Change]:
    """The events of those of the cases that, now that they are locked, are open and still move."""
    now = timezone.now()
    cases = {
        case.reference: case
        for case in Case.objects.select_for_update()
        .filter(reference__in=references, closed_at__isnull=True)
        .order_by("pk")
    }
    limits = time_limits.limits(cases.values())
    for each in moved(limits.values(), before, after):
        yield _change(cases[each.reference], each, now)


def _change(case: Case, move: Move, now: datetime.datetime) -> Change:
    return Change(case, DEADLINE_MOVED, ACTOR, now, data_of(move))
