"""Lines of cells to rows: what every kind of table has in common, wherever its lines come from.

The first line is the header; its columns may stand in any order, and a missing status means ``normal``.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from portal.statistics.cells import CellReader
from portal.statistics.names import Names
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.rows import Row
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure

#: A line that is not empty: its number as an editor counts, from 1, and its cells.
Line = tuple[int, list[str]]

#: After so many problems reading stops.
MAX_PROBLEMS = 100


def read_table(
    lines: Iterable[Line | Problem], structure: Structure, *, max_rows: int, names: Names | None = None
) -> Spool:
    """The rows of a table, each checked, no key twice. A problem among the lines is one of the table.

    ``names`` are what may stand in place of codes. Raises `TableProblems` with what is wrong at which line and column.
    """
    reading = _Reading(structure, max_rows, names)
    spool = Spool(structure)
    problems: list[Problem] = []
    try:
        for line, item in reading.items(lines):
            if isinstance(item, Row):
                spool.add(item, line)
                continue
            problems.append(item)
            if len(problems) == MAX_PROBLEMS:
                problems.append(Problem(line, None, _("There may be more problems after this line.")))
                break
        else:
            if not spool and not problems:
                problems.append(Problem(reading.header_line, None, _("The table has no observations.")))
    except TableProblems as unreadable:
        problems += unreadable.problems
    problems += _repetitions(spool)[: max(0, MAX_PROBLEMS - len(problems))]
    if problems:
        raise TableProblems(sorted(problems, key=lambda problem: problem.line))
    return spool


def _repetitions(spool: Spool) -> list[Problem]:
    text = _("The same observation (%(key)s) is already in line %(line)s.")
    found = zip(spool.repeated(), range(MAX_PROBLEMS), strict=False)
    return [Problem(line, None, text, {"key": key, "line": first}) for (line, key, first), _place in found]


class _Reading:
    """One pass over a table's lines."""

    def __init__(self, structure: Structure, max_rows: int, names: Names | None) -> None:
        self.structure = structure
        self.cells = CellReader(structure)
        self.max_rows = max_rows
        self.names = names
        self.header_line = 1

    def items(self, lines: Iterable[Line | Problem]) -> Iterator[tuple[int, Row | Problem]]:
        """Each row and each problem with its line. Raises `TableProblems` for a header that does not match."""
        header: list[str] | None = None
        count = 0
        for given in lines:
            if isinstance(given, Problem):
                yield given.line, given
                continue
            line, cells = given
            if header is None:
                header = self._header(line, cells)
                continue
            count += 1
            if count > self.max_rows:
                text = _("The table has more than %(rows)s observations.")
                yield line, Problem(line, None, text, {"rows": self.max_rows})
                return
            for item in self._read(line, header, cells):
                yield line, item
        if header is None:
            self._header(1, [])

    def _read(self, line: int, header: list[str], cells: list[str]) -> Iterator[Row | Problem]:
        if len(cells) != len(header):
            text = _("The line has %(given)s cells instead of %(expected)s.")
            yield Problem(line, None, text, {"given": len(cells), "expected": len(header)})
            return
        given = dict(zip(header, cells, strict=True))
        if self.names is not None:
            given, complaints = self.names.in_cells(given)
            yield from (Problem(line, column, text, params) for column, text, params in complaints)
            if complaints:
                return
        row, complaints = self.cells.read(given)
        yield from (Problem(line, column, text, params) for column, text, params in complaints)
        if row is not None:
            yield row

    def _header(self, line: int, cells: list[str]) -> list[str]:
        self.header_line = line
        header = [cell.strip() for cell in cells]
        if self.names is not None:
            header = [self.names.column(cell) for cell in header]
        if problems := list(_header_problems(line, header, self.structure)):
            raise TableProblems(problems)
        return header


def _header_problems(line: int, header: list[str], structure: Structure) -> Iterator[Problem]:
    expected = structure.columns
    params = {"header": ",".join(expected)}
    for column in expected:
        if header.count(column) > 1:
            yield Problem(line, column, _("The column stands in the header more than once."), params)
        elif column not in header:
            yield Problem(line, column, _("The column is missing. The header line is: %(header)s"), params)
    for column in header:
        if column not in expected:
            yield Problem(line, column[:40], _("The column is not known. The header line is: %(header)s"), params)
