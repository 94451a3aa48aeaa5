"""What the national open data platform (政府資料開放平臺, data.gov.tw) takes of a dataset: its metadata as JSON, with
the members of the platform's present standard (資料集詮釋資料, APIv2). Texts are Chinese, and English below ``en``.

``datasetId`` is the platform's own number; ``identifier`` is ours.
"""

import datetime
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.languages import CHINESE, ENGLISH
from portal.opendata import vocabularies
from portal.opendata.distributions import File
from portal.opendata.entries import Entry
from portal.opendata.fields import fields
from portal.opendata.publisher import publisher
from portal.opendata.punctuality import MONTHS
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


def catalogue(entries: Sequence[Entry]) -> bytes:
    """The metadata of all public datasets."""
    return _written([metadata(entry) for entry in entries])


def one(entry: Entry) -> bytes:
    """The metadata of one dataset."""
    return _written(metadata(entry))


def metadata(entry: Entry) -> dict[str, Any]:
    """The members of a dataset's metadata."""
    record, who = entry.record, publisher()
    landing = {language: settings.BASE_URL + address for language, address in record["url"].items()}
    summary = record["summary"] or {CHINESE: "", ENGLISH: None}
    return {
        "categoryService": _SERVICE,
        "categoryDataset": _OPEN,
        "datasetId": "",
        "identifier": entry.uid,
        "title": record["title"][CHINESE],
        "description": summary[CHINESE],
        "type": "rawData",
        "license": _LICENCE,
        "licenseURL": vocabularies.LICENCE,
        "cost": "free",
        "publisherOID": f"{who.oid}|{who.department[CHINESE]}" if who.oid else "",
        "publisher": who.department[CHINESE],
        "publisherContactName": who.department[CHINESE],
        "publisherContactPhone": who.phone,
        "publisherContactEmail": who.email,
        "updateFrequency": _frequency(record["frequency"]),
        "coverageStartedDate": record["dates"]["start"] or "",
        "coverageEndedDate": record["dates"]["end"] or "",
        "publishedDate": _moment(record["published_at"])[:10],
        "modifiedDate": _moment(record["modified_at"]),
        "spatialCoverage": (record["coverage"] or {}).get(CHINESE) or "",
        "language": "zh",
        "relatedUrl": landing[CHINESE],
        "keyword": [TOPICS[topic][CHINESE] for topic in record["topics"] if topic in TOPICS],
        "notes": f"授權說明網址：{vocabularies.LICENCE}；第{record['version']}版，各版本見{landing[CHINESE]}versions/",
        "en": {
            "title": record["title"][ENGLISH] or "",
            "description": summary[ENGLISH] or "",
            "publisher": who.department[ENGLISH],
            "spatialCoverage": (record["coverage"] or {}).get(ENGLISH) or "",
            "relatedUrl": landing[ENGLISH],
            "keyword": [TOPICS[topic][ENGLISH] for topic in record["topics"] if topic in TOPICS],
        },
        "distribution": [_resource(entry, file) for file in entry.files if file.format.code != "csvw"],
    }


def _resource(entry: Entry, file: File) -> dict[str, Any]:
    label = vocabularies.FORMAT_LABELS[file.format.code]
    return {
        "resourceID": f"{entry.name}-v{file.version}-{file.format.code}",
        "resourceDescription": f"{entry.record['title'][CHINESE]}，{label[CHINESE]}",
        "resourceField": [
            {"name": each.name, "description": each.description[CHINESE]} for each in fields(file.format, entry.record)
        ],
        "resourceFormat": _FILE_FORMATS[file.format.extension],
        "resourceCharacterEncoding": "UTF-8",
        "resourceModified": _moment(file.published_at),
        "resourceDownloadUrl": settings.BASE_URL + file.address,
        "resourceAmount": str(entry.rows),
        "resourceNotes": f"第{file.version}版，{file.size}位元組，SHA-256 {file.sha256}",
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
