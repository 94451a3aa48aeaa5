"""What a check says of a table: for every observation of its result whether it holds, with the numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, Literal

from portal.core.periods import parse_period
from portal.statistics.cells import DECIMAL_PLACES, WHOLE_DIGITS
from portal.statistics.checks import DIRECTIONS, Check, read_check
from portal.statistics.rounding import places_of, rounded
from portal.statistics.rows import Row
from portal.statistics.series import Series
from portal.statistics.status import WITHOUT_VALUE
from portal.statistics.structure import Structure, StructureError

#: ``open``: it cannot be decided, since a value is missing, an observation is not there, or a dataset is not public.
Outcome = Literal["holds", "fails", "open"]
HOLDS: Outcome = "holds"
FAILS: Outcome = "fails"
OPEN: Outcome = "open"

#: The observations of a series, open codes included, in the table's order (`portal.statistics.spool`).
Reader = Callable[[Series], Iterable[Row]]
#: Another dataset: its structure, and the observations of its table.
Other = tuple[Structure, Reader]
#: So many findings of a check are told one by one, those that fail first; all are counted.
MOST_FINDINGS = 100
#: Digits with which every sum of as many terms as a check may have is exact.
_EXACT = 2 * (WHOLE_DIGITS + DECIMAL_PLACES)


@dataclass(frozen=True, slots=True)
class Term:
    """An observation that a check counts with. ``value`` is None where it is missing, ``is_there`` False where the
    table has no such observation at all.
    """

    key: str
    value: str | None
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One result beside what its terms make of it. ``computed`` is a decimal text; None for monotony, and where
    nothing can be computed.
    """

    outcome: Outcome
    period: str
    result: Term
    terms: tuple[Term, ...]
    computed: str | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A check with its findings: the first of them, those that fail before the others, and how many there are of each
    outcome. ``problem`` says why a check could not be evaluated at all.
    """

    declared: Mapping[str, Any]
    check: Check | None
    findings: tuple[Finding, ...]
    counts: Mapping[Outcome, int]
    problem: StructureError | None = None

    @property
    def absent(self) -> list[str]:
        """The keys of observations that the check needs and that the tables do not have at all."""
        return [term.key for finding in self.findings for term in finding.terms if not term.is_there]

    @property
    def outcome(self) -> Outcome:
        """The worst of its findings; open if there are none."""
        if self.counts[FAILS]:
            return FAILS
        return HOLDS if self.counts[HOLDS] and not self.counts[OPEN] else OPEN


def evaluate(
    declared: Sequence[Mapping[str, Any]],
    structure: Structure,
    read: Reader,
    others: Mapping[str, Other],
    *,
    about: str | None = None,
) -> list[Evaluation]:
    """Every check that a dataset declares, in order. ``others`` are the public datasets that agreements name. With
    ``about``, the key of one of the dataset's observations, only the findings that count with it.
    """
    structures = {uid: its for uid, (its, _read) in others.items()}
    found = []
    for each in declared:
        try:
            check = read_check(each, structure, structures)
        except StructureError as problem:
            found.append(Evaluation(each, None, (), {HOLDS: 0, FAILS: 0, OPEN: 0}, problem))
            continue
        every = _findings(check, read, others[check.dataset][1] if check.dataset else read)
        findings = [finding for finding in every if about is None or about in _own_keys(check, finding)]
        counts = {outcome: sum(each.outcome == outcome for each in findings) for outcome in (HOLDS, FAILS, OPEN)}
        findings.sort(key=lambda finding: (FAILS, OPEN, HOLDS).index(finding.outcome))
        found.append(Evaluation(each, check, tuple(findings[:MOST_FINDINGS]), counts))
    return found


def suspects(evaluations: Iterable[Evaluation]) -> list[str]:
    """The keys of the dataset's own observations that only failing checks count with: one of these is likely wrong."""
    failing: dict[str, None] = {}
    sound: set[str] = set()
    for evaluation in evaluations:
        for finding in evaluation.findings:
            keys = _own_keys(evaluation.check, finding)
            if finding.outcome == FAILS:
                failing.update(dict.fromkeys(keys))
            elif finding.outcome == HOLDS:
                sound.update(keys)
    return [key for key in failing if key not in sound]


def _own_keys(check: Check | None, finding: Finding) -> list[str]:
    """The keys of the dataset's own observations that a finding counts with, its terms before its result."""
    terms = () if check is None or check.dataset else finding.terms
    return [term.key for term in (*terms, finding.result) if term.is_there]


def _findings(check: Check, read: Reader, read_terms: Reader) -> Iterable[Finding]:
    results = list(read(check.result))
    if check.kind == "monotony":
        yield from _steps(check, results)
        return
    at = {(row.measure, *row.dimensions.values(), row.period): row for each in check.terms for row in read_terms(each)}
    for row in results:
        terms = tuple(
            _term(series, row.period, at.get((series.measure, *series.codes, row.period)))
            for series in _bound(check, row)
        )
        yield _compared(check, row, terms)


def _bound(check: Check, row: Row) -> list[Series]:
    """The check's terms for one of its results, no code left open."""
    codes = tuple(row.dimensions.values())
    if check.dataset:
        mine = [codes[place] for place in check.result.open_places]
        return [term.filled(mine) for term in check.terms]
    return [term.filled(codes[place] for place in term.open_places) for term in check.terms]


def _term(series: Series, period: str, row: Row | None) -> Term:
    return Term(series.key(period), row.value if row else None, row is not None)


def _compared(check: Check, row: Row, terms: tuple[Term, ...]) -> Finding:
    result = Term(row.key, row.value)
    if row.value is None or any(term.value is None for term in terms):
        return Finding(OPEN, row.period, result, terms, None)
    with localcontext(prec=_EXACT):
        computed = _computed(check, row.value, [Decimal(term.value or 0) for term in terms])
        if computed is None:
            return Finding(FAILS, row.period, result, terms, None)
        holds = abs(computed - Decimal(row.value)) <= check.tolerance
    return Finding(HOLDS if holds else FAILS, row.period, result, terms, _text(computed, places_of(row.value)))


def _computed(check: Check, value: str, terms: Sequence[Decimal]) -> Decimal | None:
    """What the terms make, exactly; a rate is rounded as its value is. None for a rate of nothing."""
    if check.kind != "rate":
        first, *rest = terms
        return first - sum(rest) if check.kind == "difference" else first + sum(rest)
    numerator, denominator = terms
    if not denominator:
        return None
    exact = Fraction(numerator) / Fraction(denominator) * (100 if check.unit == "percent" else 1)
    return rounded(exact, places_of(value), check.rounding)


def _text(number: Decimal, places: int) -> str:
    """A decimal text with no more zeros at its end than the value beside it has places."""
    text = f"{number:f}"
    while "." in text and text.endswith("0") and places_of(text) > places:
        text = text[:-1].removesuffix(".")
    return text


def _steps(check: Check, rows: Sequence[Row]) -> Iterable[Finding]:
    """From each period of a series to the next one that begins after it has ended."""
    goes = DIRECTIONS[check.direction]
    earlier: Row | None = None
    for row in rows:
        if earlier is not None and earlier.dimensions != row.dimensions:
            earlier = None
        if earlier is not None and parse_period(earlier.period).end < parse_period(row.period).start:
            outcome = (
                OPEN
                if WITHOUT_VALUE & {earlier.status, row.status}
                else HOLDS
                if goes(Decimal(earlier.value or 0), Decimal(row.value or 0))
                else FAILS
            )
            yield Finding(outcome, row.period, Term(row.key, row.value), (Term(earlier.key, earlier.value),), None)
        earlier = row
