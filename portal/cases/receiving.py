"""Receiving cases."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.cases import actors, asking
from portal.cases.events import Change, PersonalStore, record
from portal.cases.kinds.declaration import RECEIVED, Kind
from portal.cases.kinds.validation import Times, Values, validated
from portal.cases.models import Case
from portal.cases.references import new_reference
from portal.cases.refusals import AlreadyFollowed, CannotFollow


@transaction.atomic
def receive(
    *,
    kind: str,
    agency: str,
    values: Mapping[str, Any],
    received_at: datetime.datetime,
    actor: str,
    personal: PersonalStore,
    follows: str | None = None,
    now: datetime.datetime | None = None,
) -> Case:
    """Receive a case of a kind for an agency, with its first event.

    ``values`` are JSON values by field name (`kinds.validation`). ``follows`` is the reference of a case of an earlier
    stage: what is not personal in it need not be said again, and of what is personal nothing is required.

    Raises `Refused`: `KindUnknown`, `CaseUnknown`, `MergedAlready`, `MomentWrong`, `ValuesInvalid`, `CannotFollow`,
    `AlreadyFollowed`.
    """
    actors.role(actor)
    now = now or timezone.now()
    declaration = asking.declared(kind)
    earlier = asking.locked(follows)[0] if follows else None
    received_at = asking.moment(
        "received_at", received_at, now=now, not_before=earlier.received_at if earlier else asking.EARLIEST
    )
    read = _validated(declaration, values, earlier, Times(received_at, now))
    asking.check_named_cases(declaration.receipt, read.plain)
    if earlier:
        _check_follows(declaration, read.plain.get("stage"), earlier)
    case = Case(reference=_new_reference(declaration), kind=kind, agency=asking.agency_code(agency))
    change = Change(
        case,
        RECEIVED,
        actor,
        received_at,
        read.plain,
        read.personal,
        state=declaration.initial.name,
        closed=False,
        other=earlier,
    )
    record([change], personal=personal, now=now)
    return case


def _validated(kind: Kind, values: Mapping[str, Any], earlier: Case | None, times: Times) -> Values:
    if earlier is None:
        return validated(values, kind.receipt, times, at_least_one=kind.at_least_one)
    said = {field.name: earlier.data[field.name] for field in kind.fields if field.name in earlier.data}
    return validated(
        said | dict(values), kind.receipt, times, required=lambda field: field.required and not field.personal
    )


def _check_follows(kind: Kind, stage: str | None, earlier: Case) -> None:
    """Raise `CannotFollow` or `AlreadyFollowed` unless a case of a stage may follow the earlier one (locked)."""
    declared = kind.stages_by_name.get(stage or "")
    if (
        declared is None
        or earlier.kind != kind.name
        or earlier.stage not in declared.after
        or earlier.state not in kind.continued_from
    ):
        raise CannotFollow(stage=declared.label if declared else "–")
    follower = earlier.followers.filter(merged_into__isnull=True).first()
    if follower is not None:
        raise AlreadyFollowed(reference=follower.reference)


def _new_reference(kind: Kind) -> str:
    """A reference that no case has. Two who draw the same one at once are kept apart by the table's constraint."""
    while True:
        reference = new_reference(kind.prefix)
        if not Case.objects.filter(reference=reference).exists():
            return reference
