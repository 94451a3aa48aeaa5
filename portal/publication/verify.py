"""Walking the chain: does every row follow from the one before, and is every content what its row commits to?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from portal.core.canonical import canonical_json
from portal.publication import rows, triggers
from portal.publication.log import members
from portal.publication.models import Content, Head, LogRow, Redaction

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
    """Every fault of the log from its first row to its last, and every redaction.

    What the last row says of itself is held by no row after it: only readers that copied it earlier can tell.
    """
    head = Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    redactions = dict(Redaction.objects.values_list("row_id", "by_id"))
    last: LogRow | None = None
    versions: dict[str, int] = {}
    for row in LogRow.objects.order_by("seq").select_related("content").iterator(_CHUNK):
        yield from (Finding(row.seq, message) for message in _place(row, last, versions.get(row.uid, 0)))
        yield from _content(row, redactions)
        versions[row.uid] = row.version
        last = row
    if head > (last.seq if last else 0):
        yield Finding(last.seq if last else 0, f"is the last row, yet {head} were appended")


def _place(row: LogRow, last: LogRow | None, version: int) -> Iterator[str]:
    """What is wrong with where a row stands: after the last one, and after the last version of its record."""
    expected = last.seq + 1 if last else 1
    if row.seq != expected:
        yield f"the numbers jump from {expected - 1} to {row.seq}"
    if row.previous != (rows.row_hash(members(last)) if last else rows.GENESIS):
        yield "does not follow from the row before"
    if last and row.published_at < last.published_at:
        yield "is dated before the row before"
    if row.version != version + 1:
        yield f"version {row.version} of {row.uid} follows version {version}"


def _content(row: LogRow, redactions: dict[int, int]) -> Iterator[Finding]:
    """What is wrong with a row's content, or that it was redacted."""
    content: Content | None = getattr(row, "content", None)
    redacted = {seq for seq, by in redactions.items() if by == row.seq}
    if redacted and row.action != LogRow.Action.REDACT:
        yield Finding(row.seq, "redacts nothing, yet rows are said to be redacted by it")
    if row.seq in redactions:
        by = redactions[row.seq]
        if content is not None:
            yield Finding(row.seq, f"is redacted by {by}, yet its content is still there")
        elif row.action == LogRow.Action.REDACT:
            yield Finding(row.seq, f"is a redaction, yet redacted by {by}")
        else:
            yield Finding(row.seq, f"redacted by {by}", problem=False)
    elif content is None:
        yield Finding(row.seq, "has lost its content")
    elif not _commits(row, content):
        yield Finding(row.seq, "commits to another content")
    else:
        document = json.loads(content.document)
        if canonical_json(document) != content.document.encode():
            yield Finding(row.seq, "holds a document that is not canonical")
        if not _belongs(row, document):
            yield Finding(row.seq, "holds a document of another record or action")
        elif row.action == LogRow.Action.REDACT:
            same = LogRow.objects.filter(seq__in=redacted, uid=row.uid).count() == len(redacted)
            if set(document["covers"]) != redacted or not same:
                yield Finding(row.seq, "covers other rows than were redacted by it")


def _commits(row: LogRow, content: Content) -> bool:
    try:
        return rows.commitment(content.nonce, content.document.encode()) == row.commitment
    except ValueError:  # the nonce is not hexadecimal
        return False


def _belongs(row: LogRow, document: dict[str, Any]) -> bool:
    """Whether a document is one of the row's action, and of its record if it names one."""
    if row.action == LogRow.Action.PUBLISH:
        return (document.get("uid"), document.get("type")) == (row.uid, row.type)
    return ("covers" if row.action == LogRow.Action.REDACT else "note") in document


def missing_triggers() -> list[str]:
    """The names of the log's triggers that the database lacks."""
    return triggers.missing(connection)
