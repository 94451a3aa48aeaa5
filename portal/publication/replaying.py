"""Redactions outlive a restore: what was taken out after a backup was made must not come back with it."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from portal.publication.models import LogRow


@dataclass(frozen=True)
class Remembered:
    """One redaction of the database to be replaced, and the rows that it covers: seq → commitment."""

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


def returned(past: Remembered) -> list[int]:
    """The versions of the record whose content a restore brought back, in order.

    A row is the same row only if its commitment is, so that another log's rows are left alone.
    """
    rows = LogRow.objects.filter(uid=past.uid, seq__in=past.covered, content__isnull=False).order_by("seq")
    return [row.version for row in rows if row.commitment == past.covered[row.seq]]
