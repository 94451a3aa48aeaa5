"""What a public address means: which kind of page or file, of which record, and where it went if it moved.

Decided by what the site itself decides by: the patterns of its addresses, and `selectors.place`.
"""

from dataclasses import dataclass
from typing import Any

import orjson
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext_lazy as _

from portal.api.v1.problems import NOT_FOUND, Problem, redacted
from portal.api.v1.records import check_public
from portal.core.languages import without_prefix
from portal.opendata import collected, collections, dumps, snapshots
from portal.publication import files, selectors
from portal.publication.models import CurrentRecord
from portal.publication.selectors import FORMS, Place, Standing, Version
from portal.publication.types import BY_PLURAL
from portal.rendering.events import days

#: First segments of addresses that are no page or file of the site's.
_ELSEWHERE = frozenset({"admin", "api", "healthz"})
#: The name of a pattern → the kind of what is there; of others, the final slash tells pages from files.
_KINDS = {
    "site-home": "home",
    "site-list": "list",
    "site-record": "record",
    "site-versions": "versions",
    "site-version": "version",
    "site-search": "search",
    "site-catalogue": "catalogue",
    "site-dataset": "record",
    "site-records": "list",
}
KINDS = (*dict.fromkeys(_KINDS.values()), "page", "file")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an address means. ``path`` is the Chinese path of what it leads to; ``status`` is 200 where that is its own,
    301 or 303 where a reader is sent on. ``record`` is the record that it belongs to, ``version`` the version that it
    shows, ``type`` the type of record.
    """

    kind: str
    path: str
    status: int = 200
    record: CurrentRecord | None = None
    version: Version | None = None
    type: str | None = None


def resolved(address: str, form: str) -> Resolved:
    """What an address of the site means, records being read in one of `FORMS`. Raises `Problem` where there is nothing,
    or nothing any more.
    """
    match, status = _match(address), 200
    if match is None and not address.endswith("/"):
        # As the site does, which sends readers on to the address with its final slash.
        address, status = f"{address}/", 301
        match = _match(address)
    if match is None:
        raise _nothing(address)
    found = _found(match, address, form)
    return found if found.status != 200 or status == 200 else _sent_on(found, status)


def _match(address: str) -> ResolverMatch | None:
    if address.split("/")[1] in _ELSEWHERE:
        return None
    try:
        return resolve(address)
    except Resolver404:
        return None


def _found(match: ResolverMatch, address: str, form: str) -> Resolved:
    given, path = match.kwargs, without_prefix(address)
    kind = _KINDS.get(match.url_name or "", "page" if address.endswith("/") else "file")
    if match.url_name in ("site-dataset", "site-dataset-file"):
        return _of_dataset(kind, path, selectors.record(f"dataset:{given['name']}", form), address)
    if match.url_name in ("site-records", "site-records-file"):
        return _of_collection(kind, path, given["name"], form, address)
    if "path" in given:
        return _of_record(match, kind, path, address, form)
    if not _is_there(match):
        raise _nothing(address)
    if kind in ("home", "list"):
        intro = selectors.introduction(path, form)
        return Resolved(kind, path, record=intro, type=BY_PLURAL[given["plural"]].code if kind == "list" else None)
    return Resolved(kind, path)


def _of_record(match: ResolverMatch, kind: str, path: str, address: str, form: str) -> Resolved:
    """What is at the address of a record, or below it."""
    own = f"/{match.kwargs['path']}"
    of_version = match.kwargs.get("number") if kind == "version" else match.kwargs.get("version")
    keeps_gone = kind == "versions" or of_version is not None
    place = selectors.place_of_versions(own, form) if keeps_gone else selectors.place(own, form)
    record = _standing(place, address)
    if of_version is not None:
        version = _version(record, int(of_version), address)
        _check_chart(match, version.document or {}, address)
        return Resolved(kind, path, record=record, version=version, type=record.type)
    if kind != "versions":
        _check_chart(match, orjson.loads(getattr(record, FORMS[form])), address)
        _check_followed(match, record, form, address)
    found = Resolved(kind, path, record=record, type=record.type)
    if place.standing is Standing.MOVED:
        return _sent_on(found, 301, f"{record.path}{path.removeprefix(own)}")
    return found


def _of_dataset(kind: str, path: str, record: CurrentRecord | None, address: str) -> Resolved:
    """What is at the address that identifies a dataset, which leads to its page, or below it."""
    if record is None:
        raise _nothing(address)
    check_public(record)
    found = Resolved(kind, path, record=record, type=record.type)
    return _sent_on(found, 303, record.path) if kind == "record" else found


def _of_collection(kind: str, path: str, plural: str, form: str, address: str) -> Resolved:
    """What is at the address that identifies a record collection, which leads to the list of its records, or below."""
    collection = collected.collection(plural)
    if collection is None:
        raise _nothing(address)
    if kind != "list":
        return Resolved(kind, path, type=BY_PLURAL[plural].code)
    intro = selectors.introduction(collection.path, form)
    return Resolved(kind, collection.path, 303, record=intro, type=BY_PLURAL[plural].code)


def _sent_on(found: Resolved, status: int, path: str | None = None) -> Resolved:
    return Resolved(found.kind, path or found.path, status, found.record, found.version, found.type)


def _standing(place: Place, address: str) -> CurrentRecord:
    """The record of a place. Raises `Problem` where there is none, or none any more."""
    if place.record is None:
        raise _nothing(address)
    if place.standing not in (Standing.HERE, Standing.MOVED):
        check_public(place.record)
    return place.record


def _version(record: CurrentRecord, number: int, address: str) -> Version:
    """A version that can be read. Raises `Problem` for any other."""
    version = selectors.version(record.uid, number)
    if version is not None and version.redacted_by is not None:
        raise redacted(selectors.redaction_notice(version.redacted_by))
    if version is None or not version.is_readable:
        raise _nothing(address)
    return version


def _check_chart(match: ResolverMatch, dataset: dict[str, Any], address: str) -> None:
    """Refuse the number of a chart that a dataset does not have."""
    if match.url_name not in ("site-chart", "site-chart-of-version"):
        return
    if int(match.kwargs["number"]) > len(dataset.get("charts") or ()):
        raise _nothing(address)


def _check_followed(match: ResolverMatch, record: CurrentRecord, form: str, address: str) -> None:
    """Refuse the feed and the calendar of what is no city, and the event of what no calendar has."""
    if match.url_name == "site-of-city" and record.type != "city":
        raise _nothing(address)
    if match.url_name == "site-event" and days(orjson.loads(getattr(record, FORMS[form]))) is None:
        raise _nothing(address)


def _is_there(match: ResolverMatch) -> bool:
    """Whether there is a file at an address that belongs to no record."""
    given = match.kwargs
    if match.url_name == "site-collection":
        return given["name"] in collections.NAMES
    if match.url_name == "site-dump":
        return given["name"] in dumps.NAMES
    if match.url_name == "site-file":
        return snapshots.file(given["sha256"], given["name"]) is not None
    if match.url_name == "public_file":
        return files.served(given["sha256"], given["name"]) is not None
    return True


def _nothing(address: str) -> Problem:
    return Problem(NOT_FOUND, _("There is no page at “%(path)s”."), {"path": address[:_SHOWN]})
