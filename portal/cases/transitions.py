"""Moving cases on: the transitions that their kind declares, amendments, and reopening."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases import actors, agencies, asking, selectors, time_limits
from portal.cases.deadlines.counting import day_of
from portal.cases.events import Change, PersonalStore, record
from portal.cases.kinds.declaration import Kind, Transition
from portal.cases.kinds.fields import REASON
from portal.cases.kinds.steps import AMENDED, REOPENED
from portal.cases.kinds.validation import Times, Values, is_given, pointer, validated
from portal.cases.models import Case, CaseEvent
from portal.cases.personal.keeping import STORE
from portal.cases.refusals import NotAllowed, NotClosed, Problem, TransitionUnknown, ValuesInvalid, WrongTransition
from portal.cases.reserving import reservable
from portal.cases.whole import atomic


@atomic
def advance(
    *,
    case_reference: str,
    transition: str,
    values: Mapping[str, Any],
    actor: str,
    personal: PersonalStore = STORE,
    expected_version: int | None = None,
    occurred_at: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> CaseEvent:
    """Take a case through one transition of its kind; the event, whose ``case`` stands after it.

    ``values`` are those that the transition needs. ``occurred_at`` is now unless the sender says otherwise. At another
    agency that the transition hands the case to nobody has it yet. Raises `Refused`: `CaseUnknown`, `StaleVersion`,
    `MergedAlready`, `TransitionUnknown`, `NotAllowed`, `WrongTransition`, `MomentWrong`, `ValuesInvalid`, `Taken`.
    """
    now = now or timezone.now()
    (case,) = asking.locked(case_reference, expected_version=expected_version)
    kind = asking.declared(case.kind)
    step = _possible(kind, case, transition, actor)
    occurred_at = asking.moment("occurred_at", occurred_at or now, now=now, not_before=case.received_at)
    read = validated(values, step.fields, Times(case.received_at, now))
    asking.check_named_cases(step.fields, read.plain)
    if step.extends:
        _check_extension(case, step.extends.days, occurred_at)
    target = kind.states_by_name[step.target]
    agency = _handed_to(case, step, read)
    change = Change(
        case,
        step.name,
        actor,
        occurred_at,
        read.plain,
        read.personal,
        state=target.name,
        closed=target.closed,
        agency=agency,
        assignee="" if agency else None,
    )
    return record([reservable(change, now)], personal=personal, now=now)[0]


@atomic
def amend(
    *,
    case_reference: str,
    values: Mapping[str, Any],
    actor: str,
    personal: PersonalStore = STORE,
    expected_version: int | None = None,
    now: datetime.datetime | None = None,
) -> CaseEvent:
    """Correct values that a case was received with, open or closed; one that is None or empty is taken out.

    Only what is given changes; the stage cannot. Of fields of which at least one is required, none is taken out unless
    another is given with it. Raises `Refused`: `CaseUnknown`, `StaleVersion`, `MergedAlready`,
    `NotAllowed`, `ValuesInvalid`, `Taken`.
    """
    now = now or timezone.now()
    (case,) = asking.locked(case_reference, expected_version=expected_version)
    kind = asking.declared(case.kind)
    asking.check_staff(actor, AMENDED)
    fields = (*kind.fields, REASON)
    emptied = {name for name, value in values.items() if not is_given(value)}
    read = validated(
        values,
        fields,
        Times(case.received_at, now),
        at_least_one=[group for group in kind.at_least_one if emptied.intersection(group)],
        required=lambda field: field.required and field.name in emptied,
    )
    asking.check_named_cases(fields, read.plain)
    personal_names = {field.name for field in fields if field.personal}
    change = Change(
        case,
        AMENDED,
        actor,
        now,
        read.plain | dict.fromkeys(sorted(emptied - personal_names)),
        read.personal | dict.fromkeys(sorted(emptied & personal_names)),
    )
    return record([reservable(change, now)], personal=personal, now=now)[0]


@atomic
def reopen(
    *,
    case_reference: str,
    actor: str,
    personal: PersonalStore = STORE,
    values: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    occurred_at: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> CaseEvent:
    """Open a closed case again, in the state of one just received. ``values`` may hold a ``reason``.

    Raises `Refused`: `CaseUnknown`, `StaleVersion`, `MergedAlready`, `NotAllowed`, `NotClosed`, `MomentWrong`,
    `ValuesInvalid`, `Taken`.
    """
    now = now or timezone.now()
    (case,) = asking.locked(case_reference, expected_version=expected_version)
    kind = asking.declared(case.kind)
    asking.check_staff(actor, REOPENED)
    if case.closed_at is None or asking.is_followed(case):
        raise NotClosed
    occurred_at = asking.moment("occurred_at", occurred_at or now, now=now, not_before=case.closed_at)
    read = validated(values or {}, (REASON,), Times(case.received_at, now))
    change = Change(
        case,
        REOPENED,
        actor,
        occurred_at,
        read.plain,
        read.personal,
        state=kind.initial.name,
        closed=False,
    )
    return record([reservable(change, now)], personal=personal, now=now)[0]


def _possible(kind: Kind, case: Case, name: str, actor: str) -> Transition:
    """The transition of a name, if it is the actor's to take from where the case stands."""
    step = kind.transitions_by_name.get(name)
    if step is None:
        raise TransitionUnknown(transition=name[:40])
    if actors.role(actor) not in step.by:
        raise NotAllowed(transition=step.label)
    if case.state not in step.origins or (step.stages and case.stage not in step.stages):
        raise WrongTransition(transition=step.label, state=kind.states_by_name[case.state].label)
    return step


def _handed_to(case: Case, step: Transition, read: Values) -> str | None:
    """The agency that a step hands the case to; None where it stays. Raises `ValuesInvalid`."""
    field = step.hands_to
    if field is None:
        return None
    agency: str = read.plain[field.name]
    agencies.check_hand_over(case, field, agency)
    return agency


def _check_extension(case: Case, days: str, occurred_at: datetime.datetime) -> None:
    """Raise `ValuesInvalid` where the time limit is over already: more time has to be told before."""
    deadline = time_limits.deadline(case, selectors.timeline(case))
    due = deadline.due if deadline else None
    if due is not None and day_of(occurred_at) > due:
        text = _("The time limit ended on %(due)s: it cannot be extended any more.")
        raise ValuesInvalid([Problem(pointer(days), "time-limit-over", text, {"due": due.isoformat()})])
