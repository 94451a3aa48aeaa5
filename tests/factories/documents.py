"""Valid documents of every type, and ways to put them into the log without the editing side."""

import hashlib
from typing import Any

from django.db import transaction

from portal.core.languages import CHINESE, ENGLISH
from portal.publication import current, log, redaction
from portal.publication.models import LogRow
from portal.publication.schemas import current as current_schema
from portal.publication.schemas import validate
from portal.publication.types import TYPES

Document = dict[str, Any]

UNDATED = {"start": None, "end": None, "ongoing": False, "precision": "undated"}
_DIGEST = hashlib.sha256(b"no table").hexdigest()


def both(chinese: str, english: str | None = "English") -> dict[str, str | None]:
    """A language map."""
    return {CHINESE: chinese, ENGLISH: english}


def day(written: str) -> Document:
    """The dates of a record of one day."""
    return {"start": written, "end": written, "ongoing": False, "precision": "day"}


def quantity(value: str = "10800", **members: Any) -> Document:
    """A quantity."""
    plain = {"label": both("數量", "Quantity"), "unit": "piece", "status": "normal", "note": None}
    return plain | {"value": value} | members


def person(**members: Any) -> Document:
    """A person."""
    named = {"role": "leader", "name": both("王小明", "Wang Hsiao-ming"), "name_status": "romanised"}
    return named | {"title": None, "affiliation": None} | members


def picture(sha256: str, **members: Any) -> Document:
    """A picture of 8 by 6 pixels."""
    plain = {
        "sha256": sha256,
        "width": 8,
        "height": 6,
        "type": "image/png",
        "alt": both("一張圖", "A picture"),
    }
    return plain | {"caption": None, "credit": None, "illustration": True, "number": None} | members


def text_block(chinese: str, english: str | None = None, name: str = "words") -> Document:
    """A text block."""
    return {"id": name, "type": "text", "value": both(chinese, english)}


def proof(*proves: str, quote: str = "111年3月17日") -> Document:
    """A source entry."""
    entry = {"proves": list(proves), "document": "report-2022H1", "section": "壹、一", "quote": quote}
    return entry | {"occurrence": None, "doubt": None}


_OWN: dict[str, Document] = {
    "city": {"country": "KR", "region": None, "kind": "sister", "since": None, "website": None}
    | {"location": {"latitude": "35.1796", "longitude": "129.0756"}},
    "exhibit": {"place": None, "series": None, "objects": [{"name": both("鑰匙", "Key"), "note": None}]},
    "visit": {"country": None, "direction": "inbound", "mode": "in-person", "delegation": None, "office": None}
    | {"people": [person()], "subjects": [both("教育", "Education")], "place": both("市府", "City Hall")},
    "agreement": {"kind": "sister-city", "place": None, "people": [], "fields_of_cooperation": []}
    | {"ordinal": 36, "file": None},
    "activity": {"kind": "aid", "place": None, "partners": [], "people": [], "quantities": [quantity()]},
    "announcement": {"kind": "notice", "effective": None, "contact": None, "place": None, "quantities": []},
    "alert": {"kind": "warning", "risk": "low", "products": [both("水", "Water")], "hazard": None}
    | {"remedy": None, "issued": "2022-04-01", "updated": None, "withdrawn": None, "quantities": []},
    "works": {"place": None, "items": [{"name": both("屋頂", "Roof"), "quantity": quantity("3")}]}
    | {"due": None, "status": "planned", "completed": None, "contractor": None, "phase": None},
    "dataset": {
        "dimensions": [],
        "measures": [{"code": "number", "label": both("數", "Number"), "unit": "case"}],
    }
    | {"frequency": "once", "coverage": None, "licence": "OGDL-Taiwan-1.0", "notes": [], "checks": [], "charts": []}
    | {"table": {"digest": _DIGEST, "rows": 0}},
    "page": {"section": None},
    "menu": {"slot": "main", "items": [{"label": both("首頁", "Home"), "uid": None, "address": "/"}]},
    "banner": {
        "level": "info",
        "text": both("公告", "Notice"),
        "link": None,
        "starts_at": None,
        "ends_at": None,
    },
}


def document(
    record_type: str,
    slug: str = "one",
    *,
    cities: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
    **members: Any,
) -> Document:
    """A document that fits its schema and cites these records; ``members`` replace the usual ones."""
    kind = TYPES[record_type]
    relations: Document = {"cities": list(cities), "related": list(related)}
    if record_type == "alert":
        relations["supersedes"] = None
    made = {
        "schema": current_schema(record_type),
        "uid": f"{record_type}:{slug}",
        "type": record_type,
        "path": None if kind.frame else f"/{kind.plural}/{slug}/",
        "title": both(f"標題 {slug}", f"Title {slug}"),
        "summary": None,
        "body": [],
        "dates": dict(UNDATED),
        "relations": relations,
        "topics": [],
        "media": [],
        "source": [],
        "translation": {"en": {"title": "current"}},
        "change_note": None,
    } | _OWN[record_type]
    made |= members
    validate(made, made["schema"])
    return made


def _append(*entries: log.Entry) -> list[LogRow]:
    with transaction.atomic():
        log.lock()
        rows = log.append(entries)
        current.refresh({entry.uid for entry in entries})
    return rows


def publish(*documents: Document, files: frozenset[str] = frozenset()) -> list[LogRow]:
    """Append a version of each document and bring the current records up to date."""
    publishing = LogRow.Action.PUBLISH
    return _append(*(log.Entry(each["uid"], each["type"], publishing, each, files) for each in documents))


def withdraw(uid: str, note: dict[str, str | None] | None = None) -> LogRow:
    """Withdraw a record."""
    return _append(log.Entry(uid, uid.split(":")[0], LogRow.Action.WITHDRAW, {"note": note}))[0]


def redact(uid: str, *versions: int) -> LogRow:
    """Redact these versions of a record, or every one."""
    with transaction.atomic():
        log.lock()
        rows = LogRow.objects.filter(uid=uid, redaction__isnull=True).exclude(action=LogRow.Action.REDACT)
        if versions:
            rows = rows.filter(version__in=versions)
        return redaction.redact(
            uid,
            list(rows.values_list("seq", flat=True)),
            ground=both("個人資料保護法第十一條", "Personal Data Protection Act, Article 11"),
            authority=both("高雄市政府", "Kaohsiung City Government"),
            date="2022-07-01",
        )
