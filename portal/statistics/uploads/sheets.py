"""What all spreadsheets have in common: one sheet that is not empty, a header, cells beside it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from portal.statistics.problems import Problem, TableProblems
from portal.statistics.reading import Line
from portal.statistics.uploads.cells import CellRefused

#: Names of sheets that a message repeats.
_LISTED = 10

_Sheet = TypeVar("_Sheet")


class Columns:
    """The columns that a sheet's header takes up: lines are as wide as it is, wherever it stands in the sheet."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._span: slice | None = None

    def line(self, number: int, cells: Sequence[str], problems: Sequence[Problem]) -> Iterator[Line | Problem]:
        """The cells of a line that lie under the header, which is the first line that is not empty; the problems that
        cells have instead, and what stands beside. Nothing for an empty line. Raises `TableProblems` for a header
        with problems.
        """
        filled = [place for place, cell in enumerate(cells) if cell.strip()]
        if self._span is None and problems:
            raise TableProblems(problems)
        if self._span is None and filled:
            self._span = slice(filled[0], filled[-1] + 1)
        if self._span is None or not (filled or problems):
            return
        beside = CellRefused(_("it is in a column without a name"))
        first, last = self._span.start, self._span.stop
        faults = [at_cell(number, place + 1, self._sheet, beside) for place in filled if not first <= place < last]
        if problems or faults:
            yield from (*problems, *faults)
        else:
            yield number, [cells[place] if place < len(cells) else "" for place in range(first, last)]


def at_cell(line: int, column: int, sheet: str, refused: CellRefused) -> Problem:
    """Why a cell cannot be taken, as a problem of its line; columns count from 1."""
    cell = f"{get_column_letter(column)}{line}"
    text = _("Cell %(cell)s of the sheet “%(sheet)s”: %(reason)s.")
    return Problem(line, None, text, {"cell": cell, "sheet": sheet[:60], "reason": refused})


def alone(filled: Sequence[_Sheet], name: Callable[[_Sheet], str]) -> _Sheet | None:
    """The only sheet that is not empty; None if all are. Raises `TableProblems` that names them if they are several."""
    if len(filled) > 1:
        text = _("Several sheets are not empty: %(sheets)s. Leave only the one that holds the table.")
        raise TableProblems([Problem(0, None, text, {"sheets": _listed([name(sheet) for sheet in filled])})])
    return filled[0] if filled else None


def hidden(names: Sequence[str]) -> TableProblems:
    """That sheets are hidden."""
    text = _("These sheets are hidden: %(sheets)s. Show them or delete them: nothing that is not seen is taken.")
    return TableProblems([Problem(0, None, text, {"sheets": _listed(names)})])


def from_elsewhere() -> TableProblems:
    """That a file has links to others."""
    return TableProblems([Problem(0, None, _("The file has links to other files. Remove them (“Edit links”)."))])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name[:60] for name in names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
