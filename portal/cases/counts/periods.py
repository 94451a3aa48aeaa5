"""The moments that a month of counts begins and ends with."""

import datetime

from portal.cases.deadlines.counting import TAIPEI
from portal.core.periods import Period

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
