"""Where a case stands, for whoever has its reference and its secret.

Nothing tells a stranger whether a case exists: an unknown reference and a wrong secret take the same statements and
the same steps, and are answered with the same words.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.cases import actors, identity_numbers, moved_deadlines, references, selectors, tracking_secrets
from portal.cases.deadlines.counting import Deadline
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind, Role, Stage, Transition
from portal.cases.kinds.fields import ATTACHMENT_NAME, REASON, Field, FieldType
from portal.cases.kinds.steps import ASSIGNED, ATTACHED, DEADLINE_MOVED, NOTED, STEPS
from portal.cases.kinds.validation import pointer
from portal.cases.models import Case, CaseEvent, Filing, Reading
from portal.cases.personal.keeping import STORE
from portal.cases.personal.reading import read_events
from portal.cases.personal.wrapped import Personal
from portal.cases.receiving import receive
from portal.cases.refusals import CannotFollow, Problem, ValuesInvalid
from portal.cases.transitions import advance
from portal.core import allowances
from portal.core.addresses import network
from portal.core.languages import tag, text
from portal.services.limits import deadline_of
from portal.services.models import Allowance
from portal.services.next_steps import ANSWERED

#: How often one sender may track in an hour.
PER_SENDER = 30
_READER = "system:tracking"
#: What the office does within itself.
_INTERNAL = frozenset({ASSIGNED, NOTED})


class NotFound(Exception):
    """There is no such case, or this is not its secret: which of the two is not said."""


class TooMany(Exception):
    """One sender has tracked too often."""


@dataclass(frozen=True)
class Step:
    """Something that happened. ``said`` is what the citizen is told with it: each field with its value (JSON, or
    `Personal`).
    """

    title: Promise
    at: datetime.datetime
    said: tuple[tuple[Field, Any], ...]


@dataclass(frozen=True)
class Standing:
    """A case of the matter with its steps, the newest first; ``deadline`` is None where no time limit runs."""

    case: Case
    kind: Kind
    steps: tuple[Step, ...]
    deadline: Deadline | None


@dataclass(frozen=True)
class Matter:
    """What a reference and its secret open: the case that was filed and those that continue it, the newest first.
    ``open_to_citizen`` is what the citizen can do now, to the newest; ``next_stage`` the one that it can be taken to.
    """

    reference: str
    standings: tuple[Standing, ...]
    open_to_citizen: tuple[Transition, ...]
    next_stage: Stage | None = None

    @property
    def newest(self) -> Standing:
        """The case that goes on."""
        return self.standings[0]


def count(sender: str) -> None:
    """Count one more look of a sender, known by IP address. Raises `TooMany`."""
    who, now = network(sender), timezone.now()
    if not allowances.take(Allowance, "tracking", who, limit=PER_SENDER, window=allowances.HOUR, now=now):
        raise TooMany


def matter(reference: str, secret: str) -> Matter:
    """What is behind a reference and its secret, both as typed. Raises `NotFound`."""
    filed = _opened(reference, secret).case
    cases = [filed]
    while follower := cases[0].followers.filter(merged_into__isnull=True).first():
        cases.insert(0, follower)
    newest = cases[0]
    kind = KINDS[newest.kind]
    open_to_citizen = kind.available(newest.state, newest.stage, Role.CITIZEN) if newest.merged_into_id is None else ()
    standings = tuple(_standing(case) for case in cases)
    return Matter(filed.reference, standings, open_to_citizen, _next_stage(standings[0]))


def act(found: Matter, transition: Transition, values: Mapping[str, Any], *, version: int) -> None:
    """Take the newest case of a matter through a transition, for the citizen, who has seen it at a version.

    Raises `portal.cases.refusals.Refused`, as `portal.cases.transitions.advance` does, and `ValuesInvalid` for what is
    `asked` and not given.
    """
    missing = [
        Problem(pointer(field.name), "required", _("“%(label)s” is required."), {"label": field.label})
        for field in asked(transition)
        if not values.get(field.name)
    ]
    if missing:
        raise ValuesInvalid(missing)
    advance(
        case_reference=found.newest.case.reference,
        transition=transition.name,
        values=values,
        actor=actors.CITIZEN,
        personal=STORE,
        expected_version=version,
    )


def go_on(found: Matter) -> None:
    """Take a matter to its next stage, for the citizen: a case that continues the newest one, and is seen with the same
    secret. What was said before need not be said again.

    Raises `portal.cases.refusals.Refused`, as `portal.cases.receiving.receive` does.
    """
    newest = found.newest.case
    if found.next_stage is None:
        raise CannotFollow(stage="–")
    receive(
        kind=newest.kind,
        agency=newest.agency,
        values={"stage": found.next_stage.name, "channel": "online"},
        received_at=timezone.now(),
        actor=actors.CITIZEN,
        personal=STORE,
        follows=newest.reference,
    )


def asked(transition: Transition) -> tuple[Field, ...]:
    """What a citizen has to say with a transition. What is told *to* the citizen with one is not asked for."""
    fields = (each for each in transition.fields if each.required or not transition.informs)
    return tuple(replace(each, required=True) for each in fields)


def _next_stage(standing: Standing) -> Stage | None:
    """The stage that a case can be taken to: once the business has answered, or its time to do so is over."""
    case, kind, deadline = standing.case, standing.kind, standing.deadline
    if case.merged_into_id is not None or case.state not in kind.continued_from:
        return None
    is_over = deadline is not None and deadline.due is not None and timezone.localdate() > deadline.due
    if not is_over and case.state not in ANSWERED.get(kind.name, ()):
        return None
    return next((stage for stage in kind.stages if case.stage in stage.after), None)


def _opened(reference: str, secret: str) -> Filing:
    try:
        normal = references.normalised(reference)
    except ValueError:
        normal = ""
    filing = Filing.objects.select_related("case").filter(case__reference=normal).first()
    if not tracking_secrets.matches(normal, secret, (filing.secret or None) if filing else None) or filing is None:
        raise NotFound
    return filing


def _standing(case: Case) -> Standing:
    kind = KINDS[case.kind]
    events = [event for event in selectors.timeline(case) if not _is_internal(event)]
    told = {event.number: _told(kind, event) for event in events}
    wanted = [(case.pk, number) for number, fields in told.items() if any(field.personal for field in fields)]
    personal = read_events(wanted, actor=_READER, purpose=Reading.Purpose.REQUEST) if wanted else {}
    steps = [
        Step(
            _title(kind, event),
            event.occurred_at,
            _why_moved(event)
            or tuple(_said(told[event.number], event.data | personal.get((case.pk, event.number), {}))),
        )
        for event in events
    ]
    return Standing(case, kind, tuple(reversed(steps)), deadline_of(case))


def _told(kind: Kind, event: CaseEvent) -> tuple[Field, ...]:
    """The fields of an event that the citizen is told: of agencies their names, not their codes."""
    if event.type == ATTACHED:
        return (ATTACHMENT_NAME,)
    transition = kind.transitions_by_name.get(event.type)
    fields = transition.fields if transition and transition.informs else ()
    return tuple(each for each in fields if each.type is not FieldType.AGENCY)


def _why_moved(event: CaseEvent) -> tuple[tuple[Field, str], ...]:
    """Why the last day of the time limit moved, in the reader's language, where the event is that it did."""
    if event.type != DEADLINE_MOVED:
        return ()
    moved = moved_deadlines.read(event.data)
    return ((REASON, text(moved.text(event.case.reference), tag(get_language() or ""))),)


def _said(fields: tuple[Field, ...], values: Mapping[str, Any]) -> list[tuple[Field, Any | Personal]]:
    return [(field, _shown(field, values[field.name])) for field in fields if field.name in values]


def _shown(field: Field, value: Any) -> Any:
    """A value as it may be shown: the page is open in the street, too."""
    if field is ATTACHMENT_NAME:
        return Personal(identity_numbers.masked(value.reveal()))
    return value


def _is_internal(event: CaseEvent) -> bool:
    """Whether it is the office's own affair: what it does within itself, and the files that others have brought."""
    return event.type in _INTERNAL or (event.type == ATTACHED and event.actor != actors.CITIZEN)


def _title(kind: Kind, event: CaseEvent) -> Promise:
    """A step is called by where it leads; one that leads back to the beginning, or gives more time, by itself."""
    transition = kind.transitions_by_name.get(event.type)
    if transition is None:
        return STEPS.get(event.type) or kind.states_by_name[event.state].label
    by_itself = transition.target == kind.initial.name or transition.extends
    return transition.label if by_itself else kind.states_by_name[event.state].label
