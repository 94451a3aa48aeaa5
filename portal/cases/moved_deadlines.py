"""What the event says by which a change to the office calendar moved the last day of an open case. Pure.

Its data are about the deadline, not values of the case: ``before`` and ``after`` are the last days (ISO 8601), ``days``
the days that changed, each with its ``date``, whether it ``is_working`` now, and its ``name`` in both languages, if it
has one.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.cases.deadlines.moving import Move, sentence
from portal.cases.office_calendar import Day, Origin
from portal.cases.wording import Texts


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that moved, as its event says."""

    before: datetime.date
    after: datetime.date
    because: tuple[Day, ...]

    def text(self, reference: str) -> Texts:
        """A sentence that says so of the case of a reference."""
        return sentence(reference, self.before, self.after, self.because)


def data_of(move: Move) -> dict[str, Any]:
    """What the event of a move says. The clock runs before and after: where it stands still nothing moves."""
    return {
        "before": _iso(move.before.due),
        "after": _iso(move.after.due),
        "days": [
            {"date": day.date.isoformat(), "is_working": day.is_working, "name": day.name} for day in move.because
        ],
    }


def read(data: Mapping[str, Any]) -> Moved:
    """What an event has said."""
    days = (
        Day(datetime.date.fromisoformat(day["date"]), day["is_working"], day["name"], Origin.TABLE)
        for day in data["days"]
    )
    before, after = (datetime.date.fromisoformat(data[name]) for name in ("before", "after"))
    return Moved(before, after, tuple(days))


def _iso(day: datetime.date | None) -> str:
    if day is None:
        raise ValueError("a deadline that is open does not move")
    return day.isoformat()
