"""The moments that a month of counts begins and ends with."""

import datetime
from collections.abc import Iterator

from portal.cases.deadlines.counting import TAIPEI, day_of
from portal.core.periods import Period, parse_period

_A_DAY = datetime.timedelta(days=1)


def begin(day: datetime.date) -> datetime.datetime:
    """The first moment of a day in Taipei."""
    return datetime.datetime.combine(day, datetime.time(), TAIPEI)


def end(day: datetime.date) -> datetime.datetime:
    """The first moment that is not in a day any more."""
    return begin(day + _A_DAY)


def is_over(period: Period, now: datetime.datetime) -> bool:
    """Whether the last day of a period has passed."""
    return end(period.end) <= now


def last_month(now: datetime.datetime) -> Period:
    """The last month that is over."""
    day = day_of(now).replace(day=1) - _A_DAY
    return parse_period(f"{day:%Y-%m}")


def months(first: Period, last: Period) -> Iterator[Period]:
    """The months from one to another, both included, in order; none if the last is before the first."""
    month = first
    while month.end <= last.end:
        yield month
        month = parse_period(f"{month.end + _A_DAY:%Y-%m}")
