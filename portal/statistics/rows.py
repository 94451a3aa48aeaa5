"""An observation outside the database, its key, and the one order of a table's rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portal.core.languages import language_map
from portal.core.periods import parse_period
from portal.statistics.structure import Structure


@dataclass(frozen=True, slots=True)
class Row:
    """One observation.

    ``dimensions`` maps each dimension to its code, in the declared order. ``value`` is a decimal text whose
    scale is kept, None if missing.
    """

    period: str
    measure: str
    dimensions: dict[str, str]
    value: str | None
    status: str
    note_zh_hant: str = ""
    note_en: str = ""

    @property
    def key(self) -> str:
        """Measure, dimension codes in the declared order, period, joined by dots:
        ``headcount.workers.agencies.2022-05``.
        """
        return ".".join((self.measure, *self.dimensions.values(), self.period))

    @property
    def note(self) -> dict[str, str | None] | None:
        """The note as a language map; None if there is none."""
        return language_map(self.note_zh_hant, self.note_en)

    @property
    def members(self) -> dict[str, Any]:
        """The observation as plain JSON: what the table's digest is made over."""
        return {
            "dimensions": self.dimensions,
            "key": self.key,
            "measure": self.measure,
            "note": self.note,
            "period": self.period,
            "status": self.status,
            "value": self.value,
        }


def in_order(rows: Iterable[Row], structure: Structure) -> list[Row]:
    """The rows in the order in which a table holds and shows them.

    By measure, then by each dimension, both in the order of their declaration, then by period, earlier first.
    The order in which rows were entered does not matter. Raises KeyError for a code that the structure does
    not declare.
    """
    return sorted(rows, key=_place(structure))


def _place(structure: Structure) -> Callable[[Row], tuple[Any, ...]]:
    measures = {measure.code: place for place, measure in enumerate(structure.measures)}
    dimensions = {
        dimension.code: {code: place for place, code in enumerate(dimension.codes)}
        for dimension in structure.dimensions
    }

    def place(row: Row) -> tuple[Any, ...]:
        codes = (places[row.dimensions[dimension]] for dimension, places in dimensions.items())
        return measures[row.measure], *codes, parse_period(row.period)

    return place
