"""Observations as flat members, with the names of their codes in a language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.core.languages import text
from portal.core.periods import period_label
from portal.statistics.rows import Row
from portal.statistics.status import status_label
from portal.statistics.units import unit_label


def label_rows(
    rows: Iterable[Row],
    dimensions: Sequence[Mapping[str, Any]],
    measures: Sequence[Mapping[str, Any]],
    language: str | None = None,
) -> list[dict[str, Any]]:
    """Each row as ``{"key", "period", "measure", <dimension>: code, …, "value", "unit", "status", "note"}``.

    ``dimensions`` and ``measures`` are a dataset document's members of these names. With a language there is
    also ``labels``: the names of the period, the measure, the unit, the status and of each dimension's code
    in that language, in Chinese where the English is missing.
    """
    units = {measure["code"]: measure["unit"] for measure in measures}
    names = None if language is None else _Names(dimensions, measures, language)
    flat = []
    for row in rows:
        members: dict[str, Any] = {
            "key": row.key,
            "period": row.period,
            "measure": row.measure,
            **row.dimensions,
            "value": row.value,
            "unit": units[row.measure],
            "status": row.status,
            "note": row.note,
        }
        if names is not None:
            members["labels"] = names.of(row, units[row.measure])
        flat.append(members)
    return flat


class _Names:
    """The names of a dataset's codes in one language."""

    def __init__(
        self, dimensions: Sequence[Mapping[str, Any]], measures: Sequence[Mapping[str, Any]], language: str
    ) -> None:
        self.language = language
        self.measures = {measure["code"]: text(measure["label"], language) for measure in measures}
        self.codes = {
            dimension["code"]: {code["code"]: text(code["label"], language) for code in dimension["codes"]}
            for dimension in dimensions
        }

    def of(self, row: Row, unit: str) -> dict[str, str]:
        return {
            "period": period_label(row.period, self.language),
            "measure": self.measures[row.measure],
            "unit": unit_label(unit, self.language),
            "status": status_label(row.status, self.language),
            **{dimension: self.codes[dimension][code] for dimension, code in row.dimensions.items()},
        }
