"""What a change to the office calendar does to deadlines: which of them move, from when to when, and why."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.cases.deadlines.counting import Deadline, deadline
from portal.cases.deadlines.rule import DeadlineRule, Extension, Pause
from portal.cases.office_calendar import Day, OfficeCalendar
from portal.cases.wording import Texts, both


@dataclass(frozen=True, slots=True)
class Running:
    """What a deadline is counted from, and the reference of the case that it is of."""

    reference: str
    rule: DeadlineRule
    received: datetime.datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    def under(self, calendar: OfficeCalendar) -> Deadline:
        """The deadline under a calendar."""
        return deadline(self.rule, self.received, calendar, pauses=self.pauses, extensions=self.extensions)


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that moved: its last days, and the days whose change did it, as they are now."""

    reference: str
    before: Deadline
    after: Deadline
    because: tuple[Day, ...]

    @property
    def text(self) -> Texts:
        """A sentence that says so."""
        return sentence(self.reference, self.before.due, self.after.due, self.because)


def sentence(
    reference: str, before: datetime.date | None, after: datetime.date | None, because: Iterable[Day]
) -> Texts:
    """That the last day of a case moves, and which days did it. None is the last day while the clock stands still."""
    return both(
        _("The office calendar changed (%(days)s): the last day of %(reference)s moves from %(before)s to %(after)s."),
        days=[_changed(each) for each in because],
        reference=reference,
        before=before or _("an open date"),
        after=after or _("an open date"),
    )


def changes(before: OfficeCalendar, after: OfficeCalendar) -> list[Day]:
    """The days that were worked and are not any more, or the other way round, as they are after, in order."""
    dates = {each.date for calendar in (before, after) for each in calendar.overrides}
    return [after.day(date) for date in sorted(dates) if before.is_working(date) != after.is_working(date)]


def moved(running: Iterable[Running], before: OfficeCalendar, after: OfficeCalendar) -> Iterator[Move]:
    """Those of the deadlines whose last day is another one after the change, in the order given.

    A deadline that the clock leaves open before and after does not move; nor does one whose days change but whose last
    day stays.
    """
    changed = changes(before, after)
    if not changed:
        return
    for each in running:
        old = each.under(before)
        # What lies after the last day, or before receipt, was never asked.
        if not any(old.received < day.date and (old.due is None or day.date <= old.due) for day in changed):
            continue
        new = each.under(after)
        if old.due != new.due:
            yield Move(each.reference, old, new, tuple(_within(changed, old, new)))


def _within(changed: Iterable[Day], old: Deadline, new: Deadline) -> Iterator[Day]:
    """The changed days on which the two may have parted."""
    last = max(filter(None, [old.due, new.due]))
    return (each for each in changed if old.received < each.date <= last)


def _changed(day: Day) -> Texts:
    message = _("%(day)s is worked now") if day.is_working else _("%(day)s is a day off now")
    if day.name is None:
        return both(message, day=day.date)
    message = _("%(day)s is worked now: %(name)s") if day.is_working else _("%(day)s is a day off now: %(name)s")
    return both(message, day=day.date, name=day.name)
