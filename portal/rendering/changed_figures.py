"""The observations of a dataset that changed between two versions, as a table for readers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.rendering.sources import Sources
from portal.rendering.tables import Line, data_table
from portal.rendering.texts import plain
from portal.statistics.differences import Difference, Kind

#: More changed observations than these are left to the API.
LIMIT = 200


@dataclass(frozen=True)
class ChangedFigure:
    """An observation by its name, and what it was and is, in words; empty where there is no such observation."""

    kind: Kind
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedFigures:
    """The first of the changed observations, and how many there are of each kind."""

    lines: Sequence[ChangedFigure]
    counts: Mapping[Kind, int]

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return sum(self.counts.values()) - len(self.lines)


def changed_figures(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    differences: Iterable[Difference],
    counts: Mapping[Kind, int],
    language: str,
) -> ChangedFigures:
    """The changed observations of two versions of a dataset, in the words of each. The texts of the interface are in
    the active language.
    """
    shown = list(differences)
    old = _lines(before, [each.before.members for each in shown if each.before], language)
    new = _lines(after, [each.after.members for each in shown if each.after], language)
    lines = []
    for each in shown:
        was, is_now = (side.get(each.key) for side in (old, new))
        named = is_now or was
        name = named.name if named else each.key
        lines.append(ChangedFigure(each.kind, name, _said(was, language), _said(is_now, language)))
    return ChangedFigures(lines, counts)


def _lines(document: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], language: str) -> dict[str, Line]:
    table = data_table(document, rows, Sources({}, language), language, "")
    return {line.key: line for line in table.lines}


def _said(line: Line | None, language: str) -> str:
    """The value with its unit, its status and its note."""
    if line is None:
        return ""
    number = f"{line.number.digits} {line.number.unit}" if line.number else "–"
    return " · ".join(filter(None, (number, plain(line.status, language), plain(line.note, language))))
