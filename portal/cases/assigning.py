"""Who has a case: the agency in charge, and the officer."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from portal.cases import actors, asking
from portal.cases.events import Change, PersonalStore, record
from portal.cases.kinds.fields import REASON
from portal.cases.kinds.steps import ASSIGNED
from portal.cases.kinds.validation import Times, validated
from portal.cases.models import CaseEvent
from portal.cases.personal.keeping import STORE
from portal.cases.whole import atomic


@atomic
def assign(
    *,
    case_reference: str,
    actor: str,
    personal: PersonalStore = STORE,
    assignee: str | None = None,
    agency: str | None = None,
    values: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    now: datetime.datetime | None = None,
) -> CaseEvent:
    """Give a case to an officer or a module (an actor; empty: to nobody), to another agency, or both.

    At another agency nobody has it unless an assignee is named. ``values`` may hold a ``reason``. Raises `Refused`:
    `CaseUnknown`, `StaleVersion`, `MergedAlready`, `NotAllowed`, `ValuesInvalid`.
    """
    now = now or timezone.now()
    (case,) = asking.locked(case_reference, expected_version=expected_version)
    asking.check_staff(actor, ASSIGNED)
    if assignee:
        actors.role(assignee)
    if agency is not None and asking.agency_code(agency) != case.agency and assignee is None:
        assignee = ""
    read = validated(values or {}, (REASON,), Times(case.received_at, now))
    change = Change(case, ASSIGNED, actor, now, read.plain, read.personal, agency=agency, assignee=assignee)
    return record([change], personal=personal, now=now)[0]
