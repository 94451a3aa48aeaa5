"""What was published last, by the log's own order: for feeds."""

from collections.abc import Iterable

import orjson
from django.db.models import Q

from portal.publication.models import Citation, CurrentRecord, LogRow
from portal.publication.selectors.log import Change, changes_of


def latest_records(record_type: str, limit: int) -> list[str]:
    """The JSON texts of the public records of a type whose present versions are the newest, the newest first."""
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC, type=record_type)
    return list(public.order_by("-row_id").values_list("ready", flat=True)[:limit])


def latest_of_city(uid: str, limit: int) -> list[str]:
    """The JSON texts of a public city and of the public records that name it, in the same order."""
    naming = Citation.objects.filter(target=uid, role="city").values("source")
    public = CurrentRecord.objects.filter(Q(uid=uid) | Q(uid__in=naming), state=CurrentRecord.State.PUBLIC)
    return list(public.order_by("-row_id").values_list("ready", flat=True)[:limit])


def latest_changes(limit: int) -> list[Change]:
    """The last rows of the log, the newest first."""
    return changes_of(LogRow.objects.order_by("-seq")[:limit])


def last_titles(uids: Iterable[str]) -> dict[str, dict[str, str | None]]:
    """Uid → the title of the last version whose content is there; nothing for a record without any."""
    published = LogRow.objects.filter(uid__in=set(uids), action=LogRow.Action.PUBLISH, content__isnull=False)
    found = published.order_by("seq").values_list("uid", "content__document")
    return {uid: orjson.loads(document)["title"] for uid, document in found}


def moments(seqs: Iterable[int]) -> dict[int | None, str]:
    """Number → when that row of the log was published."""
    return dict(LogRow.objects.filter(seq__in=set(seqs)).values_list("seq", "published_at"))


def withdrawn_among(uids: Iterable[str]) -> set[str]:
    """Those of these records that are withdrawn."""
    withdrawn = CurrentRecord.objects.filter(uid__in=set(uids), state=CurrentRecord.State.WITHDRAWN)
    return set(withdrawn.values_list("uid", flat=True))
