"""Files that hold all records: the collections of each type, and the bulk dumps."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators_of_body
from portal.api.v1.openapi import array_of, object_of, on_one_page, optional, reference
from portal.api.v1.parameters import LANG_OF_ERRORS
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import LANGUAGES
from portal.opendata import collections, dumps, snapshots
from portal.opendata.models import Snapshot, SnapshotFile
from portal.publication.types import LISTED


class _SnapshotList(PublicView):
    """A list of snapshots. Nothing says when it changed: it does so too when one may no longer be served."""

    body: bytes

    def results(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The entries."""
        raise NotImplementedError

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The answer's own digest."""
        results = self.results(request)
        self.body = orjson.dumps({"count": len(results), "next": None, "previous": None, "results": results})
        return validators_of_body(request, self.body)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return json_response(self.body)


@extend_schema_view(
    get=openapi.operation(
        "collections_list",
        "All records of a type as files",
        "The files of each type's public records: JSON Lines with the records as this API serves them, and CSV with "
        "what of them is flat. They are made anew within a minute of a change, and at once when something is "
        "withdrawn or redacted; a type whose files are being made is not listed meanwhile. `latest` always leads to "
        "the latest file; `url` is there until the one after the next.",
        answer=openapi.reference("CollectionList"),
        takes=(LANG_OF_ERRORS,),
        headers=(openapi.ETAG,),
    )
)
class CollectionList(_SnapshotList):
    """The collections."""

    def results(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The latest of each type, in the order of the types."""
        latest: dict[str, Snapshot] = {}
        for snapshot in snapshots.all_standing([kind.code for kind in LISTED]):
            latest.setdefault(snapshot.kind, snapshot)
        return [
            {"type": kind.code, **_about(latest[kind.code], request, "collections", collections.NAMES)}
            for kind in LISTED
            if kind.code in latest
        ]


@extend_schema_view(
    get=openapi.operation(
        "dumps_list",
        "Bulk dumps",
        "All public records and the whole log, made once a day and after each withdrawal and redaction, the latest "
        "first. `head.json` says where the log stood, `SHA256SUMS` has the digests. A dump is deleted with the first "
        "withdrawal or redaction after it, and with the second dump after it.",
        answer=openapi.reference("DumpList"),
        takes=(LANG_OF_ERRORS,),
        headers=(openapi.ETAG,),
    )
)
class DumpList(_SnapshotList):
    """The dumps."""

    def results(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Those that are there, the latest first."""
        return [_about(each, request, "dumps", dumps.NAMES) for each in snapshots.all_standing([dumps.KIND])]


def _about(snapshot: Snapshot, request: HttpRequest, folder: str, order: Iterable[str]) -> dict[str, Any]:
    names = list(order)
    files = sorted(snapshot.files.all(), key=lambda each: names.index(each.name))
    return {
        "seq": snapshot.seq,
        "made_at": snapshot.made_at.isoformat().replace("+00:00", "Z"),
        "records": snapshot.records,
        "files": [_file(each, request, folder) for each in files],
    }


def _file(each: SnapshotFile, request: HttpRequest, folder: str) -> dict[str, Any]:
    known = collections.FORMATS.get(each.format)
    return {
        "format": each.format,
        "media_type": each.type,
        "language": known.language if known else None,
        "filename": each.name,
        "size": each.size,
        "sha256": each.sha256,
        "url": request.build_absolute_uri(snapshots.address(each)),
        "latest": request.build_absolute_uri(f"/data/{folder}/{each.name}"),
    }


def snapshot_components() -> dict[str, openapi.Schema]:
    """The components of the OpenAPI document for these lists, by name."""
    word: openapi.Schema = {"type": "string"}
    number: openapi.Schema = {"type": "integer", "minimum": 0}
    address = word | {"format": "uri"}
    file = object_of(
        {
            "format": word,
            "media_type": word,
            "language": optional({"enum": list(LANGUAGES)}),
            "filename": word,
            "size": number | {"description": "In bytes."},
            "sha256": word | {"pattern": "^[0-9a-f]{64}$"},
            "url": address | {"description": "Never means other bytes; gone once the file is."},
            "latest": address | {"description": "Always leads to the latest file."},
        },
        "A file of a collection or dump.",
    )
    about = {
        "seq": number | {"description": "The row of the log up to which it is right."},
        "made_at": word | {"format": "date-time"},
        "records": number | {"description": "How many records it holds."},
        "files": array_of(reference("SnapshotFile")),
    }
    collection = object_of({"type": {"enum": [kind.code for kind in LISTED]}} | about)
    return {
        "SnapshotFile": file,
        "CollectionList": on_one_page({"results": array_of(collection)}),
        "DumpList": on_one_page({"results": array_of(object_of(about))}),
    }
