"""Keeping the current records: after rows were appended, and from the log alone.

A row changes its own record, the titles and addresses shown by those that cite it, and the derived values of the cities
that it names. All of that happens in the transaction that appends, so that a reader sees all or none of it.
"""

import datetime
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from portal.core.batches import batches
from portal.core.canonical import sha256_hex
from portal.core.languages import CHINESE, ENGLISH, flatten
from portal.publication import citations as cites
from portal.publication.files import address
from portal.publication.models import Address, Citation, CurrentRecord, Head, LogRow, PublicFile
from portal.publication.ready import Cited, ServedFile, Surroundings, ready_record
from portal.publication.selectors.records import public_among

#: The types that count as an exchange with a city.
EXCHANGES = ("exhibit", "visit", "agreement", "activity")
_CHUNK = 500
_State = CurrentRecord.State


def refresh(uids: Iterable[str]) -> None:
    """Bring the current records of these uids, and of all that show something of them, up to what the log says."""
    changed = sorted(set(uids))
    neighbours: set[str] = set()
    for chunk in batches(changed, _CHUNK):
        neighbours |= _neighbours(chunk)
    for chunk in batches(changed, _CHUNK):
        _take_state(chunk)
    for chunk in batches(changed, _CHUNK):
        neighbours |= _neighbours(chunk)
    for chunk in batches(sorted(neighbours | set(changed)), _CHUNK):
        _make_ready(chunk)
    Head.objects.update_or_create(pk=1, defaults={"stamp": secrets.token_hex(8), "changed_at": timezone.now()})


def rebuild() -> int:
    """Make every current record anew from the log; return how many there are.

    Addresses of records with redacted versions stay: the log no longer holds them, and whoever follows one must be
    told why there is nothing.
    """
    Citation.objects.all().delete()
    Address.objects.exclude(uid__in=LogRow.objects.filter(redaction__isnull=False).values("uid")).delete()
    CurrentRecord.objects.all().delete()
    refresh(LogRow.objects.values_list("uid", flat=True).distinct())
    _take_addresses()
    return CurrentRecord.objects.count()


def _take_addresses() -> None:
    """Every address that a record ever had, with the last row that gave it, be it redacted since."""
    versions = LogRow.objects.filter(action=LogRow.Action.PUBLISH, content__isnull=False).order_by("seq")
    since = {(path, uid): seq for path, uid, seq in Address.objects.values_list("path", "uid", "since")}
    for seq, uid, document in versions.values_list("seq", "uid", "content__document").iterator(_CHUNK):
        if path := json.loads(document)["path"]:
            since[path, uid] = max(seq, since.get((path, uid), 0))
    _note_addresses(Address(path=path, uid=uid, since=seq) for (path, uid), seq in since.items())


def _note_addresses(addresses: Iterable[Address]) -> None:
    Address.objects.bulk_create(
        addresses, batch_size=_CHUNK, update_conflicts=True, unique_fields=["path", "uid"], update_fields=["since"]
    )


def _neighbours(uids: Sequence[str]) -> set[str]:
    """Those that cite one of these, and the cities that these name."""
    citing = Citation.objects.filter(target__in=uids).values_list("source", flat=True)
    cities = Citation.objects.filter(source__in=uids, role="city").values_list("target", flat=True)
    return set(citing) | set(cities)


def _take_state(uids: Sequence[str]) -> None:
    """First pass: state, version, dates, title, address and citations of each record, from its rows."""
    first = dict(
        LogRow.objects.filter(uid__in=uids, action=LogRow.Action.PUBLISH)
        .values("uid")
        .annotate(at=Min("published_at"))
        .values_list("uid", "at")
    )
    now = timezone.now()
    Citation.objects.filter(source__in=uids).delete()
    records, edges, paths = [], [], []
    for uid, (state, row, document) in _states(uids).items():
        record = CurrentRecord(
            uid=uid,
            type=row.type,
            state=state,
            version=row.version,
            row=row,
            published_at=first.get(uid, row.published_at),
            modified_at=row.published_at,
            etag=f"{row.seq:x}",
            changed_at=now,
        )
        if document is not None:
            record.path = document["path"]
            record.title_zh_hant, record.title_en = document["title"][CHINESE], document["title"][ENGLISH] or ""
            _take_dates(record, document["dates"])
            edges += [
                Citation(source=uid, target=target, role=role) for target, role in sorted(cites.citations(document))
            ]
            if document["path"]:
                paths.append(Address(path=document["path"], uid=uid, since=row.seq))
        records.append(record)
    fields = [
        field.name
        for field in CurrentRecord._meta.concrete_fields
        if field.name not in ("uid", "ready", "ready_zh_hant", "ready_en")
    ]
    CurrentRecord.objects.bulk_create(records, update_conflicts=True, unique_fields=["uid"], update_fields=fields)
    Citation.objects.bulk_create(edges)
    _note_addresses(paths)


