"""The observations of a dataset: every figure with its unit, its status and its proofs."""

import json
from collections.abc import Iterator
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators
from portal.api.v1.filters import FILTERS, LABELS, filters_of, selection
from portal.api.v1.pages import page_response
from portal.api.v1.parameters import AS_OF, CURSOR, LANG, LIMIT, VERSION, Parameter, bad_cursor, one_of, read_some
from portal.api.v1.problems import (
    INVALID_PARAMETER,
    NOT_FOUND,
    REDACTED,
    UNKNOWN_PARAMETER,
    WITHDRAWN,
)
from portal.api.v1.versioned import Meant, meant
from portal.api.v1.views import PublicView
from portal.core.languages import flatten
from portal.core.opaque import unwrap, wrap
from portal.opendata.figures import proofs
from portal.statistics import selectors as statistics
from portal.statistics.export import csv_portions, json_lines
from portal.statistics.labels import label_rows
from portal.statistics.selecting import SORTS

_LONGEST_CURSOR = 200
_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "jsonl": "application/jsonl"}

SORT = Parameter(
    "sort",
    one_of(SORTS),
    {"type": "string", "enum": list(SORTS)},
    "Another order than the table's own (measure, dimensions, period): by period or by value, `-` the greater first; "
    "missing values come last.",
)
FORMAT = Parameter(
    "format",
    one_of(("json", *_TYPES)),
    {"type": "string", "enum": ["json", *_TYPES], "default": "json"},
    "`csv` and `jsonl` stream all observations that the filters leave, without pages and without proofs.",
    default="json",
)
_OF_ALL = (*FILTERS, VERSION, AS_OF, SORT, LABELS, FORMAT, LANG, LIMIT, CURSOR)


@extend_schema_view(
    get=openapi.operation(
        "datasets_observations_list",
        "The observations of a dataset",
        "The figures of a dataset's table, by measure, dimensions and period. Values are decimal strings, "
        "so that their scale is kept, and "
        "null where the status is `missing` or `suppressed`. `source` holds the entries that prove the observation. "
        "Besides the parameters below there is "
        "one for each of the dataset's dimensions, called by its code, that takes one of its codes.",
        answer=openapi.page_of("Observation"),
        takes=_OF_ALL,
        at=(openapi.DATASET_UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
        besides={
            media_type.partition(";")[0]: "Every observation that the filters leave." for media_type in _TYPES.values()
        },
    )
)
class ObservationList(PublicView):
    """A page of a dataset's table, or all of it as a stream."""

    meant: Meant

    def taken(self, request: HttpRequest, **kwargs: Any) -> tuple[Parameter, ...]:
        """The usual parameters, and one for each dimension of the version that is meant."""
        chosen = read_some(request.GET, (VERSION, AS_OF))
        self.meant = meant(request, kwargs["uid"], version=chosen["version"], as_of=chosen["as_of"])
        return (*filters_of(self.meant.document), VERSION, AS_OF, SORT, LABELS, FORMAT, LANG, LIMIT, CURSOR)

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """Those of the version: its document names the table, and the table never changes."""
        return self.meant.validators

    def get(self, request: HttpRequest, uid: str) -> HttpResponseBase:
        """The observations that the filters leave."""
        chosen = selection(self.meant.document, self.given)
        if self.given["format"] != "json":
            columns, places = statistics.selected(self.meant.digest, sort=self.given["sort"], **chosen)
            portions = csv_portions if self.given["format"] == "csv" else json_lines
            streamed = portions(columns, self.meant.document, places, self.given["labels"])
            return StreamingHttpResponse(streamed, content_type=_TYPES[self.given["format"]])
        return self._page(request, chosen)

    def _page(self, request: HttpRequest, chosen: Any) -> HttpResponse:
        given, digest, limit = self.given, self.meant.digest, self.given["limit"]
        made_for = f"{digest[:16]}{given['sort'] or ''}"
        after = None if given["cursor"] is None else _decode(given["cursor"], made_for)
        page = statistics.page(digest, limit=limit, after=after, sort=given["sort"], **chosen)
        before = -1 if page.previous_after is None else page.previous_after
        document = self.meant.document
        return page_response(
            request,
            page.count,
            self._texts(label_rows(page.rows, document["dimensions"], document["measures"], given["labels"])),
            None if page.next_after is None else encode(page.next_after, made_for),
            None if after is None else encode(before, made_for),
        )

    def _texts(self, rows: list[dict[str, Any]]) -> Iterator[str]:
        """Each observation as JSON, with its proofs."""
        proven_by = proofs(self.meant.document)
        language = self.given["lang"]
        for row in rows:
            labels = {"labels": row.pop("labels")} if "labels" in row else {}
            proven = row | {"source": proven_by(row["key"])} | labels
            yield orjson.dumps(flatten(proven, language) if language else proven).decode()


def encode(after: int, made_for: str) -> str:
    """The place after a row of a table in an order, for an address; -1 is the beginning."""
    packed = json.dumps([made_for, after], separators=(",", ":"))
    return wrap(packed.encode())


def _decode(text: str, made_for: str) -> int:
    """The place that a cursor names. Raises `Problem` unless it was made for this very table and order."""
    try:
        if len(text) > _LONGEST_CURSOR:
            raise bad_cursor()
        whose, after = json.loads(unwrap(text))
    except (TypeError, ValueError, RecursionError):
        raise bad_cursor() from None
    if whose != made_for or not isinstance(after, int) or not -1 <= after < 2**31 or encode(after, made_for) != text:
        raise bad_cursor()
    return after
