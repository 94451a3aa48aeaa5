"""Walking the chain: does every row follow from the one before, and is every content what its row commits to?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from portal.core.canonical import canonical_json
from portal.publication import rows, triggers
from portal.publication.log import members
from portal.publication.models import Content, LogRow, Redaction

_CHUNK = 1000


@dataclass(frozen=True)
class Finding:
    """Something noteworthy about a row. ``problem`` is False for what is in order but worth saying (a redacted
    version).
    """

    seq: int
    message: str
    problem: bool = True


def chain() -> Iterator[Finding]:
    """Every fault of the log from its first row to its last, and every redaction."""
    expected, previous, latest = 1, rows.GENESIS, ""
    versions: dict[str, int] = {}
    redactions = dict(Redaction.objects.values_list("row_id", "by_id"))
    for row in LogRow.objects.order_by("seq").select_related("content").iterator(_CHUNK):
        if row.seq != expected:
            yield Finding(row.seq, f"the numbers jump from {expected - 1} to {row.seq}")
        if row.previous != previous:
            yield Finding(row.seq, "does not follow from the row before")
        if row.published_at < latest:
            yield Finding(row.seq, "is dated before the row before")
        if row.version != versions.get(row.uid, 0) + 1:
            yield Finding(row.seq, f"version {row.version} of {row.uid} follows version {versions.get(row.uid, 0)}")
        versions[row.uid] = row.version
        content: Content | None = getattr(row, "content", None)
        if row.seq in redactions:
            if content is not None:
                yield Finding(row.seq, f"is redacted by {redactions[row.seq]}, yet its content is still there")
            else:
                yield Finding(row.seq, f"redacted by {redactions[row.seq]}", problem=False)
        elif content is None:
            yield Finding(row.seq, "has lost its content")
        elif rows.commitment(content.nonce, content.document.encode()) != row.commitment:
            yield Finding(row.seq, "commits to another content")
        elif canonical_json(json.loads(content.document)) != content.document.encode():
            yield Finding(row.seq, "holds a document that is not canonical")
        elif row.action == LogRow.Action.REDACT:
            covers = set(json.loads(content.document)["covers"])
            if covers != {seq for seq, by in redactions.items() if by == row.seq}:
                yield Finding(row.seq, "covers other rows than were redacted by it")
        expected, previous, latest = row.seq + 1, rows.row_hash(members(row)), row.published_at


def missing_triggers() -> list[str]:
    """The names of the log's triggers that the database lacks."""
    return triggers.missing(connection)
