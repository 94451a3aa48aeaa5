"""Columns as text, made in portions: CSV for programs, CSV for spreadsheets, JSON Lines.

The same columns and the same document give the same bytes. A code's name is looked up, quoted and escaped once, however
many rows have it; the rows themselves are put together by Arrow.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from portal.core.languages import CHINESE, ENGLISH, text
from portal.core.periods import period_label
from portal.core.spreadsheets import neutral
from portal.statistics.columns import BATCH, dimensions_of, single
from portal.statistics.status import status_label
from portal.statistics.units import unit_label

_HEADERS = {
    CHINESE: ("期別", "期別代碼", "項目", "數值", "單位", "狀態", "說明"),
    ENGLISH: ("Period", "Period code", "Measure", "Value", "Unit", "Status", "Note"),
}

Document = Mapping[str, Any]
Name = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its header, the column that it is made from and the one where that is empty, and what a code
    becomes; None for what stays as it is.
    """

    header: str
    source: str
    name: Name | None = None
    otherwise: str | None = None


def csv_portions(
    columns: pa.Table, document: Document, places: pa.Array | None = None, labels: str | None = None
) -> Iterator[bytes]:
    """CSV (RFC 4180, UTF-8, lines ended by a line feed) for programs: codes, exact values, both notes.

    ``places`` are the rows to write, None for all. With a language in ``labels`` each coded column is followed by one
    with the names of its codes (``<column>_label``).
    """
    return _csv(columns, places, _program_columns(document, labels))


def spreadsheet_portions(columns: pa.Table, document: Document, language: str) -> Iterator[bytes]:
    """CSV for spreadsheets: a byte order mark, headers and names in a language, periods as they are said and as codes.

    Texts that a spreadsheet would run as a formula are preceded by an apostrophe; numbers stay numbers.
    """
    yield b"\xef\xbb\xbf"
    yield from _csv(columns, None, spreadsheet_columns(document, language), clean=neutral)


def spreadsheet_rows(columns: pa.Table, document: Document, language: str) -> Iterator[Sequence[str | None]]:
    """The rows of the same table, for formats that have cells: texts, None for an empty one."""
    for cells in _portions(columns, None, spreadsheet_columns(document, language), lambda cell: cell):
        yield from zip(*(column.to_pylist() for column in cells), strict=True)


def json_lines(
    columns: pa.Table, document: Document, places: pa.Array | None = None, labels: str | None = None
) -> Iterator[bytes]:
    """JSON Lines: in each line an observation as the API shows it, without its proofs."""
    chosen = _json_columns(columns, document, labels)
    notes = [Column("", "note_zh", _json), Column("", "note_en", _json)]
    read = [*(column for _opening, column in chosen), *notes]
    for *cells, chinese, english in _portions(columns, places, read, lambda cell: cell):
        parts: list[Any] = []
        for (opening, _column), cell in zip(chosen, cells, strict=True):
            parts += [opening, pc.coalesce(cell, "null")]
        note = pc.binary_join_element_wise(
            '{"zh-Hant":', chinese, ',"en":', pc.coalesce(english, "null"), "}", "", null_handling="emit_null"
        )
        parts += ["}" if labels else "", ',"note":', pc.coalesce(note, "null"), "}\n"]
        yield _joined(parts, "")


def program_header(document: Document) -> list[str]:
    """The columns of the CSV for programs."""
    dimensions = [dimension["code"] for dimension in document["dimensions"]]
    return ["period", "measure", *dimensions, "value", "unit", "status", "note_zh", "note_en"]


def spreadsheet_columns(document: Document, language: str) -> list[Column]:
    """The columns of the files for spreadsheets."""
    names = _names(document, language)
    period, code, measure, value, unit, status, note = _HEADERS[language]
    notes = ("note_zh", None) if language == CHINESE else ("note_en", "note_zh")
    return [
        Column(period, "period", names["period"]),
        Column(code, "period"),
        Column(measure, "measure", names["measure"]),
        *(
            Column(text(dimension["label"], language), dimension["code"], names[dimension["code"]])
            for dimension in document["dimensions"]
        ),
        Column(value, "value"),
        Column(unit, "measure", names["unit"]),
        Column(status, "status", names["status"]),
        Column(note, notes[0], str, notes[1]),
    ]


def _program_columns(document: Document, labels: str | None) -> list[Column]:
    names = _names(document, labels or CHINESE)
    units = _units(document)
    chosen = []
    for header in program_header(document):
        source = "measure" if header == "unit" else header
        own = units.__getitem__ if header == "unit" else str if header.startswith("note_") else None
        chosen.append(Column(header, source, own))
        if labels and header in names:
            chosen.append(Column(f"{header}_label", source, names[header]))
    return chosen


