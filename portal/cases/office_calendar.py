"""The government's office calendar (政府行政機關辦公日曆表): which days are worked in Taiwan, and why.

What the law and the Executive Yuan have laid down for all comes from the `holidays` library: holidays, days off in
place of holidays that fall on a weekend, and working days that make up for a bridge day. What the department knows
better, a day lost to a typhoon or a correction, comes from its own table and overrides both.

The library has compared the years of `CHECKED_YEARS` with what was announced. For others it only computes the holidays
that the law names; until such a year is entered as announced, `is_announced` denies it, and whoever counts with its
days has to say so. Days are days in Taiwan.
"""

import datetime
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from holidays import HolidayBase, country_holidays
from holidays.constants import GOVERNMENT, PUBLIC

from portal.cases.wording import Texts, both
from portal.core.languages import CHINESE, ENGLISH
from portal.core.periods import ROC_OFFSET

#: The years whose announced calendars the library was checked with (holidays 0.109).
CHECKED_YEARS = range(1998, 2027)
#: The years for which it computes anything.
YEARS = range(1998, 2101)
_A_DAY = datetime.timedelta(days=1)


class Origin(StrEnum):
    """What says whether a day is worked: the week, the library, or the department's table."""

    WEEK = "week"
    LIBRARY = "library"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar. ``name`` says what it is (a holiday, a weekday off, what it makes up for), and is None
    for an ordinary working day. ``reference`` is the announcement that a day of the table rests on.
    """

    date: datetime.date
    is_working: bool
    name: Texts | None
    origin: Origin
    reference: str = ""


@dataclass(frozen=True)
class OfficeCalendar:
    """The calendar under a state of the department's table. Calendars of equal tables are equal.

    ``overrides`` are the days of the table, ``announcements`` pairs of a year and the announcement of its calendar,
    of years that the library was not checked with.
    """

    overrides: tuple[Day, ...] = ()
    announcements: tuple[tuple[int, str], ...] = ()
    _of_table: Mapping[datetime.date, Day] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_of_table", {each.date: each for each in self.overrides})

    def day(self, date: datetime.date) -> Day:
        """What a day is: what the table says, else the library, else the week."""
        return self._of_table.get(date) or without_table(date)

    def is_working(self, date: datetime.date) -> bool:
        """Whether the government's offices work on a day."""
        return self.day(date).is_working

    def next_working(self, date: datetime.date) -> datetime.date:
        """The first working day, this one or a later one."""
        while not self.is_working(date):
            date += _A_DAY
        return date

    def days(self, year: int) -> Iterator[Day]:
        """Every day of a year."""
        date = datetime.date(year, 1, 1)
        while date.year == year:
            yield self.day(date)
            date += _A_DAY

    def exceptions(self, year: int) -> list[Day]:
        """The days of a year on which something else than the week speaks: holidays, days made up for, overrides."""
        return [each for each in self.days(year) if each.origin != Origin.WEEK]

    def is_announced(self, year: int) -> bool:
        """Whether the calendar of a year is known as it was announced, and not only computed."""
        return year in CHECKED_YEARS or any(year == announced for announced, _reference in self.announcements)

    def announcement(self, year: int) -> str:
        """The announcement of a year's calendar as it was entered; empty for years that the library knows."""
        return dict(self.announcements).get(year, "")

    def why(self, date: datetime.date) -> Texts:
        """A sentence or two: whether a day is worked, and by what; and that its year is not announced, if so."""
        said = _sentence(self.day(date))
        if self.is_announced(date.year):
            return said
        doubt = not_announced(date.year)
        return {CHINESE: said[CHINESE] + doubt[CHINESE], ENGLISH: f"{said[ENGLISH]} {doubt[ENGLISH]}"}


@functools.lru_cache(maxsize=4096)
def without_table(date: datetime.date) -> Day:
    """What a day is where the department has entered nothing."""
    return _library_days().get(date) or _of_week(date)


def not_announced(year: int) -> Texts:
    """That the calendar of a year is not known."""
    if year < CHECKED_YEARS.start:
        return both(_("No office calendar of %(year)s is known."), **_years(year))
    return both(_("The office calendar of %(year)s is not announced yet."), **_years(year))


def calendar_json(calendar: OfficeCalendar, year: int) -> dict[str, Any]:
    """A year for programs: its days in order, each with ``day``, ``working``, ``name`` (a language map, or None for an
    ordinary working day) and ``source`` (``week``, ``library`` or ``table``).
    """
    return {
        "year": year,
        "announced": calendar.is_announced(year),
        "days": [
            {"day": each.date.isoformat(), "working": each.is_working, "name": each.name, "source": each.origin.value}
            for each in calendar.days(year)
        ],
    }


def _sentence(day: Day) -> Texts:
    if day.name is None:
        return both(_("%(day)s is a working day."), day=day.date)
    if day.origin == Origin.WEEK:
        return both(_("%(day)s is a day of the weekend."), day=day.date)
    message = _("%(day)s is worked: %(name)s.") if day.is_working else _("%(day)s is a day off: %(name)s.")
    if not day.reference:
        return both(message, day=day.date, name=day.name)
    message = (
        _("%(day)s is worked: %(name)s (%(reference)s).")
        if day.is_working
        else _("%(day)s is a day off: %(name)s (%(reference)s).")
    )
    return both(message, day=day.date, name=day.name, reference=day.reference)


def _years(year: int) -> dict[str, Any]:
    # Chinese counts the years of the Republic, as the calendars' own titles do.
    return {"year": {CHINESE: str(year - ROC_OFFSET), ENGLISH: str(year)}}


@functools.cache
def _library() -> tuple[HolidayBase, HolidayBase]:
    """The library's calendar in Chinese and in English."""
    chinese, english = (
        country_holidays("TW", years=YEARS, expand=False, categories=(PUBLIC, GOVERNMENT), language=language)
        for language in ("zh_TW", "en_US")
    )
    return chinese, english


@functools.cache
def _library_days() -> Mapping[datetime.date, Day]:
    """The holidays, and the working days that make up for one."""
    chinese, english = _library()
    days = {}
    for date in chinese:
        name = {CHINESE: "、".join(chinese.get_list(date)), ENGLISH: ", ".join(english.get_list(date))}
        days[date] = Day(date, False, name, Origin.LIBRARY)
    for made_up in sorted(chinese.weekend_workdays):
        # The library tells which day off is meant in that day's name alone.
        [off] = chinese.get_named(made_up.isoformat())
        name = both(_("bridge day, made up for on %(day)s"), day=made_up)
        days[off] = Day(off, False, name, Origin.LIBRARY)
        days[made_up] = Day(made_up, True, both(_("makes up for %(day)s"), day=off), Origin.LIBRARY)
    return days


@functools.cache
def _weekdays() -> list[Texts]:
    return [both(WEEKDAYS[number]) for number in range(7)]


def _of_week(date: datetime.date) -> Day:
    # Until 2000, every other Saturday was worked.
    is_working = not _library()[0].is_weekend(date)
    return Day(date, is_working, None if is_working else _weekdays()[date.weekday()], Origin.WEEK)
