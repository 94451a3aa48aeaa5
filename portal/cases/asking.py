"""What services look at before they write: the case, locked; the sender's version and clock; cases that values name."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases import actors
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import STAFF, Kind, Role
from portal.cases.kinds.fields import Field, FieldType
from portal.cases.kinds.steps import STEPS
from portal.cases.kinds.validation import CLOCKS_DIFFER, pointer
from portal.cases.models import Case
from portal.cases.office_calendar import YEARS
from portal.cases.refusals import (
    CaseUnknown,
    KindUnknown,
    MergedAlready,
    MomentWrong,
    NotAllowed,
    Problem,
    StaleVersion,
    ValuesInvalid,
)
from portal.core.codes import CODE

#: No case was received before: there is no office calendar to count its days by.
EARLIEST = datetime.datetime(YEARS.start, 1, 1, tzinfo=datetime.UTC)


def declared(kind: str) -> Kind:
    """The kind of a name. Raises `KindUnknown`."""
    try:
        return KINDS[kind]
    except KeyError:
        raise KindUnknown from None


def locked(*references: str, expected_version: int | None = None) -> list[Case]:
    """The cases of these references, in their order, locked until the transaction ends.

    ``expected_version`` is that of the first. Raises `CaseUnknown`, `StaleVersion`, and `MergedAlready` for a first
    case that was merged.
    """
    found = lock(references)
    if not found.keys() >= set(references):
        raise CaseUnknown
    first = found[references[0]]
    if expected_version is not None and first.version != expected_version:
        raise StaleVersion(version=first.version, expected=expected_version)
    return [unmerged(first), *(found[reference] for reference in references[1:])]


def lock(references: Iterable[str]) -> dict[str, Case]:
    """The cases of these references, as far as there are any, locked in the one order until the transaction ends."""
    wanted = set(references)
    if not wanted:
        return {}
    cases = Case.objects.select_for_update().filter(reference__in=wanted).order_by("pk")
    return {case.reference: case for case in cases}


def unmerged(case: Case) -> Case:
    """The case. Raises `MergedAlready` if it was merged into another."""
    if case.merged_into_id is not None:
        raise MergedAlready
    return case


def is_followed(case: Case) -> bool:
    """Whether a case of a later stage follows this one."""
    return case.followers.filter(merged_into__isnull=True).exists()


def check_staff(actor: str, step: str) -> None:
    """Raise `NotAllowed` where a step that every kind has is not the actor's to take."""
    if actors.role(actor) not in STAFF | {Role.SYSTEM}:
        raise NotAllowed(transition=STEPS[step])


def agency_code(agency: str) -> str:
    """The agency's code. Raises ValueError for what cannot be one."""
    if not CODE.fullmatch(agency):
        raise ValueError("not the code of an agency")
    return agency


def moment(
    member: str, sent: datetime.datetime, *, now: datetime.datetime, not_before: datetime.datetime = EARLIEST
) -> datetime.datetime:
    """The moment that a sender names, in UTC. Raises `MomentWrong` where it cannot be."""
    if timezone.is_naive(sent) or sent < not_before or sent > now + CLOCKS_DIFFER:
        raise MomentWrong(member=member, earliest=timezone.localtime(not_before).isoformat(timespec="seconds"))
    return sent.astimezone(datetime.UTC)


def check_named_cases(fields: Iterable[Field], plain: Mapping[str, Any]) -> None:
    """Raise `ValuesInvalid` where a value names a case that does not exist."""
    named = [field for field in fields if field.type is FieldType.CASE and field.name in plain]
    if not named:
        return
    known = set(
        Case.objects.filter(reference__in=[plain[field.name] for field in named]).values_list("reference", flat=True)
    )
    text = _("“%(label)s”: there is no case with this reference number.")
    problems = [
        Problem(pointer(field.name), "case-unknown", text, {"label": field.label})
        for field in named
        if plain[field.name] not in known
    ]
    if problems:
        raise ValuesInvalid(problems)