def _json_columns(columns: pa.Table, document: Document, labels: str | None) -> list[tuple[str, Column]]:
    """What stands before a member's value in a line, and the column of the value's JSON."""
    dimensions = dimensions_of(columns)
    units = _units(document)
    chosen: list[tuple[str, Column]] = [('{"key":"', Column("", "measure"))]
    chosen += [(".", Column("", dimension)) for dimension in dimensions]
    chosen += [(".", Column("", "period"))]
    opening = '","{}":'
    for name in ("period", "measure", *dimensions):
        chosen.append((opening.format(name), Column("", name, _json)))
        opening = ',"{}":'
    chosen += [
        (',"value":', Column("", "value", _json)),
        (',"unit":', Column("", "measure", lambda code: _json(units[code]))),
        (',"status":', Column("", "status", _json)),
    ]
    opening = ',"labels":{{"{}":'
    for name, named in _names(document, labels).items() if labels else ():
        source = "measure" if name == "unit" else name
        chosen.append((opening.format(name), Column("", source, _json_of(named))))
        opening = ',"{}":'
    return chosen


def _units(document: Document) -> dict[str, str]:
    return {measure["code"]: measure["unit"] for measure in document["measures"]}


def _names(document: Document, language: str) -> dict[str, Name]:
    """Column → the name of one of its codes in a language; the unit's is that of a measure's."""
    measures = {measure["code"]: text(measure["label"], language) for measure in document["measures"]}
    units = _units(document)
    names: dict[str, Name] = {
        "period": lambda code: period_label(code, language),
        "measure": measures.__getitem__,
        "unit": lambda code: unit_label(units[code], language),
        "status": lambda code: status_label(code, language),
    }
    for dimension in document["dimensions"]:
        labels = {code["code"]: text(code["label"], language) for code in dimension["codes"]}
        names[dimension["code"]] = labels.__getitem__
    return names


def _csv(
    columns: pa.Table, places: pa.Array | None, chosen: Sequence[Column], clean: Name = lambda cell: cell
) -> Iterator[bytes]:
    header = io.StringIO(newline="")
    csv.writer(header, lineterminator="\n").writerow([clean(column.header) for column in chosen])
    yield header.getvalue().encode()
    for cells in _portions(columns, places, chosen, lambda cell: _quoted(clean(cell))):
        separated = [part for cell in cells for part in (cell, ",")]
        yield _joined([*separated[:-1], "\n"], "")


def _portions(
    columns: pa.Table, places: pa.Array | None, chosen: Sequence[Column], clean: Name
) -> Iterator[list[pa.Array]]:
    """The texts of the columns of a file, portion by portion. Names are made clean for the file; codes need not be."""
    coded = {
        (source, column.name)
        for column in chosen
        for source in (column.source, column.otherwise)
        if source and column.name and source != "value"
    }
    renamed = {
        (source, name): pa.array(
            [clean(name(code)) for code in single(columns, source).dictionary.to_pylist()], pa.string()
        )
        for source, name in coded
    }

    def texts(portion: pa.Table, source: str, name: Name | None) -> pa.Array:
        if name is not None and (source, name) in renamed:
            return pc.take(renamed[source, name], single(portion, source).indices)
        plain = portion.column(source).cast(pa.string()).combine_chunks()
        # Of all that is not coded only the value remains, whose JSON needs no escaping.
        return pc.binary_join_element_wise('"', plain, '"', "") if name is _json else plain

    for portion in _slices(columns, places):
        made = []
        for column in chosen:
            cells = texts(portion, column.source, column.name)
            if column.otherwise:
                cells = pc.coalesce(cells, texts(portion, column.otherwise, column.name))
            made.append(cells)
        yield made


def _slices(columns: pa.Table, places: pa.Array | None) -> Iterator[pa.Table]:
    total = columns.num_rows if places is None else len(places)
    for first in range(0, total, BATCH):
        yield columns.slice(first, BATCH) if places is None else columns.take(places.slice(first, BATCH))


def _joined(parts: Sequence[Any], empty: str) -> bytes:
    """Texts and columns of texts, row by row one after the other; ``empty`` for what is null."""
    lines = pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement=empty)
    return lines.buffers()[2].to_pybytes()[: pc.sum(pc.binary_length(lines)).as_py()]


def _quoted(cell: str) -> str:
    """A cell of CSV, quoted where it has to be."""
    if not any(character in cell for character in ',"\r\n'):
        return cell
    return '"{}"'.format(cell.replace('"', '""'))


def _json_of(name: Name) -> Name:
    return lambda code: _json(name(code))


def _json(value: str) -> str:
    return orjson.dumps(value).decode()
