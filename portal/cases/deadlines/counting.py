"""Counting a time limit, day by day, as the Administrative Procedure Act (行政程序法) says in article 48.

- The day of receipt does not count (paragraph 2): day 1 is the next one.
- A period of calendar days counts rest days too, but does not end on one: its last day is then the next that is not
  (paragraph 4). The words on Saturdays, "the morning of the next Monday", are from when Saturday mornings were worked;
  since weekends have two days, a Saturday is a rest day like any other (Ministry of Justice, 法律字第0920011784號,
  2003), and one that is worked to make up for a day off is not (Ministry of Justice, letter of 3 February 2010).
- A period of working days counts nothing but days that are worked.
- Days in a pause never count, and no period ends on one.
- An extension begins on the day after the last day of the period that it extends. It has to be told before that period
  is over (article 51, paragraph 4): one that comes later changes nothing, which the deadline says.

What paragraph 5 says of penalties, which end on rest days too, has no use here.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from portal.cases.deadlines.rule import DeadlineRule, Extension, Pause, Unit
from portal.cases.office_calendar import YEARS, Day, OfficeCalendar, Origin, not_announced
from portal.cases.wording import Texts, both

#: Days are days here, wherever a server stands.
TAIPEI = ZoneInfo("Asia/Taipei")
_A_DAY = datetime.timedelta(days=1)


class CautionCode(StrEnum):
    """What whoever relies on a deadline has to know."""

    NOT_ANNOUNCED = "calendar-not-announced"
    STOPPED = "clock-stopped"
    TOLD_TOO_LATE = "extension-told-too-late"


@dataclass(frozen=True, slots=True)
class Caution:
    """One of them, in words."""

    code: CautionCode
    text: Texts


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that did not count, because of a pause or because nobody works on it; ``unit`` is that of the period."""

    date: datetime.date
    unit: Unit
    because: Pause | Day

    @property
    def reason(self) -> Texts:
        """Why it did not count."""
        if isinstance(self.because, Pause):
            stopped = both(_("the clock is stopped"))
            return both(self.because.reason) if self.because.reason else stopped
        return self.because.name or both(_("day off"))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit as it was counted.

    ``received`` is the day of receipt. ``due`` is the last day, and the last of ``counted``; it is None while the clock
    is stopped. Every day after ``received`` up to ``due`` (or up to the stop) is in ``counted`` or in ``skipped``.
    ``made_up`` are the days among the counted whose calendar says why they are worked. ``pauses`` are those that fall
    within, ``extensions`` those that were applied.
    """

    rule: DeadlineRule
    received: datetime.date
    due: datetime.date | None
    counted: tuple[datetime.date, ...]
    skipped: tuple[Skipped, ...]
    made_up: tuple[Day, ...]
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    cautions: tuple[Caution, ...]

    @property
    def ends_at(self) -> datetime.datetime | None:
        """The end of the last day in Taipei: whatever is done before this moment is in time."""
        if self.due is None:
            return None
        return datetime.datetime.combine(self.due + _A_DAY, datetime.time(), TAIPEI)

    @property
    def is_stopped(self) -> bool:
        """Whether the clock stands still, so that there is no last day."""
        return self.due is None

    @property
    def is_provisional(self) -> bool:
        """Whether the last day rests on a calendar that is not announced yet."""
        return any(each.code == CautionCode.NOT_ANNOUNCED for each in self.cautions)


def day_of(moment: datetime.datetime) -> datetime.date:
    """The day that a moment belongs to in Taipei. Raises `ValueError` for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone belongs to no day.")
    return moment.astimezone(TAIPEI).date()


def deadline(
    rule: DeadlineRule,
    received: datetime.datetime,
    calendar: OfficeCalendar,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> Deadline:
    """The time limit of what came in at a moment. Raises `ValueError` for a moment without a time zone, or in a year
    that has no office calendar.

    Pauses may overlap and come in any order. Extensions apply in the order in which they were told.
    """
    day = day_of(received)
    if day.year not in YEARS:
        raise ValueError(f"{day}: the office calendar has the years from {YEARS[0]} to {YEARS[-1]}.")
    count = _Count(day, calendar, tuple(pauses))
    applied, cautions = [], []
    is_over = count.run(rule.days, rule.unit)
    for extension in sorted(extensions, key=lambda each: each.notified) if is_over else ():
        if extension.notified > count.at:
            cautions.append(_too_late(extension, count.at))
            continue
        applied.append(extension)
        is_over = count.run(extension.days, extension.unit)
        if not is_over:
            break
    if not is_over:
        cautions.append(Caution(CautionCode.STOPPED, both(_("The clock is stopped: there is no last day as yet."))))
    cautions += [Caution(CautionCode.NOT_ANNOUNCED, not_announced(year)) for year in sorted(count.unannounced)]
    return Deadline(
        rule=rule,
        received=count.received,
        due=count.at if is_over else None,
        counted=tuple(count.counted),
        skipped=tuple(count.skipped),
        made_up=tuple(count.made_up),
        pauses=count.pauses_met(),
        extensions=tuple(applied),
        cautions=tuple(cautions),
    )


class _Count:
    """A count under way: ``at`` is the last day that was looked at."""

    def __init__(self, received: datetime.date, calendar: OfficeCalendar, pauses: Sequence[Pause]) -> None:
        self.received = self.at = received
        self.counted: list[datetime.date] = []
        self.skipped: list[Skipped] = []
        self.made_up: list[Day] = []
        self.unannounced: set[int] = set()
        self._calendar = calendar
        self._pauses = sorted(pauses, key=lambda each: each.first)
        self._met: list[Pause] = []

    def run(self, days: int, unit: Unit) -> bool:
        """Count so many days more; False if the clock stands still before they are over."""
        left = days
        while left:
            date = self.at + _A_DAY
            stopping = [each for each in self._pauses if each.covers(date)]
            self._met += [each for each in stopping if each not in self._met]
            if any(each.last is None for each in stopping):
                return False
            self.at = date
            if stopping:
                self.skipped.append(Skipped(date, unit, stopping[0]))
            elif (unit == Unit.CALENDAR and left > 1) or self._is_worked(date, unit):
                self.counted.append(date)
                left -= 1
        return True

    def pauses_met(self) -> tuple[Pause, ...]:
        """The pauses that fall within what was counted, and the one that stopped it."""
        return tuple(self._met)

    def _is_worked(self, date: datetime.date, unit: Unit) -> bool:
        day = self._calendar.day(date)
        if not self._calendar.is_announced(date.year):
            self.unannounced.add(date.year)
        if not day.is_working:
            self.skipped.append(Skipped(date, unit, day))
        elif day.origin != Origin.WEEK:
            self.made_up.append(day)
        return day.is_working


def _too_late(extension: Extension, end: datetime.date) -> Caution:
    message = _("The extension told on %(notified)s came after the period had ended on %(end)s, and changes nothing.")
    return Caution(CautionCode.TOLD_TOO_LATE, both(message, notified=extension.notified, end=end))
