"""The time limit of a case, under the office calendar as it is now."""

from portal.cases import selectors
from portal.cases.deadlines.counting import Deadline
from portal.cases.models import Case
from portal.cases.time_limits import deadline


def deadline_of(case: Case) -> Deadline | None:
    """The deadline of an open case; None for one that is closed, or has no time limit."""
    if case.closed_at is not None:
        return None
    return deadline(case, selectors.timeline(case))
