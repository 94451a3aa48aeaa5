"""The lines of an OpenDocument spreadsheet's only sheet (ODF 1.3, part 3, chapter 9), read one by one."""

import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree

from portal.core.periods import PeriodError, parse_period
from portal.statistics.periods import period_code
from portal.statistics.problems import Problem
from portal.statistics.reading import Line
from portal.statistics.uploads.cells import CellRefused, shown_number
from portal.statistics.uploads.packages import FAULTS, unreadable
from portal.statistics.uploads.sheets import Columns, alone, at_cell, from_elsewhere, hidden

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SHEET, _ROW, _SHEET_STYLE = f"{_TABLE}table", f"{_TABLE}table-row", f"{_STYLE}style"
#: What is looked at as a whole, and how many elements may be in it.
_WHOLE, _MOST_HELD = (_ROW, _SHEET_STYLE), 50_000
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
#: What stands in a sheet or a cell whose content is fetched from another file.
_SOURCES = (f"{_TABLE}table-source", f"{_TABLE}cell-range-source", f"{_OFFICE}dde-source")
#: Columns that a sheet may have; a cell may be repeated, and the empty ones at the end are, thousands of times.
_MOST_COLUMNS = 200


def ods_lines(archive: zipfile.ZipFile) -> Iterator[Line | Problem]:
    """Each line of the sheet that is not empty. ``archive`` is the file, looked through already.

    Formulas, errors and values that are not shown exactly are problems of their lines. Raises `TableProblems` for
    hidden sheets, several sheets that are not empty, links to other files, and what is no spreadsheet.
    """
    try:
        name = _only_sheet(archive)
        if name is not None:
            yield from _lines(archive, name)
    except (*FAULTS, etree.XMLSyntaxError, KeyError, UnicodeError) as fault:
        raise unreadable() from fault


def _elements(archive: zipfile.ZipFile) -> Iterator[tuple[str, Any]]:
    """The beginnings of sheets and the ends of all elements, as they are read. A line and a style keep what they hold
    until they end; all else is forgotten at once.
    """
    with archive.open("content.xml") as content:
        reader = etree.iterparse(
            content, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        held = 0
        for event, element in reader:
            if event == "start":
                held += held > 0 or element.tag in _WHOLE
                if held > _MOST_HELD:
                    raise unreadable()
                if element.tag == _SHEET:
                    yield event, element
                continue
            yield event, element
            if element.tag in _WHOLE:
                held = 0
            if not held:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _only_sheet(archive: zipfile.ZipFile) -> str | None:
    """The name of the only sheet that is not empty."""
    concealing: set[str] = set()
    concealed: list[str] = []
    filled: list[str] = []
    name = ""
    for event, element in _elements(archive):
        if event == "end" and element.tag == _SHEET_STYLE and _conceals(element):
            concealing.add(element.get(f"{_STYLE}name"))
        elif event == "start":
            name = element.get(f"{_TABLE}name", "")
            if element.get(f"{_TABLE}style-name") in concealing:
                concealed.append(name)
        elif element.tag in _SOURCES and element.getparent().tag == _SHEET:
            raise from_elsewhere()
        elif element.tag == _ROW and name not in filled and any(_is_filled(cell) for cell in element):
            filled.append(name)
    if concealed:
        raise hidden(concealed)
    return alone(filled, str)


def _conceals(style: Any) -> bool:
    return any(each.get(f"{_TABLE}display") == "false" for each in style.iter(f"{_STYLE}table-properties"))


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[Line | Problem]:
    columns = Columns(name)
    number, inside = 0, False
    for event, element in _elements(archive):
        if element.tag == _SHEET:
            inside = event == "start" and element.get(f"{_TABLE}name", "") == name
        elif inside and element.tag == _ROW:
            yield from _row(element, number + 1, name, columns)
            number += _repeated(element, "rows")


def _row(row: Any, number: int, sheet: str, columns: Columns) -> Iterator[Line | Problem]:
    cells: list[str] = []
    problems: list[Problem] = []
    for cell in row.iterchildren(*_CELLS):
        try:
            text = _text(cell)
        except CellRefused as refused:
            problems.append(at_cell(number, len(cells) + 1, sheet, refused))
            text = ""
        cells += [text] * min(_repeated(cell, "columns"), _MOST_COLUMNS)
        if len(cells) > _MOST_COLUMNS:
            break
    # Lines that are the same are written once; all but empty ones are lines of the table.
    times = _repeated(row, "rows") if problems or any(cells) else 0
    for place in range(times):
        yield from columns.line(number + place, cells, problems)


def _repeated(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", "1")))


def _is_filled(cell: Any) -> bool:
    return cell.tag in _CELLS and (cell.get(f"{_TABLE}formula") is not None or bool(_shown(cell).strip()))


def _text(cell: Any) -> str:
    formula = cell.get(f"{_TABLE}formula")
    if formula is not None:
        written = formula.removeprefix("of:")[:60]
        if "file:" in formula or "://" in formula:
            raise CellRefused(_("it takes its value from another file (%(formula)s)"), formula=written)
        raise CellRefused(_("it holds a formula (%(formula)s). Paste the value instead"), formula=written)
    if any(child.tag in _SOURCES for child in cell):
        raise CellRefused(_("it takes its value from another file (%(formula)s)"), formula="…")
    shown = _shown(cell)
    kind = cell.get(f"{_OFFICE}value-type")
    if cell.get(f"{_CALC}value-type") == "error":
        raise CellRefused(_("it holds an error (%(error)s)"), error=shown[:60])
    if kind in ("float", "currency"):
        return shown_number(_decimal(cell), shown)
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", ""), shown)
    if kind == "time":
        raise CellRefused(_("it holds a time"))
    return shown


def _decimal(cell: Any) -> Decimal:
    try:
        number = Decimal(cell.get(f"{_OFFICE}value", ""))
    except InvalidOperation:
        raise CellRefused(_("it holds no number")) from None
    if not number.is_finite():
        raise CellRefused(_("it holds no number"))
    return number


def _date(held: str, shown: str) -> str:
    """The code of the period that is shown, if it begins on the day that is held; the day where no period is shown."""
    day, _separator, moment = held.partition("T")
    if moment.strip("0:."):
        raise CellRefused(_("it holds a time"))
    code = period_code(shown)
    try:
        first = parse_period(code).start.isoformat()
    except PeriodError:
        return day
    if first != day:
        raise CellRefused(_("it holds the day %(day)s but does not show all of it"), day=day)
    return code


def _shown(cell: Any) -> str:
    """A cell's text on the screen: its paragraphs, without the comments that hang on it."""
    return "\n".join(_paragraph(child) for child in cell if child.tag == f"{_TEXT}p")


def _paragraph(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif isinstance(child.tag, str):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
