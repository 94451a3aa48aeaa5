"""Tables as CSV text: ``period,measure,<dimensions…>,value,status,note_zh,note_en``, with a header line, one
observation per line.

The columns may stand in any order, empty lines are passed over, and a missing status means ``normal``. What
is written by `write_csv` is read back as the same rows by `parse_csv`. Notes may look like formulas: these
files are for programs and people, and spreadsheets get their own.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from portal.statistics.cells import read_cells, write_cells
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.rows import Row, in_order
from portal.statistics.structure import Structure

#: Observations that a table may have unless the caller says otherwise.
MAX_ROWS = 100_000
#: After so many problems reading stops.
MAX_PROBLEMS = 100


def parse_csv(text: str, structure: Structure, *, max_rows: int = MAX_ROWS) -> list[Row]:
    """The rows of a CSV text, in the table's order.

    Raises `TableProblems` with what is wrong at which line and column.
    """
    text = text.removeprefix("\ufeff")
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise TableProblems([Problem(line, None, _("The text holds a NUL byte: this is not a CSV file."))])
    records = _records(text)
    try:
        header_line, header = next(records, (1, []))
    except csv.Error:
        raise TableProblems([_not_csv(1)]) from None
    header = [column.strip() for column in header]
    problems = list(_header_problems(header_line, header, structure))
    if problems:
        raise TableProblems(problems)
    rows: list[Row] = []
    for item in _read(records, header, structure, max_rows=max_rows):
        if isinstance(item, Row):
            rows.append(item)
        else:
            problems.append(item)
            if len(problems) == MAX_PROBLEMS:
                problems.append(Problem(item.line, None, _("There may be more problems after this line.")))
                break
    if not rows and not problems:
        problems.append(Problem(header_line, None, _("The table has no observations.")))
    if problems:
        raise TableProblems(problems)
    return in_order(rows, structure)


def write_csv(rows: Iterable[Row], structure: Structure) -> str:
    """The CSV text of rows, in the given order, with the columns in their usual order and lines ended by a
    line feed.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, structure.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(write_cells(row) for row in rows)
    return out.getvalue()


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not empty, with the number of the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for record in reader:
        if any(cell.strip() for cell in record):
            yield line, record
        line = reader.line_num + 1


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


def _read(
    records: Iterator[tuple[int, list[str]]], header: list[str], structure: Structure, *, max_rows: int
) -> Iterator[Row | Problem]:
    lines: dict[str, int] = {}
    last, count = 1, 0
    try:
        for last, record in records:
            count += 1
            if count > max_rows:
                text = _("The table has more than %(rows)s observations.")
                yield Problem(last, None, text, {"rows": max_rows})
                return
            if len(record) != len(header):
                text = _("The line has %(given)s cells instead of %(expected)s.")
                yield Problem(last, None, text, {"given": len(record), "expected": len(header)})
                continue
            row, complaints = read_cells(dict(zip(header, record, strict=True)), structure)
            yield from (Problem(last, column, text, params) for column, text, params in complaints)
            if row is None:
                continue
            first = lines.setdefault(row.key, last)
            if first == last:
                yield row
            else:
                text = _("The same observation (%(key)s) is already in line %(line)s.")
                yield Problem(last, None, text, {"key": row.key, "line": first})
    except csv.Error:
        yield _not_csv(last + 1)


def _not_csv(line: int) -> Problem:
    return Problem(line, None, _("The line is not valid CSV: a quotation mark may be missing or too many."))
