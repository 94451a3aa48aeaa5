"""Appending to the log.

Whoever appends holds the log's lock from before they read what they publish until their transaction ends: so sequence
order is commit order, and a reader that has seen row N has seen all rows before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal.core.canonical import canonical_json
from portal.publication import rows
from portal.publication.models import Content, FileUse, Head, LogRow, Redaction
from portal.publication.schemas import validate


@dataclass(frozen=True)
class Entry:
    """Something to append: an action on a record, its document, and the public files (by SHA-256) that the document
    uses.
    """

    uid: str
    type: str
    action: str
    document: dict[str, Any]
    files: frozenset[str] = frozenset()


def lock() -> Head:
    """Take the log's lock until the transaction ends. On SQLite the transaction itself (BEGIN IMMEDIATE) is the
    lock.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log's lock needs a transaction")
    Head.objects.get_or_create(pk=1)
    return Head.objects.select_for_update().get(pk=1)


def append(entries: Iterable[Entry]) -> list[LogRow]:
    """Append rows in the order given and return them. The caller holds the lock.

    Raises `schemas.DocumentInvalid` where a document does not fit its schema; nothing is written then if the caller
    lets its transaction fail.
    """
    last = LogRow.objects.order_by("-seq").first()
    appended = []
    for entry in entries:
        validate(entry.document, schema_of(entry))
        canonical = canonical_json(entry.document)
        nonce = rows.new_nonce()
        latest = LogRow.objects.filter(uid=entry.uid).order_by("-version").values_list("version", flat=True).first()
        row = LogRow.objects.create(
            seq=last.seq + 1 if last else 1,
            uid=entry.uid,
            type=entry.type,
            version=(latest or 0) + 1,
            action=entry.action,
            published_at=rows.moment(timezone.now(), not_before=last.published_at if last else None),
            commitment=rows.commitment(nonce, canonical),
            previous=rows.row_hash(members(last)) if last else rows.GENESIS,
        )
        Content.objects.create(row=row, document=canonical.decode(), nonce=nonce)
        FileUse.objects.bulk_create([FileUse(file_id=sha256, row=row) for sha256 in sorted(entry.files)])
        if entry.action == LogRow.Action.REDACT:
            Redaction.objects.bulk_create([Redaction(row_id=seq, by=row) for seq in entry.document["covers"]])
        appended.append(row)
        last = row
    if last:
        Head.objects.filter(pk=1).update(seq=last.seq)
    return appended


def members(row: LogRow) -> dict[str, Any]:
    """The eight members of a row, as the chain hashes them and the API shows them."""
    return {member: getattr(row, member) for member in rows.MEMBERS} | {"action": str(row.action)}


def schema_of(entry: Entry) -> str:
    """The name of the schema that an entry's document must fit."""
    if entry.action == LogRow.Action.PUBLISH:
        return entry.document.get("schema", f"{entry.type}.1")
    return {LogRow.Action.WITHDRAW: "withdrawal.1", LogRow.Action.REDACT: "redaction.1"}[entry.action]
