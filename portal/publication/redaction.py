"""Taking content out of the log when a law demands it: a row that says so, then the content's deletion under that row.

This is the log's part. Whoever redacts a record that is still edited must also take it back and purge its revisions:
``cms.redaction`` does both.
"""

import json

from django.db import transaction

from portal.publication import current, files, log
from portal.publication.models import Content, FileUse, LogRow, PublicFile


def redact(
    uid: str, seqs: list[int], *, ground: dict[str, str | None], authority: dict[str, str | None], date: str
) -> LogRow:
    """Redact the contents of these rows of a record, and return the row that says so. The caller holds the log's lock.

    ``ground`` and ``authority`` are language maps, ``date`` is the ISO date of the decision. Files that no other
    version uses are deleted once the transaction has been committed. Raises ValueError where a row is not a version of
    this record, or has been redacted before.
    """
    covered = LogRow.objects.filter(uid=uid, seq__in=seqs, redaction__isnull=True).exclude(action=LogRow.Action.REDACT)
    if not seqs or covered.count() != len(set(seqs)):
        raise ValueError(f"not all of {seqs} are unredacted versions of {uid}")
    document = {"ground": ground, "authority": authority, "date": date, "covers": sorted(set(seqs))}
    record_type = covered.first().type
    [row] = log.append([log.Entry(uid, record_type, LogRow.Action.REDACT, document)])
    Content.objects.filter(row__in=seqs).delete()
    FileUse.objects.filter(row__in=seqs).delete()
    for sha256 in PublicFile.objects.filter(uses__isnull=True).values_list("sha256", flat=True):
        transaction.on_commit(lambda sha256=sha256: _remove_if_unused(sha256))
    current.refresh([uid])
    return row


def replay() -> int:
    """After a restore from an older backup: delete contents that a redaction covers and that came back; return how
    many.
    """
    returned = Content.objects.filter(row__redaction__isnull=False)
    uids = set(returned.values_list("row__uid", flat=True))
    deleted, _per_model = returned.delete()
    if uids:
        current.refresh(uids)
    return deleted


def covering(seq: int) -> dict[str, object] | None:
    """The public words of the redaction that covers a row: its own seq, ground, authority and date."""
    row = LogRow.objects.filter(covers__row_id=seq).select_related("content").first()
    if row is None:
        return None
    document = json.loads(row.content.document)
    return {"seq": row.seq, **{member: document[member] for member in ("ground", "authority", "date")}}


def _remove_if_unused(sha256: str) -> None:
    # Under the lock nobody is about to publish another use of the file.
    with transaction.atomic():
        log.lock()
        if not FileUse.objects.filter(file_id=sha256).exists():
            files.remove(sha256)
