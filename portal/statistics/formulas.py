"""A finding of a check as a formula of numbers, the same in every language: ``5,498 + 633 = 6,131``,
``2,331 ÷ 8,462 = 27.55%``, ``5,489 + 633 = 6,122 ≠ 6,131``. A value that is not there is a question mark.
"""

from decimal import Decimal

from portal.statistics.evaluation import FAILS, Evaluation, Finding, Term
from portal.statistics.units import MINUS, grouped

_BETWEEN = {"sum": "+", "difference": MINUS, "rate": "÷", "agreement": "+"}
#: Direction → the sign where it holds, and where it fails.
_STEPS = {"not-falling": ("≤", ">"), "not-rising": ("≥", "<"), "rising": ("<", "≥"), "falling": (">", "≤")}


def formula(evaluation: Evaluation, finding: Finding) -> str:
    """The numbers of one of a check's findings, what they make, and the result where it is another one."""
    check = evaluation.check
    if check is None:
        raise ValueError("a check that could not be evaluated has no findings")
    result = _shown(finding.result.value, check.unit)
    if check.kind == "monotony":
        holds, fails = _STEPS[check.direction]
        sign = fails if finding.outcome == FAILS else holds
        return f"{_shown(finding.terms[0].value, check.unit)} {sign} {result}"
    left = f" {_BETWEEN[check.kind]} ".join(_operand(term) for term in finding.terms)
    if finding.computed is None and finding.outcome == FAILS:
        return f"{left} ≠ {result}"
    if finding.computed is None or Decimal(finding.computed) == Decimal(finding.result.value or 0):
        return f"{left} = {result}"
    computed = _shown(finding.computed, check.unit)
    if finding.outcome == FAILS:
        return f"{left} = {computed} ≠ {result}"
    return f"{left} = {computed} ≈ {result} (±{grouped(str(check.tolerance))})"


def _operand(term: Term) -> str:
    shown = _number(term.value)
    return f"({shown})" if shown.startswith(MINUS) else shown


def _shown(value: str | None, unit: str) -> str:
    number = _number(value)
    return f"{number}%" if unit == "percent" and value is not None else number


def _number(value: str | None) -> str:
    return "?" if value is None else grouped(value).replace("-", MINUS)
