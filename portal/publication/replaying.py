"""Redactions outlive a restore: what was taken out after a backup was made must not come back with it."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from portal.publication import log, redaction
from portal.publication.models import LogRow


@dataclass(frozen=True)
class Remembered:
    """One redaction of the database that is to be replaced, and the rows that it covers: seq → commitment."""

    uid: str
    document: dict[str, Any]
    covered: dict[int, str]


def remember() -> list[Remembered]:
    """The redactions in the log, in order; none where there is no log yet."""
    if LogRow._meta.db_table not in connection.introspection.table_names():
        return []
    rows = LogRow.objects.filter(action=LogRow.Action.REDACT).select_related("content").order_by("seq")
    return [
        Remembered(
            row.uid,
            json.loads(row.content.document),
            dict(LogRow.objects.filter(redaction__by=row).values_list("seq", "commitment")),
        )
        for row in rows
    ]


def replay(remembered: list[Remembered]) -> int:
    """Redact again what came back, on the same ground; the number of rows whose content was taken out.

    A row is the same row only if its commitment is, so that another log's rows are left alone.
    """
    replayed = redaction.replay()
    with transaction.atomic():
        log.lock()
        for past in remembered:
            rows = LogRow.objects.filter(uid=past.uid, content__isnull=False, seq__in=past.covered)
            seqs = [row.seq for row in rows if row.commitment == past.covered[row.seq]]
            if seqs:
                words = {member: past.document[member] for member in ("ground", "authority", "date")}
                redaction.redact(past.uid, seqs, **words)
                replayed += len(seqs)
    return replayed
