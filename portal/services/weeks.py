"""A week of a venue as people look at it: seven days in Taipei, and in each the hours in which it is taken."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from portal.cases.deadlines.counting import TAIPEI
from portal.resources.models import Resource
from portal.resources.selectors import busy

#: Weeks that are shown: the present one, and so many after it.
AHEAD = 53
_A_DAY = datetime.timedelta(days=1)
_WEEK = re.compile(r"(?P<year>[0-9]{4})-W(?P<week>[0-9]{2})")
_HOURS = 24


@dataclass(frozen=True)
class Span:
    """A part of a day, as it is written (``24:00`` is its end) and, in hours from its beginning, as it is drawn."""

    begins: str
    ends: str
    at: str
    length: str


@dataclass(frozen=True)
class Day:
    """A day with the parts in which the venue is taken, in order."""

    date: datetime.date
    taken: tuple[Span, ...]

    @property
    def is_full(self) -> bool:
        """Whether nothing is left of it."""
        return [(each.begins, each.ends) for each in self.taken] == [("00:00", "24:00")]


def monday_of(code: str) -> datetime.date | None:
    """The Monday of a week (ISO 8601, ``2026-W49``), of the present one where the code is empty; None where it is no
    week, or none that is shown.
    """
    this = this_monday()
    if not code:
        return this
    match = _WEEK.fullmatch(code)
    try:
        monday = datetime.date.fromisocalendar(int(match["year"]), int(match["week"]), 1) if match else None
    except ValueError:
        return None
    return monday if monday and this <= monday <= this + AHEAD * 7 * _A_DAY else None


def this_monday() -> datetime.date:
    """The Monday of the present week."""
    today = timezone.localdate()
    return today - today.weekday() * _A_DAY


def code_of(monday: datetime.date) -> str:
    """What an address calls a week."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def days(venue: Resource, monday: datetime.date) -> list[Day]:
    """The seven days of a week; one query."""
    taken = busy(venue, _midnight(monday), _midnight(monday + 7 * _A_DAY))
    found = []
    for place in range(7):
        date = monday + place * _A_DAY
        begin, end = _midnight(date), _midnight(date + _A_DAY)
        within = [(max(each.starts_at, begin), min(each.ends_at, end)) for each in taken]
        found.append(Day(date, tuple(_spans(begin, [(first, last) for first, last in within if first < last]))))
    return found


def _spans(midnight: datetime.datetime, periods: list[tuple[datetime.datetime, datetime.datetime]]) -> Iterator[Span]:
    for first, last in periods:
        at, until = ((moment - midnight) / datetime.timedelta(hours=1) for moment in (first, last))
        yield Span(_written(first, at), _written(last, until), f"{at:.2f}", f"{until - at:.2f}")


def _written(moment: datetime.datetime, hours: float) -> str:
    return "24:00" if hours == _HOURS else f"{moment.astimezone(TAIPEI):%H:%M}"


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), TAIPEI)
