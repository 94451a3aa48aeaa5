"""What the national open data platform (政府資料開放平臺, data.gov.tw) takes of a dataset: its metadata as JSON, with
the members of the platform's present standard (資料集詮釋資料, APIv2). Texts are Chinese, and English below ``en``.

``datasetId`` is the platform's own number; ``identifier`` is ours.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, in_language
from portal.opendata import vocabularies
from portal.opendata.collected import Collection
from portal.opendata.collections import FORMATS, Format
from portal.opendata.distributions import File
from portal.opendata.entries import Entry
from portal.opendata.fields import Field, Label, fields
from portal.opendata.publisher import publisher
from portal.opendata.punctuality import MONTHS
from portal.opendata.record_fields import record_fields
from portal.publication.topics import TOPICS

#: 服務分類: 公共資訊, public information.
_SERVICE = "I00"
#: 資料集類別: 甲類, open without conditions.
_OPEN = "A"
#: 授權方式: 政府資料開放授權條款－第1版.
_LICENCE = "1"
_FILE_FORMATS = {**vocabularies.KINDS, "jsonl": "JSON"}
#: Members that the platform does not take a dataset without → what they are called.
REQUIRED: dict[str, str | Promise] = {
    "identifier": _("identifier"),
    "title": pgettext_lazy("of a dataset", "title"),
    "description": _("description"),
    "license": _("licence"),
    "publisherOID": _("object identifier (OID) of the department"),
    "publisherContactName": _("contact’s name"),
    "publisherContactPhone": _("contact’s telephone number"),
    "publisherContactEmail": _("contact’s e-mail address"),
    "updateFrequency": _("update frequency"),
    "publishedDate": _("date of publication"),
    "modifiedDate": _("date of change"),
    "distribution": _("files"),
}


def catalogue(listed: Iterable[Entry | Collection]) -> bytes:
    """The metadata of these datasets."""
    return _written([metadata(each) for each in listed])


def one(listed: Entry | Collection) -> bytes:
    """The metadata of one dataset."""
    return _written(metadata(listed))


def metadata(listed: Entry | Collection) -> dict[str, Any]:
    """The members of the metadata of a dataset of statistics or of a record collection."""
    return _of_records(listed) if isinstance(listed, Collection) else _of_statistics(listed)


def _of_statistics(entry: Entry) -> dict[str, Any]:
    record = entry.record
    versions = f"{settings.BASE_URL}{record['url'][CHINESE]}versions/"
    return _members(
        entry,
        title=record["title"],
        description=record["summary"] or {CHINESE: "", ENGLISH: None},
        days=(record["dates"]["start"], record["dates"]["end"]),
        coverage=record["coverage"],
        issued=record["published_at"],
        modified=record["modified_at"],
        path=record["url"][CHINESE],
        notes=f"第{record['version']}版，各版本見{versions}",
        distribution=[_file(entry, file) for file in entry.files if file.format.code != "csvw"],
    )


def _of_records(collection: Collection) -> dict[str, Any]:
    return _members(
        collection,
        title=collection.title,
        description=collection.description,
        days=(None, None),
        coverage=None,
        issued=collection.issued,
        modified=collection.modified,
        path=collection.path,
        notes=f"檔案網址固定，內容隨紀錄更新；各檔案的大小與SHA-256見{settings.BASE_URL}/api/v1/collections/",
        distribution=[_latest(collection, made) for made in FORMATS.values()],
    )


def _members(
    listed: Entry | Collection,
    *,
    title: Label,
    description: Label,
    days: tuple[str | None, str | None],
    coverage: Label | None,
    issued: str,
    modified: str,
    path: str,
    notes: str,
    distribution: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """``days`` are the first and the last that it is about, ``path`` is the Chinese path of its page."""
    who = publisher()
    landing = {language: settings.BASE_URL + in_language(path, language) for language in LANGUAGES}
    topics = [TOPICS[topic] for topic in listed.topics if topic in TOPICS]
    return {
        "categoryService": _SERVICE,
        "categoryDataset": _OPEN,
        "datasetId": "",
        "identifier": listed.uid,
        "title": title[CHINESE],
        "description": description[CHINESE],
        "type": "rawData",
        "license": _LICENCE,
        "licenseURL": vocabularies.LICENCE,
        "cost": "free",
        "publisherOID": f"{who.oid}|{who.department[CHINESE]}" if who.oid else "",
        "publisher": who.department[CHINESE],
        "publisherContactName": who.department[CHINESE],
        "publisherContactPhone": who.phone,
        "publisherContactEmail": who.email,
        "updateFrequency": _frequency(listed.frequency),
        "coverageStartedDate": days[0] or "",
        "coverageEndedDate": days[1] or "",
        "publishedDate": _moment(issued)[:10],
        "modifiedDate": _moment(modified),
        "spatialCoverage": (coverage or {}).get(CHINESE) or "",
        "language": "zh",
        "relatedUrl": landing[CHINESE],
        "keyword": [topic[CHINESE] for topic in topics],
        "notes": f"授權說明網址：{vocabularies.LICENCE}；{notes}",
        "en": {
            "title": title[ENGLISH] or "",
            "description": description[ENGLISH] or "",
            "publisher": who.department[ENGLISH],
            "spatialCoverage": (coverage or {}).get(ENGLISH) or "",
            "relatedUrl": landing[ENGLISH],
            "keyword": [topic[ENGLISH] for topic in topics],
        },
        "distribution": distribution,
    }


def _file(entry: Entry, file: File) -> dict[str, Any]:
    """A file of a version."""
    label = vocabularies.FORMAT_LABELS[file.format.code]
    return _resource(
        f"{entry.name}-v{file.version}-{file.format.code}",
        description=f"{entry.record['title'][CHINESE]}，{label[CHINESE]}",
        columns=fields(file.format, entry.record),
        extension=file.format.extension,
        modified=file.published_at,
        address=file.address,
        rows=entry.rows,
        notes=f"第{file.version}版，{file.size}位元組，SHA-256 {file.sha256}",
    )


def _latest(collection: Collection, made: Format) -> dict[str, Any]:
    """The latest file of a collection, whichever that is when somebody asks."""
    label = vocabularies.RECORD_FORMAT_LABELS[made.code]
    return _resource(
        f"{collection.name}-{made.code}",
        description=f"{collection.title[CHINESE]}，{label[CHINESE]}",
        columns=record_fields(collection.record_type, made),
        extension=made.extension,
        modified=collection.modified,
        address=made.latest(collection.record_type),
        rows=collection.records,
        notes="網址固定，內容隨紀錄更新",
    )


def _resource(
    identifier: str,
    *,
    description: str,
    columns: Sequence[Field],
    extension: str,
    modified: str,
    address: str,
    rows: int,
    notes: str,
) -> dict[str, Any]:
    return {
        "resourceID": identifier,
        "resourceDescription": description,
        "resourceField": [{"name": each.name, "description": each.description[CHINESE]} for each in columns],
        "resourceFormat": _FILE_FORMATS[extension],
        "resourceCharacterEncoding": "UTF-8",
        "resourceModified": _moment(modified),
        "resourceDownloadUrl": settings.BASE_URL + address,
        "resourceAmount": str(rows),
        "resourceNotes": notes,
        "resourceRequestMethod": "GET",
    }


def _frequency(code: str) -> dict[str, str]:
    """As the platform writes it: so many months, or not regularly."""
    months = MONTHS.get(code)
    regular = {"regularupdate": "1", "Frequency": str(months), "unittime": "月"}
    if months == 12:
        regular |= {"Frequency": "1", "unittime": "年"}
    return regular if months else {"regularupdate": "0", "Frequency": "", "unittime": ""}


def _moment(written: str) -> str:
    """A moment of the log by Taiwan's clock."""
    moment = datetime.datetime.fromisoformat(written).astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _written(result: Any) -> bytes:
    return orjson.dumps({"success": True, "result": result}, option=orjson.OPT_INDENT_2) + b"\n"
