"""Reading cases and their events. Nothing here is personal."""

import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from portal.cases.kinds.fields import CONFIDENTIAL
from portal.cases.models import Case, CaseEvent, EventHead
from portal.cases.refusals import CaseUnknown


class FeedEvent(NamedTuple):
    """An event as the feed tells it. ``kind`` and ``agency`` are the case's at that event, ``other`` is the reference
    of the case that it is about besides its own. ``confidential`` is true where the case is, now.
    """

    seq: int
    reference: str
    kind: str
    agency: str
    from_agency: str
    number: int
    type: str
    state: str
    closed: bool
    assignee: str
    actor: str
    occurred_at: datetime.datetime
    recorded_at: datetime.datetime
    data: dict[str, Any]
    other: str | None
    case_id: int
    confidential: bool | None


class FeedPage(NamedTuple):
    """Some of the feed in order, and where to read on: everything up to ``next_after`` that was asked for is in this
    page or before it. ``full`` says that there may be more already.
    """

    events: list[FeedEvent]
    next_after: int
    full: bool


_ELSEWHERE = {
    "reference": "case__reference",
    "other": "other__reference",
    "confidential": f"case__data__{CONFIDENTIAL}",
}
_COLUMNS = tuple(_ELSEWHERE.get(name, name) for name in FeedEvent._fields)


def feed(
    *, after: int, kinds: Collection[str] | None = None, agencies: Collection[str] | None = None, limit: int
) -> FeedPage:
    """At most ``limit`` events after a ``seq``, in the order of their commits; two queries.

    ``kinds`` and ``agencies`` narrow it (None: all; empty: nothing). An agency is told of the events of the cases that
    it has at the time, and of the one by which a case leaves it; what a case went through before it came is in its
    `timeline`.
    """
    # Read before the events: all up to here are committed, so none of them can be missing from what is read next.
    head = head_seq()
    events = CaseEvent.objects.filter(seq__gt=after)
    if kinds is not None:
        events = events.filter(kind__in=kinds)
    if agencies is not None:
        events = events.filter(Q(agency__in=agencies) | Q(from_agency__in=agencies))
    page = [FeedEvent._make(row) for row in events.order_by("seq").values_list(*_COLUMNS)[:limit]]
    full = len(page) == limit
    return FeedPage(page, page[-1].seq if full and page else max(head, after, page[-1].seq if page else 0), full)


def head_seq() -> int:
    """The ``seq`` of the last event; 0 before the first."""
    return EventHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def case(reference: str) -> Case:
    """The case of a reference. Raises `CaseUnknown`."""
    found = Case.objects.select_related("follows", "merged_into").filter(reference=reference).first()
    if found is None:
        raise CaseUnknown
    return found


def timeline(case: Case) -> QuerySet[CaseEvent]:
    """What happened to a case, in order."""
    return CaseEvent.objects.filter(case=case).select_related("other").order_by("number")


def cases(
    *,
    kinds: Collection[str] | None = None,
    agencies: Collection[str] | None = None,
    states: Collection[str] | None = None,
    assignee: str | None = None,
    is_open: bool | None = None,
    received_from: datetime.datetime | None = None,
    received_before: datetime.datetime | None = None,
) -> QuerySet[Case]:
    """The cases that meet every condition given (None: no condition; an empty collection: none), oldest first."""
    conditions: dict[str, Any] = {
        "kind__in": kinds,
        "agency__in": agencies,
        "state__in": states,
        "assignee": assignee,
        "closed_at__isnull": is_open,
        "received_at__gte": received_from,
        "received_at__lt": received_before,
    }
    given = {lookup: value for lookup, value in conditions.items() if value is not None}
    return Case.objects.filter(**given).order_by("received_at", "pk")


def followers(case: Case) -> QuerySet[Case]:
    """The case of the next stage, if there is one; duplicates that were merged are left out."""
    return case.followers.filter(merged_into__isnull=True)
