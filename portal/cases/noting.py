"""Internal notes: what officers write for each other. A note is an event, so it is neither changed nor taken back; its
text is personal. It is told to nobody outside but modules that may read what is personal.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.cases import asking
from portal.cases.events import Change, PersonalStore, record
from portal.cases.kinds.fields import INTERNAL_NOTE
from portal.cases.kinds.steps import NOTED
from portal.cases.kinds.validation import Times, validated
from portal.cases.models import CaseEvent
from portal.cases.personal.keeping import STORE


@transaction.atomic
def note(
    *,
    case_reference: str,
    values: Mapping[str, Any],
    actor: str,
    personal: PersonalStore = STORE,
    now: datetime.datetime | None = None,
) -> CaseEvent:
    """Add a note to a case, open or closed. ``values`` holds ``internal_note``. Two may be written at once: neither is
    about a version. Raises `Refused`: `CaseUnknown`, `MergedAlready`, `NotAllowed`, `ValuesInvalid`.
    """
    now = now or timezone.now()
    (case,) = asking.locked(case_reference)
    asking.check_staff(actor, NOTED)
    read = validated(values, (INTERNAL_NOTE,), Times(case.received_at, now))
    return record([Change(case, NOTED, actor, now, read.plain, read.personal)], personal=personal, now=now)[0]
