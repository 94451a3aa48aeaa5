"""Changing the department's table of the office calendar: one change at a time, and whoever keeps deadlines is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.dispatch import Signal

from portal.cases.calendar_table import office_calendar

#: Sent in the transaction of a change, with the `OfficeCalendar` ``before`` and ``after`` it: what moves with the
#: calendar (see `portal.cases.deadlines.moving`) is stored with the change or not at all.
calendar_changed = Signal()
#: The number of PostgreSQL's advisory lock on the table: of nothing else here.
_LOCK = 0x63616C656E646172


@contextmanager
def changing_calendar() -> Iterator[None]:
    """A transaction around a change. Nobody else changes the calendar meanwhile, so that each change is told against
    the calendar that it really changed. Tells nobody if all is as it was.
    """
    with transaction.atomic():
        # SQLite's transactions begin with the lock on writing.
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        before = office_calendar()
        yield
        after = office_calendar()
        if after != before:
            calendar_changed.send(sender=None, before=before, after=after)
