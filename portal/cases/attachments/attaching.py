"""Bringing files to a case: an event for each, and with it, in one transaction, the row that its key is in."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from portal.cases import actors, asking
from portal.cases.attachments import files
from portal.cases.attachments.keeping import Kept
from portal.cases.attachments.limits import CASE, MEGABYTE, Limit
from portal.cases.attachments.refusals import CaseClosed, FileGone, FilesTooLarge, TooManyFiles
from portal.cases.attachments.sealing import sealed
from portal.cases.events import Change, PersonalStore, record
from portal.cases.kinds.declaration import Role
from portal.cases.kinds.fields import ATTACHMENT_NAME
from portal.cases.kinds.steps import ATTACHED
from portal.cases.models import Attachment, Case, CaseEvent
from portal.cases.personal.keeping import STORE
from portal.cases.personal.keys import data_keys


@transaction.atomic
def attach(
    *,
    case_reference: str,
    kept: Sequence[Kept],
    actor: str,
    personal: PersonalStore = STORE,
    expected_version: int | None = None,
    now: datetime.datetime | None = None,
) -> list[CaseEvent]:
    """Attach files that were kept (`keeping`) to a case; an event for each, in order.

    Raises `Refused`: `CaseUnknown`, `StaleVersion`, `MergedAlready`, `CaseClosed`, `TooManyFiles`, `FilesTooLarge`,
    `FileGone`. A file is one case's: IntegrityError for one that is attached already.
    """
    now = now or timezone.now()
    (case,) = asking.locked(case_reference, expected_version=expected_version)
    if actors.role(actor) is Role.CITIZEN and case.closed_at is not None:
        raise CaseClosed
    before = Attachment.objects.filter(case=case, erased_at=None).aggregate(count=Count("pk"), bytes=Sum("size"))
    check_room(CASE, before["count"] + len(kept), (before["bytes"] or 0) + sum(each.size for each in kept))
    if not all(files.exists(each.uid) for each in kept):
        raise FileGone
    return [_attached(case, each, actor, personal, now) for each in kept]


def check_room(limit: Limit, count: int, size: int) -> None:
    """Raise `TooManyFiles` or `FilesTooLarge` where there would be more files, or more bytes, than may be."""
    if count > limit.count:
        raise TooManyFiles(most=limit.count)
    if size > limit.bytes:
        raise FilesTooLarge(most=limit.bytes // MEGABYTE)


def _attached(case: Case, file: Kept, actor: str, personal: PersonalStore, now: datetime.datetime) -> CaseEvent:
    said = {"attachment": str(file.uid), "media_type": file.media_type, "size": file.size}
    change = Change(case, ATTACHED, actor, now, said, {ATTACHMENT_NAME.name: file.name})
    (event,) = record([change], personal=personal, now=now)
    keys = data_keys()
    Attachment.objects.create(
        uid=file.uid,
        case=case,
        event=event.number,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        sealed=sealed(file.key, case.reference, event.number, file.uid, keys),
        key=keys.current,
    )
    return event
