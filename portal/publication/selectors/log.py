"""The log as readers see it: its head, its rows, the versions of a record, and what is said of a record that
is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import QuerySet

from portal.publication.models import CurrentRecord, Head, LogRow
from portal.publication.rows import MEMBERS
from portal.publication.selectors.direct import by_key
from portal.publication.selectors.records import Served, is_uid

_VERSION_MOST = 2**31 - 1
_COLUMNS = (*MEMBERS, "content__nonce", "content__document", "redaction__by")


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the log with what it commits to: the canonical JSON text and the nonce, both None once a
    redaction covers the row.
    """

    members: dict[str, Any]
    nonce: str | None
    document: str | None
    redacted_by: int | None

    def json(self) -> str:
        """The row as JSON, its document as the very text that was committed to."""
        redaction = {} if self.redacted_by is None else {"redacted_by": self.redacted_by}
        row = orjson.dumps(self.members | redaction | {"nonce": self.nonce}).decode()
        return f'{row[:-1]},"document":{self.document or "null"}}}'


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record: its row, its document (None where it is redacted) and the number of the row that
    redacted it.
    """

    members: dict[str, Any]
    document: dict[str, Any] | None
    redacted_by: int | None

    @property
    def is_readable(self) -> bool:
        """Whether it published something that is still there."""
        return self.document is not None and self.members["action"] == LogRow.Action.PUBLISH


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is said of a withdrawn record. ``note`` is a language map or None."""

    uid: str
    type: str
    version: int
    withdrawn_at: str
    note: dict[str, str | None] | None


@dataclass(frozen=True, slots=True)
class RedactionNotice:
    """What is said of something redacted: on what ground, by whose authority, on which day (ISO 8601), and in
    which row.
    """

    uid: str
    type: str
    ground: dict[str, str | None]
    authority: dict[str, str | None]
    date: str
    seq: int


def head() -> Head:
    """The head of the log, in one query; an empty one before anything was published. Its ``stamp`` changes
    whenever anything served does.
    """
    found = by_key(Head, ("seq", "stamp", "changed_at"), 1)
    return Head() if found is None else Head(seq=found[0], stamp=found[1], changed_at=found[2])


def stamp() -> str:
    """The stamp of the head alone, in one query."""
    found = by_key(Head, ("stamp",), 1)
    return Head().stamp if found is None else str(found[0])


def changes(after: int, limit: int, *, until: int | None = None) -> list[Change]:
    """Up to ``limit`` rows that follow row ``after``, none beyond ``until``, in one query."""
    rows = LogRow.objects.filter(seq__gt=after)
    if until is not None:
        rows = rows.filter(seq__lte=until)
    return changes_of(rows.order_by("seq")[:limit])


def changes_of(rows: QuerySet[LogRow]) -> list[Change]:
    """These rows with what they commit to, in one query."""
    return [_change(values) for values in rows.values_list(*_COLUMNS)]


def versions(uid: str) -> list[Version]:
    """Every row of a record, the first first, in one query; empty if there never was such a record."""
    if not is_uid(uid):
        return []
    return list(_versions(LogRow.objects.filter(uid=uid).order_by("version")))


def version(uid: str, number: int) -> Version | None:
    """One row of a record by its version, or None."""
    if not is_uid(uid) or not 0 < number <= _VERSION_MOST:
        return None
    return next(_versions(LogRow.objects.filter(uid=uid, version=number)), None)


def version_at(uid: str, seq: int) -> Version | None:
    """The version of a record that was public once row ``seq`` stood in the log; None if none was. A redacted one has
    no document.
    """
    if not is_uid(uid):
        return None
    rows = LogRow.objects.filter(uid=uid, seq__lte=seq).exclude(action=LogRow.Action.REDACT).order_by("-seq")[:1]
    found = next(_versions(rows), None)
    return found if found is not None and found.members["action"] == LogRow.Action.PUBLISH else None


def row_on(uid: str, moment: str) -> Version | None:
    """The last row of a record, redactions apart, that stood in the log at a moment (as the log writes it); None if
    there was none yet.
    """
    if not is_uid(uid):
        return None
    rows = LogRow.objects.filter(uid=uid, published_at__lte=moment).exclude(action=LogRow.Action.REDACT)
    return next(_versions(rows.order_by("-seq")[:1]), None)


def tombstone(record: CurrentRecord | Served) -> Tombstone:
    """What is said of a record that is withdrawn."""
    document = _content(record.row_id)
    note = document["note"] if document else None
    return Tombstone(record.uid, record.type, record.version, record.modified_at, note)


def redaction_notice(seq: int) -> RedactionNotice:
    """What the ``redact`` row of that number says. Raises KeyError if there is none."""
    row = next(iter(LogRow.objects.filter(seq=seq, action=LogRow.Action.REDACT)), None)
    document = _content(seq)
    if row is None or document is None:
        raise KeyError(seq)
    return RedactionNotice(row.uid, row.type, document["ground"], document["authority"], document["date"], seq)


def _versions(rows: Any) -> Iterator[Version]:
    for change in map(_change, rows.values_list(*_COLUMNS)):
        yield Version(change.members, orjson.loads(change.document) if change.document else None, change.redacted_by)


def _change(values: tuple[Any, ...]) -> Change:
    *members, nonce, document, redacted_by = values
    return Change(dict(zip(MEMBERS, members, strict=True)), nonce, document, redacted_by)


def _content(seq: int) -> dict[str, Any] | None:
    found = LogRow.objects.filter(seq=seq).values_list("content__document", flat=True)
    return next((orjson.loads(document) for document in found if document), None)
