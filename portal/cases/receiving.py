"""Receiving cases."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases import actors, asking
from portal.cases.events import Change, PersonalStore, record
from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.steps import RECEIVED
from portal.cases.kinds.validation import Times, Values, validated
from portal.cases.models import Case
from portal.cases.personal.keeping import STORE
from portal.cases.references import new_reference
from portal.cases.refusals import AlreadyFollowed, CannotFollow, CaseUnknown, Refused
from portal.cases.reserving import reservable_all
from portal.cases.whole import atomic


@dataclass(frozen=True)
class Receipt:
    """A case to receive; what each member means, says `receive`."""

    kind: str
    agency: str
    values: Mapping[str, Any]
    received_at: datetime.datetime
    actor: str
    follows: str | None = None


def receive(
    *,
    kind: str,
    agency: str,
    values: Mapping[str, Any],
    received_at: datetime.datetime,
    actor: str,
    personal: PersonalStore = STORE,
    follows: str | None = None,
    now: datetime.datetime | None = None,
) -> Case:
    """Receive a case of a kind for an agency, with its first event.

    ``values`` are JSON values by field name (`kinds.validation`). ``follows`` is the reference of a case of an earlier
    stage: what it says need not be said again.

    Raises `Refused`: `KindUnknown`, `CaseUnknown`, `MergedAlready`, `MomentWrong`, `ValuesInvalid`, `CannotFollow`,
    `AlreadyFollowed`, `Taken`. Raises ValueError for an actor or agency that cannot be one.
    """
    receipt = Receipt(kind, agency, values, received_at, actor, follows)
    (outcome,) = receive_all([receipt], personal=personal, now=now)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@atomic
def receive_all(
    receipts: Sequence[Receipt], *, personal: PersonalStore = STORE, now: datetime.datetime | None = None
) -> list[Case | Refused]:
    """Receive many cases with a few statements; for each, in order, the case or why it was refused.

    Those that are not refused are written, whatever becomes of the others. A case cannot follow one of the same call.
    """
    now = now or timezone.now()
    earlier = asking.lock(receipt.follows for receipt in receipts if receipt.follows)
    outcomes: list[Change | Refused] = []
    followed: dict[int, Case] = {}
    for receipt in receipts:
        try:
            change = _change(receipt, earlier, followed, now)
        except Refused as refusal:
            outcomes.append(refusal)
        else:
            if change.other:
                followed[change.other.pk] = change.case
            outcomes.append(change)
    outcomes = _reservable(outcomes, now)
    changes = [outcome for outcome in outcomes if isinstance(outcome, Change)]
    if changes:
        _name([change.case for change in changes])
        for change, event in zip(changes, record(changes, personal=personal, now=now), strict=True):
            if change.other:
                personal.carry(change.other, event, _unsaid(change))
    return [outcome.case if isinstance(outcome, Change) else outcome for outcome in outcomes]


def _change(
    receipt: Receipt, earlier_cases: Mapping[str, Case], followed: Mapping[int, Case], now: datetime.datetime
) -> Change:
    """The receipt of a new case that has no reference yet. Raises `Refused`."""
    actors.role(receipt.actor)
    kind = asking.declared(receipt.kind)
    case = Case(kind=kind.name, agency=asking.agency_code(receipt.agency))
    earlier = _earlier(receipt.follows, earlier_cases)
    not_before = earlier.received_at if earlier else asking.EARLIEST
    received_at = asking.moment("received_at", receipt.received_at, now=now, not_before=not_before)
    read = _validated(kind, receipt.values, earlier, Times(received_at, now))
    asking.check_named_cases(kind.receipt, read.plain)
    if earlier:
        _check_follows(kind, read.plain.get("stage"), earlier, followed)
    return Change(
        case,
        RECEIVED,
        receipt.actor,
        received_at,
        read.plain,
        read.personal,
        state=kind.initial.name,
        closed=False,
        other=earlier,
    )


def _reservable(outcomes: Sequence[Change | Refused], now: datetime.datetime) -> list[Change | Refused]:
    """The same with what the portal adds to those that reserve something, or why they cannot have it."""
    looked_at = iter(reservable_all([each for each in outcomes if isinstance(each, Change)], now))
    return [next(looked_at) if isinstance(each, Change) else each for each in outcomes]


def _earlier(reference: str | None, cases: Mapping[str, Case]) -> Case | None:
    """The case to follow. Raises `CaseUnknown` or `MergedAlready`."""
    if not reference:
        return None
    if reference not in cases:
        raise CaseUnknown
    return asking.unmerged(cases[reference])


def _validated(kind: Kind, values: Mapping[str, Any], earlier: Case | None, times: Times) -> Values:
    if earlier is None:
        return validated(values, kind.receipt, times, at_least_one=kind.at_least_one)
    said = {field.name: earlier.data[field.name] for field in kind.fields if field.name in earlier.data}
    return validated(
        said | dict(values), kind.receipt, times, required=lambda field: field.required and not field.personal
    )


def _check_follows(kind: Kind, stage: str | None, earlier: Case, followed: Mapping[int, Case]) -> None:
    """Raise `CannotFollow` or `AlreadyFollowed` unless a case of a stage may follow the earlier one (locked)."""
    declared = kind.stages_by_name.get(stage or "")
    if (
        declared is None
        or earlier.kind != kind.name
        or earlier.stage not in declared.after
        or earlier.state not in kind.continued_from
    ):
        raise CannotFollow(stage=declared.label if declared else "–")
    if earlier.pk in followed:
        raise AlreadyFollowed(reference=_("the one received with this"))
    follower = earlier.followers.filter(merged_into__isnull=True).first()
    if follower is not None:
        raise AlreadyFollowed(reference=follower.reference)


def _unsaid(change: Change) -> list[str]:
    """The personal fields of receipt of which the sender said nothing."""
    fields = asking.declared(change.case.kind).fields
    return [field.name for field in fields if field.personal and field.name not in change.personal]


def _name(cases: Sequence[Case]) -> None:
    """Give each case a reference that no case has. Two transactions that draw the same one at once are kept apart by
    the table's constraint.
    """
    unnamed = list(cases)
    while unnamed:
        drawn = {new_reference(asking.declared(case.kind).prefix): case for case in unnamed}
        taken = set(Case.objects.filter(reference__in=drawn).values_list("reference", flat=True))
        for reference, case in drawn.items():
            case.reference = "" if reference in taken else reference
        unnamed = [case for case in unnamed if not case.reference]
