"""The deadline of a case as a file for calendars."""

from collections.abc import Sequence

from portal.cases import time_limits
from portal.cases.deadlines.ics import calendar_file
from portal.cases.kinds import KINDS
from portal.cases.models import Case, CaseEvent
from portal.cases.wording import both


def deadline_file(case: Case, events: Sequence[CaseEvent], language: str, url: str = "") -> bytes | None:
    """An iCalendar document in a language, given the events of the case in order; None where there is no last day: the
    case has no time limit, or its clock is stopped.

    ``url`` is a page of the case that asks who is reading. Whatever moves the last day is an event of the case, so one
    that is given later replaces those before.
    """
    deadline = time_limits.deadline(case, events)
    if deadline is None or deadline.due is None:
        return None
    kind = KINDS[case.kind]
    stage = kind.stages_by_name.get(case.stage or "")
    return calendar_file(
        deadline,
        reference=case.reference,
        title=both(stage.label if stage else kind.label),
        language=language,
        received_at=case.received_at,
        changed_at=events[-1].recorded_at,
        sequence=case.version - 1,
        url=url,
    )
