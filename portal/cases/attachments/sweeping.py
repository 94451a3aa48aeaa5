"""Removing the files that no case has, and telling what is not as it should be."""

from collections.abc import Iterator
from itertools import islice

from portal.cases.attachments import files
from portal.cases.attachments.keeping import content_of
from portal.cases.attachments.sealing import file_key
from portal.cases.models import Attachment
from portal.cases.personal.keys import Unreadable, data_keys

#: Seconds after which a file that no case has will never be one's: forms hold them for half as long.
ORPHANED = 24 * 60 * 60
_BATCH = 500


def sweep(older_than: float = ORPHANED) -> int:
    """Remove the files that were written so many seconds ago and that no attachment has, or one that was erased; how
    many. Files of a form that is not sent yet are among those that are younger.
    """
    removed = 0
    found = files.older_than(older_than)
    while paths := list(islice(found, _BATCH)):
        uids = {path: files.uid_of(path) for path in paths}
        named = Attachment.objects.filter(uid__in=filter(None, uids.values()), erased_at=None)
        held = set(named.values_list("uid", flat=True))
        for path, uid in uids.items():
            if uid not in held:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def faults() -> Iterator[str]:
    """What is wrong with attachments that should be there, a sentence each, with random names alone: reads every one
    of them, and leaves no audit row, since nobody sees them.
    """
    keys = data_keys()
    for attachment in Attachment.objects.filter(erased_at=None).select_related("case").order_by("pk").iterator(_BATCH):
        try:
            content_of(attachment.uid, file_key(attachment, keys), attachment.digest)
        except Unreadable as fault:
            yield str(fault)
