"""The checks that a dataset declares: what has to hold between its figures.

| kind | what holds, for every period of the result |
|---|---|
| ``sum`` | result = first term + second term + … |
| ``difference`` | result = first term − second term − … |
| ``rate`` | result = first term / second term, rounded to the result's own decimal places; times 100 in percent |
| ``monotony`` | the result's series has the declared direction from each period to the next |
| ``agreement`` | result = the terms' sum in the other dataset, of the same period |

Result and terms are series (`portal.statistics.series`). A code that the result leaves open is the same in all terms,
so that one check holds for every category. ``tolerance`` is how far a result may lie from what is computed; none for
monotony.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.statistics.rounding import HALF_UP
from portal.statistics.series import Series
from portal.statistics.structure import Structure, StructureError

#: The kinds, with how many terms each has: at least, at most (None: as many as there are).
KINDS: dict[str, tuple[int, int | None]] = {
    "sum": (2, None),
    "difference": (2, None),
    "rate": (2, 2),
    "monotony": (0, 0),
    "agreement": (1, None),
}
#: Direction → whether a later value may follow an earlier one.
DIRECTIONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "not-falling": lambda earlier, later: earlier <= later,
    "not-rising": lambda earlier, later: earlier >= later,
    "rising": lambda earlier, later: earlier < later,
    "falling": lambda earlier, later: earlier > later,
}
#: Terms that a check may have.
MOST_TERMS = 100


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check.

    ``dataset`` is the uid of the dataset that an agreement's terms belong to, else None. ``unit`` is the result's.
    ``explanation`` is the public reason, a language map, for a check that does not hold.
    """

    kind: str
    result: Series
    terms: tuple[Series, ...]
    unit: str
    dataset: str | None = None
    rounding: str = HALF_UP
    direction: str = "not-falling"
    tolerance: Decimal = Decimal(0)
    explanation: Mapping[str, str | None] | None = None


def read_check(data: Mapping[str, Any], structure: Structure, others: Mapping[str, Structure]) -> Check:
    """The check that a member of a document's ``checks`` declares. ``others`` are the structures of other datasets.

    Raises `StructureError` where it could never be evaluated: an unknown kind or code, terms too few or too many,
    units that cannot be added, a dataset that is not there.
    """
    kind = data["kind"]
    if kind not in KINDS:
        raise StructureError(_("“%(code)s” is not a kind of check."), code=str(kind)[:64])
    result = Series.read(data["result"], structure)
    dataset = data["dataset"] if kind == "agreement" else None
    if kind == "agreement" and dataset not in others:
        raise StructureError(_("The dataset %(uid)s is not public."), uid=str(dataset))
    of_terms = others[dataset] if dataset else structure
    terms = tuple(Series.read(term, of_terms) for term in data["terms"])
    _check_number(kind, terms)
    _check_open(result, terms, elsewhere=bool(dataset))
    if kind != "rate":
        _check_units(structure.unit_of(result.measure), [(term, of_terms.unit_of(term.measure)) for term in terms])
    return Check(
        kind,
        result,
        terms,
        structure.unit_of(result.measure),
        dataset,
        data["rounding"] or HALF_UP,
        data["direction"] or "not-falling",
        Decimal(data["tolerance"] or 0),
        data["explanation"],
    )


def _check_number(kind: str, terms: Sequence[Series]) -> None:
    least, most = KINDS[kind]
    if len(terms) < least:
        raise StructureError(_("The check needs at least %(least)s terms."), least=least)
    if len(terms) > (MOST_TERMS if most is None else most):
        raise StructureError(_("The check has at most %(most)s terms."), most=MOST_TERMS if most is None else most)


def _check_open(result: Series, terms: Sequence[Series], *, elsewhere: bool) -> None:
    """In the same dataset a term leaves open only what the result does; in another one as many codes as it."""
    mine = result.open_places
    for term in terms:
        fits = len(term.open_places) in (0, len(mine)) if elsewhere else set(term.open_places) <= set(mine)
        if not fits:
            raise StructureError(_("“%(series)s” leaves a code open that the result does not."), series=str(term))


def _check_units(unit: str, terms: Sequence[tuple[Series, str]]) -> None:
    for term, its in terms:
        if its != unit:
            raise StructureError(_("“%(series)s” is not counted in the result's unit."), series=str(term))
