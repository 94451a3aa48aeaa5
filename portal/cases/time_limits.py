"""The time limit of a case: what its kind and stage declare, on the clock that its events tell."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from portal.cases.calendar_table import office_calendar
from portal.cases.clock import MoreTime, Wait, clock
from portal.cases.deadlines.counting import Deadline, day_of
from portal.cases.deadlines.moving import Running
from portal.cases.deadlines.rule import DeadlineRule, Extension, Pause
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.cases.models import Case, CaseEvent

_CHUNK = 500


def running(case: Case, events: Iterable[CaseEvent]) -> Running | None:
    """What the deadline of a case is counted from, given its events in order; None where it has no time limit.

    Whether it was closed in time is for whoever asks: ``case.closed_at`` against the deadline's ``ends_at``.
    """
    kind = KINDS[case.kind]
    rule = kind.deadline_at(case.stage)
    if rule is None:
        return None
    told = clock(kind, events)
    return Running(
        case.reference,
        rule,
        told.started_at,
        tuple(_pause(kind, wait) for wait in told.waits),
        tuple(_extension(kind, rule, each) for each in told.more_time),
    )


def deadline(case: Case, events: Iterable[CaseEvent]) -> Deadline | None:
    """The deadline of a case on the office calendar as it is now, given its events in order; None where it has no time
    limit.
    """
    limit = running(case, events)
    return limit.under(office_calendar()) if limit else None


def open_limits(*, kinds: Iterable[str] | None = None) -> Iterator[Running]:
    """The time limits of all open cases (of these kinds), in the order of receipt of cases, a few queries for many."""
    cases = Case.objects.filter(closed_at__isnull=True).order_by("pk")
    if kinds is not None:
        cases = cases.filter(kind__in=list(kinds))
    last = 0
    while chunk := list(cases.filter(pk__gt=last)[:_CHUNK]):
        last = chunk[-1].pk
        yield from limits(chunk).values()


def limits(cases: Collection[Case]) -> dict[int, Running]:
    """The time limits of these cases by their keys, those without one left out; one query."""
    events = CaseEvent.objects.filter(case__in=cases).order_by("case", "number")
    own = {key: list(group) for key, group in groupby(events, key=lambda event: event.case_id)}
    found = {case.pk: running(case, own[case.pk]) for case in cases}
    return {key: limit for key, limit in found.items() if limit}


def _pause(kind: Kind, wait: Wait) -> Pause:
    """A wait as days, with the state's name for its reason."""
    until = day_of(wait.until) if wait.until else None
    return Pause(day_of(wait.since), until, kind.states_by_name[wait.state].label)


def _extension(kind: Kind, rule: DeadlineRule, more: MoreTime) -> Extension:
    """More time, with the label of its ground for its reason."""
    extends = kind.transitions_by_name[more.transition].extends
    grounds = kind.fields_by_name[extends.ground].choices if extends else ()
    reason = next((choice.label for choice in grounds if choice.code == more.ground), "")
    return Extension(more.days, rule.unit, day_of(more.at), reason)
