"""What people may write in place of a code: its name in Chinese or English, and periods as they are spoken of
(``111年5月``).
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.languages import CHINESE, ENGLISH
from portal.statistics.cells import Complaint
from portal.statistics.periods import period_code
from portal.statistics.status import STATUSES

#: Columns that every table has, with their names in both languages.
COLUMNS: dict[str, dict[str, str]] = {
    column: {CHINESE: chinese, ENGLISH: english}
    for column, chinese, english in (
        ("period", "期間", "Period"),
        ("measure", "量值", "Measure"),
        ("value", "數值", "Value"),
        ("status", "狀態", "Status"),
        ("note_zh", "註記（中文）", "Note (Chinese)"),
        ("note_en", "註記（英文）", "Note (English)"),
    )
}


#: A code and its label.
_Named = tuple[str, Mapping[str, str | None]]


class Names:
    """The names of a dataset's columns and codes. A name that several codes have stands for none of them."""

    def __init__(self, dimensions: Sequence[Mapping[str, Any]], measures: Sequence[Mapping[str, Any]]) -> None:
        """``dimensions`` and ``measures`` are a dataset document's members of these names."""
        columns = [*COLUMNS.items(), *((each["code"], each["label"]) for each in dimensions)]
        self._columns = _by_name(columns)
        lists: dict[str, list[_Named]] = {
            "measure": _labels(measures),
            "status": [(code, status.label) for code, status in STATUSES.items()],
            **{dimension["code"]: _labels(dimension["codes"]) for dimension in dimensions},
        }
        self._codes = {column: {code for code, _label in labels} for column, labels in lists.items()}
        self._named = {column: _by_name(labels) for column, labels in lists.items()}

    def column(self, text: str) -> str:
        """The column that a cell of the header names; the text itself if there is none, or several."""
        found = self._columns.get(_plain(text), ())
        return found[0] if len(found) == 1 else text

    def in_cells(self, cells: Mapping[str, str]) -> tuple[dict[str, str], list[Complaint]]:
        """A line's cells with codes in place of their names, and what is wrong with names that could be several
        codes. What is no name stays as it is.
        """
        read = dict(cells)
        complaints: list[Complaint] = []
        for column, text in cells.items():
            if column == "period":
                read[column] = period_code(text)
            elif column in self._named and text and text not in self._codes[column]:
                found = self._named[column].get(_plain(text), ())
                if len(found) == 1:
                    read[column] = found[0]
                elif found:
                    message = _("“%(name)s” is the name of several codes; write one of them: %(codes)s.")
                    complaints.append((column, message, {"name": text[:40], "codes": ", ".join(found[:20])}))
        return read, complaints


def _labels(items: Iterable[Mapping[str, Any]]) -> list[_Named]:
    return [(item["code"], item["label"] or {}) for item in items]


def _by_name(labels: Iterable[_Named]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for code, label in labels:
        for name in (code, *label.values()):
            if name:
                found.setdefault(_plain(name), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
