"""The checks of a dataset that is being edited or published: what its figures, entered or stored, say of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from portal.core.languages import LANGUAGES
from portal.statistics.evaluation import FAILS, Evaluation, Other, evaluate, suspects
from portal.statistics.formulas import formula
from portal.statistics.selectors import of_series
from portal.statistics.structure import Structure, StructureError

#: So many findings of a check are told in a message.
_TOLD = 3


def evaluations(page: Any, declared: list[Mapping[str, Any]], structure: Structure) -> list[Evaluation]:
    """Each declared check against the page's own figures, and against the live figures of other datasets."""
    others = {uid: other for uid in {each["dataset"] for each in declared} - {None} if (other := _other(uid))}
    return evaluate(declared, structure, page.of_series, others)


def objections(found: Iterable[Evaluation]) -> Iterator[tuple[str, str]]:
    """Why a dataset may not be published: (path, message) of every check that does not hold and that no public
    explanation in both languages goes with; in the active language.
    """
    found = list(found)
    suspected = suspects(found)
    for place, evaluation in enumerate(found):
        if evaluation.problem is not None:
            yield f"checks/{place}", str(evaluation.problem)
        elif not any(evaluation.counts.values()) and evaluation.declared["kind"] != "monotony":
            series = {"series": evaluation.declared["result"]}
            yield f"checks/{place}", _("The table has nothing to check: no observation of %(series)s.") % series
        elif (evaluation.counts[FAILS] or evaluation.absent) and not _is_explained(evaluation):
            yield f"checks/{place}", " ".join(_failures(evaluation, suspected))


def _failures(evaluation: Evaluation, suspected: list[str]) -> Iterator[str]:
    failing = [finding for finding in evaluation.findings if finding.outcome == FAILS]
    for finding in failing[:_TOLD]:
        told = {"key": finding.result.key, "formula": formula(evaluation, finding)}
        yield _("%(key)s does not add up: %(formula)s.") % told
    if absent := evaluation.absent[:_TOLD]:
        yield _("There is no observation %(keys)s.") % {"keys": ", ".join(absent)}
    if len(failing) > _TOLD:
        yield _("There are %(count)d more.") % {"count": evaluation.counts[FAILS] - _TOLD}
    counted = {term.key for finding in failing for term in (*finding.terms, finding.result)}
    if likely := [key for key in suspected if key in counted]:
        yield _("No check that holds counts with these; look here first: %(keys)s.") % {"keys": ", ".join(likely)}
    yield _("Mend the figure, or explain in both languages why the source's figures differ.")


def _is_explained(evaluation: Evaluation) -> bool:
    explanation = evaluation.declared["explanation"] or {}
    return all(explanation.get(language) for language in LANGUAGES)


def _other(uid: str) -> Other | None:
    """Another dataset as it is live, unless it has nothing to compare with."""
    page = apps.get_model("cms", "DatasetPage").objects.filter(uid=uid, live=True).first()
    if page is None or not page.table_digest:
        return None
    try:
        structure = page.structure()
    except StructureError:
        return None
    return structure, lambda series: of_series(page.table_digest, series)