def _states(uids: Sequence[str]) -> dict[str, tuple[str, LogRow, dict[str, Any] | None]]:
    """For each uid its state, the row that says so, and its document if it is public."""
    latest = (
        LogRow.objects.filter(uid__in=uids)
        .values("uid")
        .annotate(
            published=Max("seq", filter=Q(action=LogRow.Action.PUBLISH)),
            withdrawn=Max("seq", filter=Q(action=LogRow.Action.WITHDRAW)),
        )
        .values_list("uid", "published", "withdrawn")
    )
    wanted = {uid: (published, withdrawn) for uid, published, withdrawn in latest}
    seqs = {seq for pair in wanted.values() for seq in pair if seq}
    rows = {
        row.seq: row
        for chunk in batches(sorted(seqs), _CHUNK)
        for row in LogRow.objects.filter(seq__in=chunk).select_related("content", "redaction__by")
    }
    found: dict[str, tuple[str, LogRow, dict[str, Any] | None]] = {}
    for uid, (published, withdrawn) in wanted.items():
        if not published:
            continue
        row = rows[published]
        if hasattr(row, "redaction"):
            found[uid] = (_State.REDACTED, row.redaction.by, None)
        elif withdrawn and withdrawn > published:
            found[uid] = (_State.WITHDRAWN, rows[withdrawn], None)
        else:
            found[uid] = (_State.PUBLIC, row, json.loads(row.content.document))
    return found


def _take_dates(record: CurrentRecord, dates: dict[str, Any]) -> None:
    """One rule for how dates sort: by the first day they can mean, by the last where the start is unknown, undated ones
    after all others.
    """
    record.starts = _day(dates["start"])
    record.ends = _day(dates["end"])
    record.ongoing = dates["ongoing"]
    record.precision = dates["precision"]
    record.sort_date = record.starts or record.ends


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def _make_ready(uids: Sequence[str]) -> None:
    """Second pass: what is served of each record, now that every title and address is known."""
    records = list(CurrentRecord.objects.filter(uid__in=uids).select_related("row__content"))
    documents = {
        record.uid: json.loads(record.row.content.document) for record in records if record.state == _State.PUBLIC
    }
    targets = {uid for document in documents.values() for uid, role in cites.citations(document) if role != "topic"}
    cited: dict[str, Cited] = {}
    for chunk in batches(sorted(targets), _CHUNK):
        cited |= public_among(chunk)
    files = _served_files({sha256 for document in documents.values() for sha256 in cites.files(document)})
    derived = _exchanges([record.uid for record in records if record.type == "city" and record.uid in documents])
    now = timezone.now()
    changed = []
    for record in records:
        document = documents.get(record.uid)
        texts: tuple[str, ...] = ("", "", "")
        if document is not None:
            surroundings = Surroundings(cited, files, derived.get(record.uid, {}))
            full = ready_record(
                document,
                version=record.version,
                published_at=record.published_at,
                modified_at=record.modified_at,
                surroundings=surroundings,
            )
            texts = tuple(
                orjson.dumps(form).decode() for form in (full, flatten(full, CHINESE), flatten(full, ENGLISH))
            )
        etag = sha256_hex(f"{record.state} {record.row_id} {texts[0]}".encode())[:32]
        if etag != record.etag:
            record.etag, record.changed_at = etag, now
            record.ready, record.ready_zh_hant, record.ready_en = texts
            changed.append(record)
    CurrentRecord.objects.bulk_update(
        changed, ["etag", "changed_at", "ready", "ready_zh_hant", "ready_en"], batch_size=100
    )


def _served_files(digests: set[str]) -> dict[str, ServedFile]:
    served = {}
    for file in PublicFile.objects.filter(sha256__in=sorted(digests)).prefetch_related("renditions"):
        renditions = sorted(file.renditions.all(), key=lambda rendition: (rendition.format, rendition.width))
        served[file.sha256] = ServedFile(
            address(file),
            [
                {"url": address(each), "width": each.width, "height": each.height, "type": f"image/{each.format}"}
                for each in renditions
            ],
        )
    return served


def _exchanges(cities: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each city: its last exchange by the records' own dates, and how many records of each kind name it."""
    naming = defaultdict(set)
    for target, source in Citation.objects.filter(target__in=cities, role="city").values_list("target", "source"):
        naming[target].add(source)
    derived = {}
    for city in cities:
        public = CurrentRecord.objects.filter(
            uid__in=Citation.objects.filter(target=city, role="city").values("source"),
            state=_State.PUBLIC,
            type__in=EXCHANGES,
        )
        counts = dict(public.values_list("type").annotate(Count("uid"))) if naming[city] else {}
        last = public.filter(sort_date__isnull=False).order_by("-sort_date", "uid").first() if counts else None
        derived[city] = {
            "counts": {kind: counts.get(kind, 0) for kind in EXCHANGES},
            "last_exchange": last
            and {
                "date": last.sort_date.isoformat(),
                "precision": last.precision,
                "uid": last.uid,
                "title": last.title,
            },
        }
    return derived
