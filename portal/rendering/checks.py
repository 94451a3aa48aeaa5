"""The checks of a dataset for readers: in words what has to hold, and in numbers whether it does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from portal.publication.codelists import LISTS
from portal.rendering import dates
from portal.rendering.texts import LanguageMap, plain
from portal.statistics.evaluation import FAILS, HOLDS, Evaluation, Finding
from portal.statistics.formulas import formula
from portal.statistics.rounding import places_of
from portal.statistics.units import MINUS

#: So many findings of a check are shown; all of them are in the API.
_SHOWN = 20
#: What stands between the names of codes, as in the sources' names.
_BETWEEN = " · "
_SIGNS = {"sum": "+", "difference": MINUS, "rate": "÷"}
_MARKS = {HOLDS: "✓", FAILS: "✗"}


@dataclass(frozen=True)
class FindingLine:
    """A finding: what it is about where the check has several, its numbers, and how it came out."""

    about: str
    formula: str
    outcome: str
    mark: str
    verdict: str


@dataclass(frozen=True)
class CheckLine:
    """A check: what has to hold, in words; how it came out; its findings; why it does not hold, if it does not."""

    number: int
    statement: str
    other: Mapping[str, Any] | None
    outcome: str
    findings: Sequence[FindingLine]
    hidden: int
    explanation: LanguageMap | None

    @property
    def anchor(self) -> str:
        """The fragment that leads to this check on its page."""
        return anchor(self.number)


def anchor(number: int) -> str:
    """The fragment that leads to the check of a number on its dataset's page."""
    return f"check-{number}"


def check_lines(record: Mapping[str, Any], found: Iterable[Evaluation], language: str) -> list[CheckLine]:
    """The checks of a ready dataset, in its document's order. Texts of the interface are in the active language."""
    related = {each["uid"]: each for each in record["related"]}
    return [_line(record, related, number, each, language) for number, each in enumerate(found, start=1)]


def _line(
    record: Mapping[str, Any],
    related: Mapping[str, Mapping[str, Any]],
    number: int,
    evaluation: Evaluation,
    language: str,
) -> CheckLine:
    declared = evaluation.declared
    shown = evaluation.findings[:_SHOWN]
    periods = {finding.period for finding in evaluation.findings}
    return CheckLine(
        number=number,
        statement=statement(record, evaluation, language),
        other=related.get(declared["dataset"]) if declared["dataset"] else None,
        outcome=evaluation.outcome,
        findings=[_finding(record, evaluation, finding, language, with_period=len(periods) > 1) for finding in shown],
        hidden=sum(evaluation.counts.values()) - len(shown),
        explanation=declared["explanation"] if evaluation.outcome != HOLDS else None,
    )


def statement(record: Mapping[str, Any], evaluation: Evaluation, language: str) -> str:
    """What has to hold, with the names of the codes."""
    declared = evaluation.declared
    result = series_name(record, declared["result"], language)
    if declared["kind"] in _SIGNS:
        sign = f" {_SIGNS[declared['kind']]} "
        terms = sign.join(series_name(record, term, language) for term in declared["terms"])
        said = f"{result} = {terms}"
        if declared["kind"] == "rate" and evaluation.findings:
            places = places_of(evaluation.findings[0].result.value or "")
            rounding = plain(LISTS["dataset.rounding"][declared["rounding"]], language)
            said = gettext("%(formula)s (rounded to %(places)d decimal places: %(rounding)s)") % {
                "formula": said,
                "places": places,
                "rounding": rounding,
            }
    elif declared["kind"] == "monotony":
        said = f"{result}: {plain(LISTS['dataset.direction'].get(declared['direction']), language)}"
    else:
        said = gettext("%(result)s is the same as in another dataset") % {"result": result}
    every = _open_names(record, declared["result"], language)
    if not every:
        return said
    return gettext("For each of “%(dimensions)s”: %(statement)s") % {"dimensions": every, "statement": said}


def series_name(record: Mapping[str, Any], series: str, language: str) -> str:
    """A series by the names of its codes; its measure only where the dataset has several or no dimension is given."""
    measure, *codes = series.split(".")
    names = [
        next((plain(each["label"], language) for each in dimension["codes"] if each["code"] == code), code)
        for dimension, code in zip(record["dimensions"], codes, strict=False)
        if code != "*"
    ]
    if len(record["measures"]) > 1 or not names:
        label = next(
            (plain(each["label"], language) for each in record["measures"] if each["code"] == measure), measure
        )
        names.insert(0, label)
    return _BETWEEN.join(names)


def _open_names(record: Mapping[str, Any], series: str, language: str) -> str:
    codes = series.split(".")[1:]
    labels = (
        plain(dimension["label"], language)
        for dimension, code in zip(record["dimensions"], codes, strict=False)
        if code == "*"
    )
    return _BETWEEN.join(labels)


def _finding(
    record: Mapping[str, Any], evaluation: Evaluation, finding: Finding, language: str, *, with_period: bool
) -> FindingLine:
    about = []
    declared = evaluation.declared["result"].split(".")[1:]
    codes = finding.result.key.split(".")[1:]
    for dimension, pattern, code in zip(record["dimensions"], declared, codes, strict=False):
        if pattern == "*":
            label = next((each["label"] for each in dimension["codes"] if each["code"] == code), None)
            about.append(plain(label, language) or code)
    if with_period:
        about.append(dates.display_period(finding.period, language).primary)
    verdicts = {
        HOLDS: pgettext("a check", "Holds"),
        FAILS: pgettext("a check", "Does not hold"),
    }
    return FindingLine(
        about=_BETWEEN.join(about),
        formula=formula(evaluation, finding),
        outcome=finding.outcome,
        mark=_MARKS.get(finding.outcome, "?"),
        verdict=verdicts.get(finding.outcome, pgettext("a check", "Cannot be decided")),
    )
