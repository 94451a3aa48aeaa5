"""What a case's page shows: its values, its deadline and what happened to it. Nothing here is personal."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.cases import moved_deadlines, time_limits
from portal.cases.deadlines.explaining import explain
from portal.cases.desk import queues, wording
from portal.cases.desk.rights import Rights
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.fields import REASON
from portal.cases.kinds.steps import ATTACHED, DEADLINE_MOVED, NOTED
from portal.cases.models import Case, CaseEvent
from portal.core.languages import text


@dataclass(frozen=True)
class Happened:
    """An event as the timeline tells it. ``other`` is another case that may be seen; ``has_other`` says that there is
    one, whether or not. ``note`` is the text of an internal note, empty unless it may be read and was asked for.
    """

    event: CaseEvent
    label: str
    at: str
    actor: str
    state: str
    assignee: str
    values: list[tuple[str, str]]
    other: Case | None
    has_other: bool
    note: str = ""
    is_note: bool = False


@dataclass(frozen=True)
class Due:
    """A deadline as the page shows it; ``day`` is empty while the clock is stopped."""

    day: str
    is_late: bool
    is_provisional: bool
    explanation: list[str]


@dataclass(frozen=True)
class Page:
    """A case for its page. ``earlier``, ``later`` and ``kept`` are the cases before, after and instead of it."""

    case: Case
    kind: Kind
    stage: str
    state: str
    received: str
    closed: str
    assignee: str
    values: list[tuple[str, str]]
    due: Due | None
    timeline: list[Happened]
    earlier: Case | None
    later: Case | None
    kept: Case | None


def page(case: Case, rights: Rights, now: datetime.datetime, notes: Mapping[int, str]) -> Page:
    """The page of a case that may be seen: a handful of queries, however long its story. ``notes`` are the texts of
    internal notes that may be read, by the numbers of their events.
    """
    kind = KINDS[case.kind]
    events = list(CaseEvent.objects.filter(case=case).select_related("case", "other").order_by("number"))
    names = wording.actor_names([case.assignee, *(name for event in events for name in (event.actor, event.assignee))])
    follower = case.followers.filter(merged_into__isnull=True).first()
    return Page(
        case=case,
        kind=kind,
        stage=wording.stage_label(kind, case),
        state=wording.state_label(kind, case.state),
        received=wording.moment_label(case.received_at),
        closed=wording.moment_label(case.closed_at) if case.closed_at else "",
        assignee=names.get(case.assignee, ""),
        values=_values(kind, case.data, leave_out=("stage",)),
        due=_due(case, events, now),
        timeline=told(kind, events, rights, names, notes),
        earlier=_if_seen(case.follows, rights),
        later=_if_seen(follower, rights),
        kept=_if_seen(case.merged_into, rights),
    )


def told(
    kind: Kind,
    events: Sequence[CaseEvent],
    rights: Rights,
    names: dict[str, str],
    notes: Mapping[int, str] | None = None,
) -> list[Happened]:
    """Events in the words of the timeline."""
    before = ""
    found = []
    for event in events:
        found.append(
            Happened(
                event=event,
                label=wording.event_label(kind, event.type),
                at=wording.moment_label(event.occurred_at),
                actor=names.get(event.actor, ""),
                state=wording.state_label(kind, event.state),
                assignee=names.get(event.assignee, "") if event.assignee != before else "",
                values=_said(kind, event),
                other=_if_seen(event.other, rights),
                has_other=event.other_id is not None,
                note=(notes or {}).get(event.number, ""),
                is_note=event.type == NOTED,
            )
        )
        before = event.assignee
    return found


def _said(kind: Kind, event: CaseEvent) -> list[tuple[str, str]]:
    """What an event says that stands nowhere else on the page: what is said at receipt and files have their place."""
    if event.type == DEADLINE_MOVED:
        moved = moved_deadlines.read(event.data)
        return [(str(REASON.label), text(moved.text(event.case.reference), wording.language()))]
    return [] if event.number == 1 or event.type == ATTACHED else _values(kind, event.data, leave_out=())


def _values(kind: Kind, data: dict[str, Any], leave_out: tuple[str, ...]) -> list[tuple[str, str]]:
    """Labels and values: the fields of receipt in their order, then what steps have said."""
    order = {name: place for place, name in enumerate(kind.fields_by_name)}
    names = sorted((name for name in data if name not in leave_out), key=lambda name: order.get(name, len(order)))
    return [
        (str(field.label) if field else name, wording.value_label(field, data[name]))
        for name, field in ((name, kind.fields_by_name.get(name)) for name in names)
    ]


def _due(case: Case, events: Sequence[CaseEvent], now: datetime.datetime) -> Due | None:
    deadline = time_limits.deadline(case, events)
    if deadline is None:
        return None
    return Due(
        day=wording.day_label(deadline.due) if deadline.due else "",
        is_late=queues.is_late(case, deadline, now),
        is_provisional=deadline.is_provisional,
        explanation=explain(deadline, wording.language()),
    )


def _if_seen(case: Case | None, rights: Rights) -> Case | None:
    return case if case is not None and rights.may_see(case) else None
