"""Tables as CSV text: ``period,measure,<dimensions…>,value,status,note_zh,note_en``, with a header line, one
observation per line.

The columns may stand in any order, empty lines are passed over, and a missing status means ``normal``. What
is written by `write_csv` is read back as the same rows by `parse_csv`. Notes may look like formulas: these
files are for programs and people, and spreadsheets get their own.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TextIO

from django.utils.translation import gettext_lazy as _

from portal.statistics.cells import write_cells
from portal.statistics.names import Names
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.reading import Line, read_table
from portal.statistics.rows import Row
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure

#: Observations that a table may have unless the caller says otherwise.
MAX_ROWS = 100_000
#: Characters that a line may have: a file without line ends is not read into memory.
_LONGEST_LINE = 100_000


def parse_csv(text: str, structure: Structure, *, max_rows: int = MAX_ROWS) -> list[Row]:
    """The rows of a CSV text, in the table's order.

    Raises `TableProblems` with what is wrong at which line and column.
    """
    return list(read_csv(io.StringIO(text.removeprefix("\ufeff"), newline=""), structure, max_rows=max_rows))


def read_csv(file: TextIO, structure: Structure, *, max_rows: int, names: Names | None = None) -> Spool:
    """The rows of a CSV file that was opened with ``newline=""``, in constant memory.

    ``names`` are what may stand in place of codes. Raises `TableProblems`.
    """
    return read_table(csv_lines(file), structure, max_rows=max_rows, names=names)


def write_csv(rows: Iterable[Row], structure: Structure) -> str:
    """The CSV text of rows, in the given order, with the columns in their usual order and lines ended by a
    line feed.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, structure.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(write_cells(row) for row in rows)
    return out.getvalue()


def csv_lines(file: TextIO) -> Iterator[Line]:
    """Each record that is not empty, with the number of the line where it begins.

    Raises `TableProblems` where the text is not CSV.
    """
    reader = csv.reader(_physical_lines(file), strict=True)
    line = 1
    while True:
        try:
            record = next(reader, None)
        except csv.Error:
            problem = _("The line is not valid CSV: a quotation mark may be missing or too many.")
            raise TableProblems([Problem(line, None, problem)]) from None
        if record is None:
            return
        if any(cell.strip() for cell in record):
            yield line, record
        line = reader.line_num + 1


def _physical_lines(file: TextIO) -> Iterator[str]:
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), ""), start=1):
        if "\0" in line:
            raise TableProblems([Problem(number, None, _("The text holds a NUL byte: this is not a CSV file."))])
        if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
            raise TableProblems([Problem(number, None, _("The line is too long: this is not a CSV file."))])
        yield line
