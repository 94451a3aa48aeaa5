"""The lines of an XLSX workbook's only sheet."""

import datetime
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.statistics.problems import Problem, TableProblems
from portal.statistics.reading import Line
from portal.statistics.uploads.cells import CellRefused, date_text, number_text
from portal.statistics.uploads.packages import FAULTS, unreadable
from portal.statistics.uploads.sheets import Columns, alone, at_cell, from_elsewhere, hidden

#: What openpyxl raises for files that are not as it expects; an XML parser's errors are among the ValueErrors.
_FAULTS = (*FAULTS, InvalidFileException, AttributeError, LookupError, SyntaxError, TypeError, ValueError)


def xlsx_lines(file: BinaryIO, archive: zipfile.ZipFile) -> Iterator[Line | Problem]:
    """Each line of the sheet that is not empty, read one by one. ``archive`` is the file, looked through already.

    Formulas, errors and values that are not shown exactly are problems of their lines. Raises `TableProblems` for
    hidden sheets, macros, several sheets that are not empty, and what is no workbook.
    """
    members = set(archive.namelist())
    if "xl/vbaProject.bin" in members:
        raise TableProblems([Problem(0, None, _("The file has macros. Save it as a workbook without macros (.xlsx)."))])
    is_linked = any(name.startswith("xl/externalLinks/") for name in members)
    try:
        workbook = load_workbook(file, read_only=True, keep_links=False)
        sheet = _only_sheet(workbook)
        for item in _lines(sheet):
            is_linked = is_linked and not isinstance(item, Problem)
            yield item
    except TableProblems:
        raise
    except _FAULTS as fault:
        raise unreadable() from fault
    if is_linked:
        raise from_elsewhere()


def _only_sheet(workbook: Any) -> Any:
    concealed = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    if concealed:
        raise hidden(concealed)
    filled = []
    for sheet in workbook.worksheets:
        # What a file says of a sheet's size need not be so.
        sheet.reset_dimensions()
        if any(cell.value is not None for row in sheet.iter_rows() for cell in row):
            filled.append(sheet)
    return alone(filled, lambda sheet: sheet.title) or workbook.worksheets[0]


def _lines(sheet: Any) -> Iterator[Line | Problem]:
    columns = Columns(sheet.title)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells: list[str] = []
        problems: list[Problem] = []
        for cell in row:
            try:
                cells.append(_text(cell))
            except CellRefused as refused:
                cells.append("")
                problems.append(at_cell(number, len(cells), sheet.title, refused))
        yield from columns.line(number, cells, problems)


def _text(cell: Any) -> str:
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        formula = str(getattr(value, "text", value))[:60]
        if "[" in formula:
            raise CellRefused(_("it takes its value from another file (%(formula)s)"), formula=formula)
        raise CellRefused(_("it holds a formula (%(formula)s). Paste the value instead"), formula=formula)
    if kind == "e":
        raise CellRefused(_("it holds an error (%(error)s)"), error=str(value)[:60])
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_text(value, cell.number_format)
    if isinstance(value, datetime.date | datetime.time):
        return date_text(value, cell.number_format)
    if isinstance(value, datetime.timedelta):
        raise CellRefused(_("it holds a time"))
    return str(value)
