"""What a time limit is made of: the rule, the times in which its clock stands still, and its extensions."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

#: The longest period of a rule, an extension or a pause that is over, in days.
LONGEST = 3660

#: A message of the interface, or a text that is the same in both languages.
Message: TypeAlias = str | Promise


class Unit(StrEnum):
    """What a period counts: every day of the calendar, or only the days that are worked."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A time limit of ``days``. ``basis`` names the law, article and paragraph; ``starts_from`` what has to happen for
    the period to begin, as a noun ("receipt").
    """

    days: int
    unit: Unit
    basis: Message
    starts_from: Message = pgettext_lazy("deadline", "receipt")

    def __post_init__(self) -> None:
        _check_length(self.days)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which the clock stands still, the first and the last included; without a last one, it still does.

    The first is the day on which the clock was stopped, the last the day on which it was started again: like the day
    of receipt, that day does not count. ``reason`` is shown to citizens and in calendars: a text of the case's kind,
    never one that somebody typed.
    """

    first: datetime.date
    last: datetime.date | None = None
    reason: Message = ""

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"A pause from {self.first} cannot end on {self.last}.")
        if self.last is not None:
            _check_length((self.last - self.first).days + 1)

    def covers(self, date: datetime.date) -> bool:
        """Whether the clock stands still on a day."""
        return self.first <= date and (self.last is None or date <= self.last)


@dataclass(frozen=True, slots=True)
class Extension:
    """More days, of which the person concerned was told on ``notified``. ``reason`` as in `Pause`."""

    days: int
    unit: Unit
    notified: datetime.date
    reason: Message = ""

    def __post_init__(self) -> None:
        _check_length(self.days)


def _check_length(days: int) -> None:
    if not 1 <= days <= LONGEST:
        raise ValueError(f"A period of {days} days: it must have from 1 to {LONGEST}.")
