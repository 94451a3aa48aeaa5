"""The checks of a dataset: what has to hold between its figures, with the numbers, and whether it does."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators_of_head
from portal.api.v1.parameters import LANG
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, REDACTED, UNKNOWN_PARAMETER, WITHDRAWN
from portal.api.v1.records import check_dataset, public_record
from portal.api.v1.views import PublicView, json_response
from portal.core.languages import DJANGO_CODES, LANGUAGES, flatten
from portal.opendata.checks import evaluations
from portal.publication.selectors import Served
from portal.statistics.evaluation import Evaluation, Finding, Term
from portal.statistics.formulas import formula


@extend_schema_view(
    get=openapi.operation(
        "datasets_checks_list",
        "The checks of a dataset",
        "What has to hold between the dataset's figures, as its document declares it, and for every observation of a "
        "check's result the numbers, their formula and the outcome: `holds`, `fails`, or `open` where a value is "
        "missing or the other dataset is not public. `counts` counts all findings; `findings` has the first hundred, "
        "those that fail first.",
        answer=openapi.reference("CheckList"),
        takes=(LANG,),
        at=(openapi.DATASET_UID,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND, WITHDRAWN, REDACTED),
    )
)
class CheckList(PublicView):
    """The checks of a dataset, evaluated."""

    parameters = (LANG,)
    record: Served

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The head's: another dataset may decide whether a check holds."""
        check_dataset(kwargs["uid"])
        return validators_of_head(request)

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        """All of them: a dataset declares few."""
        record = orjson.loads(public_record(uid, "all").text)
        results = [_result(number, each) for number, each in enumerate(evaluations(record), start=1)]
        body = {"count": len(results), "next": None, "previous": None, "uid": uid, "version": record["version"]}
        language = self.given["lang"]
        shown = flatten(results, language) if language else results
        return json_response(orjson.dumps(body | {"results": shown}))


def _result(number: int, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "number": number,
        **evaluation.declared,
        "outcome": evaluation.outcome,
        "counts": dict(evaluation.counts),
        "findings": [finding_members(evaluation, finding) for finding in evaluation.findings],
        "problem": _problem(evaluation),
    }


def finding_members(evaluation: Evaluation, finding: Finding) -> dict[str, Any]:
    """A finding of a check as the API gives it: its numbers, what they make, the formula and the outcome."""
    return {
        "period": finding.period,
        "result": _term(finding.result),
        "terms": [_term(term) for term in finding.terms],
        "computed": finding.computed,
        "formula": formula(evaluation, finding),
        "outcome": finding.outcome,
    }


def _term(term: Term) -> dict[str, Any]:
    return {"key": term.key, "value": term.value}


def _problem(evaluation: Evaluation) -> dict[str, str] | None:
    """Why a check could not be evaluated at all, in both languages."""
    if evaluation.problem is None:
        return None
    said = {}
    for language in LANGUAGES:
        with override(DJANGO_CODES[language]):
            said[language] = str(evaluation.problem)
    return said
