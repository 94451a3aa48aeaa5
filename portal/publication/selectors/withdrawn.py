"""Records that were withdrawn: for those who have kept them and must learn of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Max, QuerySet

from portal.publication.models import CurrentRecord, LogRow


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawn record: the number of the version that says so, when it was first published and when it was
    withdrawn (as the log writes moments), the public note, and the last document that was published of it.
    """

    uid: str
    version: int
    published_at: str
    withdrawn_at: str
    note: dict[str, str | None] | None
    document: dict[str, Any]


def last_withdrawn(types: Sequence[str], limit: int) -> list[Withdrawn]:
    """The records of these types that were withdrawn last and are so still, the last first; three queries."""
    withdrawn = CurrentRecord.objects.filter(state=CurrentRecord.State.WITHDRAWN, type__in=types)
    return _with_documents(withdrawn.order_by("-row_id")[:limit])


def withdrawn(uid: str) -> Withdrawn | None:
    """A withdrawn record; None for one that is not."""
    found = _with_documents(CurrentRecord.objects.filter(state=CurrentRecord.State.WITHDRAWN, uid=uid))
    return next(iter(found), None)


def _with_documents(records: QuerySet[CurrentRecord]) -> list[Withdrawn]:
    found = list(records.values_list("uid", "version", "published_at", "modified_at", "row__content__document"))
    published = LogRow.objects.filter(uid__in=[row[0] for row in found], action=LogRow.Action.PUBLISH)
    latest = list(published.values("uid").annotate(last=Max("seq")).values_list("last", flat=True))
    documents = dict(
        LogRow.objects.filter(seq__in=latest, content__isnull=False).values_list("uid", "content__document")
    )
    return [
        Withdrawn(
            uid, version, first, last, orjson.loads(tombstone or '{"note":null}')["note"], orjson.loads(documents[uid])
        )
        for uid, version, first, last, tombstone in found
        if uid in documents
    ]
