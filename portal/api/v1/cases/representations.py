"""Cases and events as the module API tells them."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Role
from portal.cases.kinds.steps import ATTACHED, DEADLINE_MOVED
from portal.cases.kinds.validation import written
from portal.cases.models import Case, CaseEvent
from portal.cases.personal.wrapped import Personal
from portal.cases.selectors import FeedEvent

JSON = dict[str, Any]


def etag(version: int) -> str:
    """What tells one version of a case from another."""
    return f'"{version}"'


def case_as_json(case: Case) -> JSON:
    """A case as it stands, without what is personal. ``steps`` are the transitions that a module may take now."""
    kind = KINDS[case.kind]
    steps = () if case.closed_at else kind.available(case.state, case.stage, Role.MODULE)
    return {
        "reference": case.reference,
        "kind": case.kind,
        "agency": case.agency,
        "assignee": case.assignee,
        "state": case.state,
        "closed": case.closed_at is not None,
        "version": case.version,
        "received_at": written(case.received_at),
        "closed_at": written(case.closed_at) if case.closed_at else None,
        "values": case.data,
        "follows": case.follows.reference if case.follows else None,
        "merged_into": case.merged_into.reference if case.merged_into else None,
        "steps": [step.name for step in steps],
    }


def event_as_json(event: CaseEvent | FeedEvent) -> JSON:
    """An event, without what is personal and without its case. What moved a deadline, and which file was brought, are
    no values of the case: they stand beside them, as ``deadline_moved`` and ``attachment``.
    """
    other = event.other.reference if isinstance(event.other, Case) else event.other
    told = {
        "seq": event.seq,
        "number": event.number,
        "type": event.type,
        "state": event.state,
        "closed": event.closed,
        "agency": event.agency,
        "from_agency": event.from_agency or None,
        "assignee": event.assignee,
        "actor": event.actor,
        "occurred_at": written(event.occurred_at),
        "recorded_at": written(event.recorded_at),
        "values": event.data,
        "other": other,
    }
    if event.type == DEADLINE_MOVED:
        told |= {"values": {}, "deadline_moved": event.data}
    if event.type == ATTACHED:
        file = event.data
        attachment = {"id": file["attachment"], "media_type": file["media_type"], "size": file["size"]}
        told |= {"values": {}, "attachment": attachment}
    return told


def revealed(values: Mapping[str, Personal]) -> dict[str, str | None]:
    """Personal values for whoever may read them; null for what was taken out."""
    return {name: value.reveal() or None for name, value in values.items()}


def last_said(kind: str, said: Iterable[Mapping[str, Personal]]) -> dict[str, str | None]:
    """What a case says of a person after all that its events have said, in their order."""
    names = {field.name for field in KINDS[kind].receipt if field.personal}
    last: dict[str, Personal] = {}
    for values in said:
        last |= {name: value for name, value in values.items() if name in names}
    return {name: value.reveal() for name, value in last.items() if value}
