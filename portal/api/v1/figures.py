"""Figures: single observations of a dataset, and the values that its checks make of them, each at an address of its own
that holds for every version of the dataset.
"""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.checks import finding_members
from portal.api.v1.conditional import Validators, validators_of_head
from portal.api.v1.filters import LABELS
from portal.api.v1.parameters import LANG, VERSION, Parameter
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, REDACTED, UNKNOWN_PARAMETER, WITHDRAWN, Problem
from portal.api.v1.records import check_dataset, public_record
from portal.api.v1.versions import published_version, state_of
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import flatten
from portal.opendata.checks import evaluations_about
from portal.opendata.figures import proofs
from portal.publication.ready import addresses, figure_addresses
from portal.rendering.checks import anchor
from portal.rendering.tables import LIMIT
from portal.statistics import selectors as statistics
from portal.statistics.evaluation import Evaluation, Finding, Term
from portal.statistics.labels import label_rows
from portal.statistics.models import Table
from portal.statistics.rows import Row

_PROBLEMS = (UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED)


@dataclass(frozen=True)
class _Dated:
    """A version of a dataset: its document and row in the log, what it is now, and the path of the page that shows it.
    ``asked`` is the version that the request names.
    """

    document: dict[str, Any]
    row: dict[str, Any]
    state: str
    path: str
    asked: int | None

    @property
    def number(self) -> int:
        return self.row["version"]

    @property
    def until(self) -> int | None:
        """The row up to which other datasets are taken; None for those of now."""
        return None if self.state == "current" else self.row["seq"]

    @property
    def query(self) -> str:
        """What leads from an address of this answer to others as of the same version."""
        return f"?version={self.asked}" if self.asked else ""


class _OfDataset(PublicView):
    """An address below a figure."""

    parameters: ClassVar[tuple[Parameter, ...]] = (VERSION, LANG)

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's: another dataset may decide whether a check holds, and a redaction changes old versions."""
        check_dataset(kwargs["uid"])
        return validators_of_head(request)

    def found(self, uid: str, key: str) -> tuple[_Dated, Row]:
        """The version of the dataset that was asked for, and its observation of a key. Raises `Problem`."""
        dated = self._dated(uid)
        try:
            row = statistics.observation(dated.document["table"]["digest"], key)
        except Table.DoesNotExist:
            row = None
        if row is None:
            raise Problem(
                NOT_FOUND,
                _("Version %(version)s of “%(uid)s” has no observation “%(key)s”."),
                {"version": dated.number, "uid": uid[:140], "key": key[:200]},
            )
        return dated, row

    def _dated(self, uid: str) -> _Dated:
        asked = self.given["version"]
        number = public_record(uid, "all").version if asked is None else asked
        record, version = published_version(uid, number)
        document, state = version.document or {}, state_of(record, number)
        path = record.path or document["path"]
        return _Dated(
            document, version.members, state, path if state == "current" else f"{path}versions/{number}/", asked
        )

    def answer(self, body: dict[str, Any]) -> HttpResponse:
        """The body in the language that was asked for."""
        language = self.given["lang"]
        return json_response(orjson.dumps(flatten(body, language) if language else body))


@extend_schema_view(
    get=openapi.operation(
        "figures_retrieve",
        "A figure",
        "One observation of a dataset, at an address that stays: as of the present version of the dataset, or with "
        "`version` as of that one. `observation` has its value, unit, status, note and proofs; `checks` are the "
        "dataset's checks that count with it, as its result or as one of the terms, with their numbers and outcomes, "
        "and the address of what each makes of it. `url` leads to the figure on the dataset's page.",
        answer=openapi.reference("Figure"),
        takes=(VERSION, LABELS, LANG),
        at=(openapi.DATASET_UID, openapi.FIGURE_KEY),
        problems=_PROBLEMS,
    )
)
class FigureDetail(_OfDataset):
    """An observation."""

    parameters = (VERSION, LABELS, LANG)

    def get(self, request: HttpRequest, uid: str, key: str) -> HttpResponse:
        """The observation with its proofs and checks."""
        dated, row = self.found(uid, key)
        document = dated.document
        [observation] = label_rows([row], document["dimensions"], document["measures"], self.given["labels"])
        labels = {"labels": observation.pop("labels")} if "labels" in observation else {}
        return self.answer(
            _opening(dated, key)
            | {
                "observation": observation | {"source": proofs(document)(key)} | labels,
                "checks": [
                    _check(dated, key, number, evaluation, finding)
                    for number, evaluation in evaluations_about(document, row, until=dated.until)
                    for finding in evaluation.findings
                ],
                "url": _url(dated, key),
                "observations": f"/api/v1/datasets/{uid}/observations/{dated.query}",
                "record": f"/api/v1/records/{uid}/versions/{dated.number}/",
            }
        )


