"""Erasing attachments. With its key a file is lost at once, wherever a copy of it may be; then it is removed, too."""

import datetime

from django.db import transaction
from django.db.models import QuerySet

from portal.cases.attachments import files
from portal.cases.models import Attachment


def erase(attachments: QuerySet[Attachment], now: datetime.datetime) -> None:
    """Erase what is in these attachments and what would tell it again, within the caller's transaction; the files go
    once that is committed. That there were attachments, of what kind and size, stays.
    """
    uids = list(attachments.filter(erased_at=None).values_list("uid", flat=True))
    Attachment.objects.filter(uid__in=uids).update(sealed=b"", key="", digest="", erased_at=now)
    transaction.on_commit(lambda: files.remove(uids))
