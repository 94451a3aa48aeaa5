"""The queues of an officer: which cases are in each, in the order in which they should be looked at."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.cases import time_limits
from portal.cases.calendar_table import office_calendar
from portal.cases.deadlines.counting import Deadline, day_of
from portal.cases.desk import wording
from portal.cases.kinds import KINDS
from portal.cases.models import Case
from portal.cases.office_calendar import OfficeCalendar

#: A case is due soon when its last day is today or at most this many days ahead.
SOON = datetime.timedelta(days=3)
_CHUNK = 500


@dataclass(frozen=True)
class Row:
    """A case as a queue lists it. ``due`` is empty where it has no time limit or the clock is stopped, ``late`` where
    it is not overdue, nor was when it was closed.
    """

    case: Case
    kind: str
    stage: str
    state: str
    received: str
    due: str
    is_stopped: bool
    late: str
    assignee: str


def mine(cases: QuerySet[Case], actor: str) -> QuerySet[Case]:
    """The open cases that somebody has, oldest first."""
    return everything(cases).filter(assignee=actor)


def everything(cases: QuerySet[Case]) -> QuerySet[Case]:
    """All that are open, oldest first."""
    return cases.filter(closed_at__isnull=True).order_by("received_at", "pk")


def due_soon(cases: QuerySet[Case], now: datetime.datetime) -> list[Case]:
    """The open cases whose last day is near, the nearest first."""
    today = day_of(now)
    return [case for case, _due in by_last_day(cases, now + SOON, lambda due: today <= due <= today + SOON)]


def overdue(cases: QuerySet[Case], now: datetime.datetime) -> list[Case]:
    """The open cases whose last day has passed, the longest first."""
    today = day_of(now)
    return [case for case, _due in by_last_day(cases, now, lambda due: due < today)]


def by_last_day(
    cases: QuerySet[Case], latest: datetime.datetime, wanted: Callable[[datetime.date], bool]
) -> list[tuple[Case, datetime.date]]:
    """The open cases with a last day up to that of ``latest`` that is wanted, each with it, the earliest first."""
    found = [each for each in _last_days(_begun(cases, latest)) if wanted(each[1])]
    return sorted(found, key=lambda each: (each[1], each[0].received_at, each[0].pk))


def rows(cases: Sequence[Case], now: datetime.datetime) -> list[Row]:
    """These cases as a queue lists them: five queries, however many."""
    calendar = office_calendar()
    limits = time_limits.limits(cases)
    names = wording.actor_names(case.assignee for case in cases)
    found = []
    for case in cases:
        limit = limits.get(case.pk)
        deadline = limit.under(calendar) if limit else None
        kind = KINDS[case.kind]
        found.append(
            Row(
                case=case,
                kind=str(kind.label),
                stage=wording.stage_label(kind, case),
                state=wording.state_label(kind, case.state),
                received=wording.day_label(day_of(case.received_at)),
                due=wording.day_label(deadline.due) if deadline and deadline.due else "",
                is_stopped=deadline is not None and deadline.is_stopped,
                late=_late(case, deadline, now) if deadline else "",
                assignee=names.get(case.assignee, ""),
            )
        )
    return found


def _late(case: Case, deadline: Deadline, now: datetime.datetime) -> str:
    """Since when a case is overdue, or how late it was closed."""
    if deadline.due is None or not is_late(case, deadline, now):
        return ""
    return wording.late_label(deadline.due, day_of(case.closed_at or now))


def is_late(case: Case, deadline: Deadline, now: datetime.datetime) -> bool:
    """Whether a case was closed after its last day or is still open then."""
    return deadline.ends_at is not None and (case.closed_at or now) >= deadline.ends_at


def _begun(cases: QuerySet[Case], latest: datetime.datetime) -> Iterator[QuerySet[Case]]:
    """The open cases that can be due by then: no period is shorter than its days, counted from the receipt."""
    for kind in KINDS.values():
        rules = [rule for rule in (kind.deadline_at(stage) for stage in (None, *kind.stages_by_name)) if rule]
        if rules:
            shortest = min(rule.days for rule in rules)
            begun = latest - datetime.timedelta(days=shortest - 1)
            yield cases.filter(closed_at__isnull=True, kind=kind.name, received_at__lt=begun).order_by("pk")


def _last_days(querysets: Iterable[QuerySet[Case]]) -> Iterator[tuple[Case, datetime.date]]:
    calendar: OfficeCalendar = office_calendar()
    for queryset in querysets:
        last = 0
        while chunk := list(queryset.filter(pk__gt=last)[:_CHUNK]):
            last = chunk[-1].pk
            limits = time_limits.limits(chunk)
            for case in chunk:
                limit = limits.get(case.pk)
                due = limit.under(calendar).due if limit else None
                if due:
                    yield case, due
