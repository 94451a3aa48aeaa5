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
from itertools import groupby

from django.db.models import Case as Switch
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import DateTimeField

from portal.cases.calendar_table import office_calendar
from portal.cases.counts.grouping import Codes, code_of, coded, counted, grouped
from portal.cases.counts.periods import begin, end
from portal.cases.deadlines.counting import day_of, deadline
from portal.cases.deadlines.rule import LONGEST, DeadlineRule, Extension, Pause
from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.steps import RECEIVED, REOPENED
from portal.cases.models import Case, CaseEvent
from portal.cases.office_calendar import YEARS, OfficeCalendar
from portal.cases.time_limits import running
from portal.core.periods import Period

IN_TIME, LATE = "in-time", "late"
_A_DAY = datetime.timedelta(days=1)
_CHUNK = 500
#: A sender may date a closing before the step that it followed, and so before its clock stopped; by so much at most it
#: is looked for.
_MISDATED = datetime.timedelta(days=7)
#: What a clock asks of an event; where time can be given, what was said, too.
_TOLD = ("case_id", "type", "state", "closed", "occurred_at")


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
        if not limits:
            continue
        changed = _clock_changed(kind)
        found.update(dict(_plain(cases.exclude(changed), limits, dimensions)))
        moved_clocks = cases.filter(changed).exclude(_stands_still(kind))
        for case, due in _one_by_one(moved_clocks, limits, calendar, _most_added(kind)):
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
    """Whether a case's clock ever stood still or began again, or was given more time: the types of its events tell."""
    waits = {state.name for state in kind.states if state.waits}
    types = [REOPENED, *(each.name for each in kind.transitions if each.target in waits or each.extends)]
    if kind.initial.waits:
        types.append(RECEIVED)
    return Exists(CaseEvent.objects.filter(case=OuterRef("pk"), type__in=types))


def _stands_still(kind: Kind) -> Q:
    """Whether a case waits now, so that it has no last day."""
    return Q(state__in=[state.name for state in kind.states if state.waits])


def _most_added(kind: Kind) -> datetime.timedelta:
    """How much longer than the whole of its time a closed case may have: time may be given again and again."""
    return datetime.timedelta(days=LONGEST if any(each.extends for each in kind.transitions) else 0)


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
    cases: QuerySet[Case], limits: Sequence[_Limit], calendar: OfficeCalendar, most_added: datetime.timedelta
) -> Iterator[tuple[Case, datetime.date]]:
    """Cases with the last days that the clocks of their events tell, for those that have it on one of the limits' days.

    A clock that stood still or began again ends later than that of its receipt, and never later than one that would
    begin with the closing, but for the time that it was given besides: so nobody looks at cases that were received
    after the limits' days, or closed so much before them.
    """
    since = begin(limits[0].received) - most_added - _MISDATED
    possible = cases.filter(received_at__lt=end(limits[-1].received)).filter(
        Q(closed_at=None) | Q(closed_at__gte=since)
    )
    told = (*_TOLD, "data") if most_added else _TOLD
    # Clocks are told in whole days, so some are alike.
    known: dict[tuple[datetime.date, tuple[Pause, ...], tuple[Extension, ...]], datetime.date | None] = {}
    found = list(possible.order_by("pk"))
    for place in range(0, len(found), _CHUNK):
        chunk = found[place : place + _CHUNK]
        events = CaseEvent.objects.filter(case__in=chunk).order_by("case", "number").values_list(*told, named=True)
        own = {key: list(group) for key, group in groupby(events, key=lambda event: event.case_id)}
        for case in chunk:
            limit = running(case, own[case.pk])
            if limit is None:
                continue
            clock = (day_of(limit.received), limit.pauses, limit.extensions)
            if clock not in known:
                known[clock] = limit.under(calendar).due
            due = known[clock]
            if due and limits[0].due <= due <= limits[-1].due:
                yield case, due
