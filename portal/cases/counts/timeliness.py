"""Which cases were done within their time limit, of those whose limit ended in a period.

A case counts in the period of its last day, on the office calendar as it is now: in time if it was closed before that
day was over, late otherwise, whether it has been closed since or is open still. One whose clock stands still has no
last day, and one that was reopened only that of its last clock.

The last day of a case whose clock never stood still depends on its day of receipt alone, and a later day of receipt
never has an earlier last day. So the database counts those, by a few days of receipt; only the others are looked at
one by one.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.db.models import Case as Switch
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import DateTimeField

from portal.cases.calendar_table import office_calendar
from portal.cases.counts.grouping import Codes, code_of, coded, counted, grouped
from portal.cases.counts.periods import begin, end
from portal.cases.deadlines.counting import day_of, deadline
from portal.cases.deadlines.rule import LONGEST, DeadlineRule, Extension, Pause
from portal.cases.kinds.declaration import REOPENED, Kind
from portal.cases.models import Case, CaseEvent
from portal.cases.office_calendar import YEARS, OfficeCalendar
from portal.cases.time_limits import running
from portal.core.periods import Period

IN_TIME, LATE = "in-time", "late"
_A_DAY = datetime.timedelta(days=1)
_CHUNK = 500


@dataclass(frozen=True)
class _Limit:
    """The last day of what is received on a day."""

    received: datetime.date
    due: datetime.date


def timeliness(kind: Kind, period: Period, dimensions: Sequence[str], now: datetime.datetime) -> Mapping[Codes, int]:
    """Cases by the codes of ``dimensions`` (not the outcome) and, last, `IN_TIME` or `LATE`.

    Only last days that are over ``now`` count: what is still open on its last day may yet be in time.
    """
    calendar = office_calendar()
    found: Counter[Codes] = Counter()
    for rule, cases in _by_rule(kind):
        limits = [each for each in _limits(rule, period, calendar) if end(each.due) <= now]
        changed = _clock_changed(kind)
        if limits:
            found.update(dict(_plain(cases.exclude(changed), limits, dimensions)))
        moved_clocks = cases.filter(changed).exclude(_stands_still(kind))
        for case, due in _one_by_one(moved_clocks, period, calendar, _most_left(kind, rule)):
            if period.start <= due <= period.end and end(due) <= now:
                is_timely = case.closed_at is not None and case.closed_at < end(due)
                found[*(code_of(case, each) for each in dimensions), IN_TIME if is_timely else LATE] += 1
    return found


def _by_rule(kind: Kind) -> Iterator[tuple[DeadlineRule, QuerySet[Case]]]:
    """The cases of a kind by their time limits, for those that have one."""
    stages: list[str | None] = [each.name for each in kind.stages]
    for stage in stages or [None]:
        rule = kind.deadline_at(stage)
        if rule is not None:
            yield rule, counted(kind).filter(data__stage=stage) if stage else counted(kind)


def _limits(rule: DeadlineRule, period: Period, calendar: OfficeCalendar) -> Sequence[_Limit]:
    """The days of receipt whose last day is in the period, in order."""
    found = []
    day = period.end
    while day.year in YEARS:
        due = deadline(rule, begin(day), calendar).due
        if due is None or due < period.start:
            break
        if due <= period.end:
            found.append(_Limit(day, due))
        day -= _A_DAY
    return found[::-1]


def _clock_changed(kind: Kind) -> Exists:
    """Whether a case's clock ever stood still or began again, or was given more time."""
    waiting = [state.name for state in kind.states if state.waits]
    events = CaseEvent.objects.filter(case=OuterRef("pk"))
    return Exists(events.filter(Q(type__in=[REOPENED, *_extending(kind)]) | Q(state__in=waiting)))


def _extending(kind: Kind) -> list[str]:
    return [each.name for each in kind.transitions if each.extends]


def _stands_still(kind: Kind) -> Q:
    """Whether a case waits now, so that it has no last day."""
    return Q(state__in=[state.name for state in kind.states if state.waits])


def _most_left(kind: Kind, rule: DeadlineRule) -> int:
    """How many days a closed case may have left: the whole of its time, which may be extended again and again."""
    return LONGEST if _extending(kind) else min(LONGEST, 3 * rule.days + 60)


def _plain(cases: QuerySet[Case], limits: Sequence[_Limit], dimensions: Sequence[str]) -> Iterator[tuple[Codes, int]]:
    """Cases whose clock never stood still, counted by the database."""
    last = Switch(
        *(When(received_at__lt=end(each.received), then=Value(end(each.due))) for each in limits),
        output_field=DateTimeField(),
    )
    due = cases.filter(received_at__gte=begin(limits[0].received), received_at__lt=end(limits[-1].received))
    counts = {"every": Count("pk"), "timely": Count("pk", filter=Q(closed_at__lt=last))}
    for _kind, *codes, every, timely in grouped(due, dimensions).annotate(**counts):
        yield (*coded(codes), IN_TIME), timely
        yield (*coded(codes), LATE), every - timely


def _one_by_one(
    cases: QuerySet[Case], period: Period, calendar: OfficeCalendar, most_left: int
) -> Iterator[tuple[Case, datetime.date]]:
    """Cases with the last days that the clocks of their events tell, for those that have one and may have it in the
    period: no closed case has it more than ``most_left`` days after its closing.
    """
    possible = cases.filter(received_at__lt=end(period.end)).filter(
        Q(closed_at=None) | Q(closed_at__gte=begin(period.start) - datetime.timedelta(days=most_left))
    )
    # Clocks are told in whole days, so there are few that differ, however many cases.
    known: dict[tuple[datetime.date, tuple[Pause, ...], tuple[Extension, ...]], datetime.date | None] = {}
    cases_in_order = possible.order_by("pk").iterator(_CHUNK)
    while chunk := list(islice(cases_in_order, _CHUNK)):
        events = CaseEvent.objects.filter(case__in=chunk).order_by("case", "number")
        own = {key: list(group) for key, group in groupby(events, key=lambda event: event.case_id)}
        for case in chunk:
            limit = running(case, own[case.pk])
            if limit is None:
                continue
            clock = (day_of(limit.received), limit.pauses, limit.extensions)
            if clock not in known:
                known[clock] = limit.under(calendar).due
            if due := known[clock]:
                yield case, due
