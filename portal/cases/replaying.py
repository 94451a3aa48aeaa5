"""What the events of a case say of it. Pure: events in, standing out, and never a look at how the kind is declared."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any, Protocol

from portal.cases.kinds.steps import ATTACHED, DEADLINE_MOVED, MERGED


class Happening(Protocol):
    """What is read of an event: the members of `CaseEvent`."""

    number: int
    type: str
    kind: str
    state: str
    closed: bool
    agency: str
    assignee: str
    occurred_at: datetime.datetime
    data: Mapping[str, Any]
    other_id: int | None


@dataclass(frozen=True)
class Standing:
    """A case as it stands after an event: the members of `Case` of the same names."""

    kind: str
    agency: str
    assignee: str
    received_at: datetime.datetime
    version: int
    state: str
    closed_at: datetime.datetime | None
    data: Mapping[str, Any]
    follows_id: int | None
    merged_into_id: int | None


#: The members of a case that its events say.
MEMBERS = tuple(field.name for field in fields(Standing))


def replay(events: Iterable[Happening]) -> Standing | None:
    """The standing of a case after all of its events, in the order of their numbers; None if there are none."""
    return reduce(after, events, None)


def after(standing: Standing | None, event: Happening) -> Standing:
    """The standing after one more event."""
    said = {} if event.type in (ATTACHED, DEADLINE_MOVED) else event.data
    given = dict(standing.data if standing else {}) | dict(said)
    return Standing(
        kind=event.kind,
        agency=event.agency,
        assignee=event.assignee,
        received_at=standing.received_at if standing else event.occurred_at,
        version=event.number,
        state=event.state,
        closed_at=((standing.closed_at if standing else None) or event.occurred_at) if event.closed else None,
        data={name: value for name, value in given.items() if value is not None},
        follows_id=standing.follows_id if standing else event.other_id,
        merged_into_id=event.other_id if event.type == MERGED else standing.merged_into_id if standing else None,
    )


def standing_of(case: Any) -> Standing:
    """What a stored case says of itself."""
    return Standing(**{member: getattr(case, member) for member in MEMBERS})
