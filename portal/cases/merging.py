"""Merging duplicates: one matter that was received twice becomes one case again."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from portal.cases import asking
from portal.cases.events import Change, PersonalStore, record
from portal.cases.kinds.fields import REASON
from portal.cases.kinds.steps import ABSORBED, MERGED
from portal.cases.kinds.validation import Times, validated
from portal.cases.models import Case, CaseEvent
from portal.cases.personal.keeping import STORE
from portal.cases.refusals import CannotMerge
from portal.cases.whole import atomic


@atomic
def merge(
    *,
    case_reference: str,
    into: str,
    actor: str,
    personal: PersonalStore = STORE,
    values: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    now: datetime.datetime | None = None,
) -> CaseEvent:
    """Close a case as a duplicate of another, which is told (``absorbed``); the event of the duplicate.

    Values are not brought over: whoever merges amends what the other lacks. ``values`` may hold a ``reason``. Raises
    `Refused`: `CaseUnknown`, `StaleVersion`, `MergedAlready`, `NotAllowed`, `CannotMerge`, `ValuesInvalid`.
    """
    now = now or timezone.now()
    asking.check_staff(actor, MERGED)
    case, kept = asking.locked(case_reference, into, expected_version=expected_version)
    if not _one_matter(case, kept):
        raise CannotMerge
    read = validated(values or {}, (REASON,), Times(case.received_at, now))
    merged = Change(case, MERGED, actor, now, read.plain, read.personal, state=MERGED, closed=True, other=kept)
    absorbed = Change(kept, ABSORBED, actor, now, other=case)
    return record([merged, absorbed], personal=personal, now=now)[0]


def _one_matter(case: Case, kept: Case) -> bool:
    return (
        case.pk != kept.pk
        and (case.kind, case.stage, case.agency) == (kept.kind, kept.stage, kept.agency)
        and kept.merged_into_id is None
        and not asking.is_followed(case)
    )
