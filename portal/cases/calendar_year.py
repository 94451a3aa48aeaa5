"""A year of the office calendar as a page shows it: twelve months, and the days that are out of the ordinary."""

import calendar as weeks_of
import datetime
from dataclasses import dataclass

from portal.cases.office_calendar import Day, OfficeCalendar, Origin, without_table
from portal.core.languages import text
from portal.core.periods import DAY, MONTH, days_label

#: Weeks begin on Sunday, as in the announced calendars.
_WEEKS = weeks_of.Calendar(firstweekday=weeks_of.SUNDAY)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in its week. ``name`` is empty for ordinary days of the week."""

    number: int
    name: str
    is_working: bool
    is_ordinary: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month: rows of seven from Sunday, None where another month's days would stand, and how many are worked."""

    label: str
    weeks: list[list[Cell | None]]
    working: int


@dataclass(frozen=True, slots=True)
class Row:
    """A day out of the ordinary. ``is_otherwise`` says that the table changed whether it is worked."""

    day: Day
    label: str
    name: str
    is_own: bool
    is_otherwise: bool


def months(calendar: OfficeCalendar, year: int, language: str) -> list[Month]:
    """The twelve months of a year, in a language."""
    return [_month(calendar, year, number, language) for number in range(1, 13)]


def rows(calendar: OfficeCalendar, year: int, language: str) -> list[Row]:
    """The days of a year that are out of the ordinary, in a language."""
    return [_row(each, language) for each in calendar.exceptions(year)]


def _month(calendar: OfficeCalendar, year: int, number: int, language: str) -> Month:
    first = datetime.date(year, number, 1)
    weeks = [
        [_cell(calendar.day(date), language) if date.month == number else None for date in week]
        for week in _WEEKS.monthdatescalendar(year, number)
    ]
    working = sum(cell.is_working for week in weeks for cell in week if cell)
    return Month(days_label(first, first, MONTH, language), weeks, working)


def _cell(day: Day, language: str) -> Cell:
    is_ordinary = day.origin == Origin.WEEK
    name = "" if is_ordinary else text(day.name, language)
    return Cell(day.date.day, name, day.is_working, is_ordinary, day.origin == Origin.TABLE)


def _row(day: Day, language: str) -> Row:
    is_own = day.origin == Origin.TABLE
    return Row(
        day=day,
        label=days_label(day.date, day.date, DAY, language),
        name=text(day.name, language),
        is_own=is_own,
        is_otherwise=is_own and without_table(day.date).is_working != day.is_working,
    )
