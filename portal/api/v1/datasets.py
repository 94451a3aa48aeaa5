"""The observations of a dataset: every figure with its unit, its status and its proofs."""

import base64
import binascii
import json
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators
from portal.api.v1.pages import page_response
from portal.api.v1.parameters import CURSOR, LANG, LIMIT, Parameter, bad_cursor, one_of
from portal.api.v1.problems import (
    INVALID_PARAMETER,
    NOT_FOUND,
    REDACTED,
    UNKNOWN_PARAMETER,
    WITHDRAWN,
    invalid,
)
from portal.api.v1.records import check_dataset, public_record
from portal.api.v1.views import PublicView
from portal.core.languages import LANGUAGES, flatten
from portal.core.periods import PeriodError, parse_period
from portal.publication.selectors import Served
from portal.statistics import selectors as statistics
from portal.statistics.labels import label_rows
from portal.statistics.selecting import Selection

_LONGEST_CURSOR = 200


def _period(name: str, text: str) -> str:
    try:
        return parse_period(text).code
    except PeriodError as error:
        allowed = _("a period such as 2022, 2022-Q2, 2022-H1, 2022-05, 2022-05-31 or 2022-02-01--2022-06-30")
        raise invalid(name, error.message, error.params, allowed=allowed) from None


LABELS = Parameter(
    "labels",
    one_of(LANGUAGES),
    {"type": "string", "enum": list(LANGUAGES)},
    "Add `labels`: the names of period, measure, unit, status and of each dimension's code in this language.",
)
PERIOD = Parameter(
    "period",
    _period,
    {"type": "string", "minLength": 1},
    "Only the observations of this very period, by its code.",
    examples=("2022-05", "2022-02-01--2022-06-30"),
)
_TAKEN = (PERIOD, LABELS, LANG, LIMIT, CURSOR)
_MEASURE = "measure", {"type": "string"}, "Only the observations of this measure, by its code."


@extend_schema_view(
    get=openapi.operation(
        "datasets_observations_list",
        "The observations of a dataset",
        "The figures of a dataset's table, by measure, dimensions and period. Values are decimal strings, "
        "so that their scale is kept, and "
        "null where the status is `missing`. `source` holds the entries that prove the observation. "
        "Besides the parameters below there is "
        "one for each of the dataset's dimensions, called by its code, that takes one of its codes.",
        answer=openapi.page_of("Observation"),
        takes=(*_TAKEN, Parameter(_MEASURE[0], one_of(()), *_MEASURE[1:])),
        at=(openapi.DATASET_UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class ObservationList(PublicView):
    """A page of a dataset's table."""

    record: Served
    dataset: dict[str, Any]

    def taken(self, **kwargs: Any) -> tuple[Parameter, ...]:
        """The usual parameters, ``measure``, and one for each dimension of this dataset."""
        check_dataset(kwargs["uid"])
        self.record = public_record(kwargs["uid"], "all")
        self.dataset = orjson.loads(self.record.text)
        measure = Parameter(_MEASURE[0], one_of(each["code"] for each in self.dataset["measures"]), *_MEASURE[1:])
        dimensions = (
            Parameter(each["code"], one_of(code["code"] for code in each["codes"]), {"type": "string"}, "")
            for each in self.dataset["dimensions"]
        )
        return (*_TAKEN, measure, *dimensions)

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The record's own: the document names the table, and the table never changes."""
        return validators(request, self.record.etag, self.record.changed_at)

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """The observations that the filters leave, in the table's order."""
        given, digest = self.given, self.dataset["table"]["digest"]
        selection = Selection(
            filters={
                each["code"]: given[each["code"]]
                for each in self.dataset["dimensions"]
                if given[each["code"]] is not None
            },
            measure=given["measure"],
            period=given["period"],
        )
        after = None if given["cursor"] is None else _decode(given["cursor"], digest)
        limit = given["limit"]
        rows, next_after = statistics.observations(digest, limit=limit, after=after, **selection)
        previous = None
        if after is not None:
            before = statistics.previous_after(digest, limit=limit, after=after, **selection)
            previous = _encode(-1 if before is None else before, digest)
        return page_response(
            request,
            statistics.count(digest, **selection),
            self._texts(label_rows(rows, self.dataset["dimensions"], self.dataset["measures"], given["labels"])),
            None if next_after is None else _encode(next_after, digest),
            previous,
        )

    def _texts(self, rows: list[dict[str, Any]]) -> list[str]:
        """Each observation as JSON, with its proofs."""
        of_all = [entry for entry in self.dataset["source"] if "observations" in entry["proves"]]
        of_one: dict[str, list[dict[str, Any]]] = {}
        for entry in self.dataset["source"]:
            for path in entry["proves"]:
                if path.startswith("observations/"):
                    of_one.setdefault(path.removeprefix("observations/"), []).append(entry)
        language = self.given["lang"]
        texts = []
        for row in rows:
            labels = {"labels": row.pop("labels")} if "labels" in row else {}
            proven = row | {"source": [*of_one.get(row["key"], []), *of_all]} | labels
            texts.append(orjson.dumps(flatten(proven, language) if language else proven).decode())
        return texts


def _encode(after: int, digest: str) -> str:
    """The place after an ordinal of a table, for an address; -1 is the beginning."""
    packed = json.dumps([digest[:16], after], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).rstrip(b"=").decode()


def _decode(text: str, digest: str) -> int:
    """The ordinal that a cursor names. Raises `Problem` unless it was made for this very table."""
    try:
        if len(text) > _LONGEST_CURSOR:
            raise bad_cursor()
        made_for, after = json.loads(
            base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        )
    except (TypeError, ValueError, RecursionError, binascii.Error):
        raise bad_cursor() from None
    if (
        made_for != digest[:16]
        or not isinstance(after, int)
        or not -1 <= after < 2**31
        or _encode(after, digest) != text
    ):
        raise bad_cursor()
    return after