@extend_schema_view(
    get=openapi.operation(
        "figures_checks_retrieve",
        "A derived value",
        "What a check of the dataset computes for one of its observations: the value, its formula and terms, and "
        "whether the observation agrees. `value` is null where nothing can be computed, as by a check of direction. "
        "The numbers of checks are those of the dataset's version.",
        answer=openapi.reference("DerivedFigure"),
        takes=(VERSION, LANG),
        at=(openapi.DATASET_UID, openapi.FIGURE_KEY, openapi.CHECK_NUMBER),
        problems=_PROBLEMS,
    )
)
class DerivedDetail(_OfDataset):
    """What a check makes of an observation."""

    def get(self, request: HttpRequest, uid: str, key: str, number: int) -> HttpResponse:
        """The finding of the check whose result is the observation."""
        dated, row = self.found(uid, key)
        found = dict(evaluations_about(dated.document, row, until=dated.until)).get(number)
        finding = next((each for each in found.findings if each.result.key == key), None) if found else None
        if found is None or finding is None:
            raise Problem(
                NOT_FOUND,
                _("No check %(number)s of version %(version)s of “%(uid)s” has the result “%(key)s”."),
                {"number": number, "version": dated.number, "uid": uid[:140], "key": key[:200]},
            )
        declared = found.declared
        source = declared["dataset"] or uid
        query = dated.query if source == uid else ""
        units = {measure["code"]: measure["unit"] for measure in dated.document["measures"]}
        members = finding_members(found, finding)
        return self.answer(
            _opening(dated, key)
            | {
                "check": number,
                "kind": declared["kind"],
                "value": members["computed"],
                "unit": units[row.measure],
                "period": row.period,
                "formula": members["formula"],
                "outcome": members["outcome"],
                "result": _linked(finding.result, uid, dated.query),
                "terms": [_linked(term, source, query) for term in finding.terms],
                "explanation": declared["explanation"],
                "url": addresses(f"{dated.path}#{anchor(number)}"),
            }
        )


def _opening(dated: _Dated, key: str) -> dict[str, Any]:
    return {
        "dataset": dated.document["uid"],
        "title": dated.document["title"],
        "key": key,
        "version": dated.number,
        "published_at": dated.row["published_at"],
        "state": dated.state,
    }


def _check(dated: _Dated, key: str, number: int, evaluation: Evaluation, finding: Finding) -> dict[str, Any]:
    members = finding_members(evaluation, finding)
    uid, result = dated.document["uid"], finding.result.key
    return {
        "number": number,
        "kind": evaluation.declared["kind"],
        "role": "result" if result == key else "term",
        **members,
        "url": f"{_address(uid, result)}checks/{number}/{dated.query}",
    }


def _linked(term: Term, uid: str, query: str) -> dict[str, Any]:
    """An observation that a check counts with, and its own address where it is there."""
    return {"key": term.key, "value": term.value, "url": _address(uid, term.key) + query if term.is_there else None}


def _address(uid: str, key: str) -> str:
    return f"/api/v1/figures/{uid}/{quote(key)}/"


def _url(dated: _Dated, key: str) -> dict[str, str] | None:
    """Where the dataset's page shows the observation; the table's beginning where it is beyond what the page shows."""
    table = dated.document["table"]
    if table["rows"] > LIMIT and not statistics.is_among_first(table["digest"], key, LIMIT):
        return addresses(f"{dated.path}#table-title")
    return figure_addresses(dated.path, key)
