"""A version of a dataset as ODS and XLSX: one sheet, a header, names in a language, numbers as numbers.

Both are written as a stream. Texts are texts in both formats, so nothing in them is ever run as a formula. A number of
more than fifteen digits is written as text: spreadsheets would round it.
"""

import datetime
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
import xlsxwriter

from portal.core.languages import text
from portal.statistics.export import spreadsheet_columns, spreadsheet_rows
from portal.statistics.rounding import places_of

ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Digits that the numbers of a spreadsheet keep.
_EXACT = 15
#: The earliest that a ZIP file can say: a file must not tell when it was made.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("meta", "meta"))
)
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_ods(path: Path, columns: pa.Table, version: Mapping[str, Any], language: str) -> None:
    """Write an OpenDocument spreadsheet (ISO/IEC 26300)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), ODS)
        archive.writestr(_entry("META-INF/manifest.xml"), _manifest())
        archive.writestr(_entry("meta.xml"), _meta(version, language))
        with archive.open(_entry("content.xml"), "w") as content:
            for portion in _content(columns, version, language):
                content.write(portion.encode())


def write_xlsx(path: Path, columns: pa.Table, version: Mapping[str, Any], language: str) -> None:
    """Write an Office Open XML workbook (ISO/IEC 29500)."""
    chosen = spreadsheet_columns(version, language)
    numeric = _value_place(version)
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    properties = {"title": text(version["title"], language), "created": datetime.datetime(*_EPOCH)}
    workbook.set_properties({**properties, "comments": _about(version)})
    sheet = workbook.add_worksheet(_sheet_name(version))
    formats: dict[int, Any] = {}
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(chosen):
        sheet.write_string(0, place, column.header, bold)
    for number, row in enumerate(spreadsheet_rows(columns, version, language), start=1):
        for place, cell in enumerate(row):
            if not cell:
                continue
            if place == numeric and _is_exact(cell):
                places = places_of(cell)
                if places not in formats:
                    decimals = f".{'0' * places}" if places else ""
                    formats[places] = workbook.add_format({"num_format": f"#,##0{decimals}"})
                sheet.write_number(number, place, float(cell), formats[places])
            else:
                sheet.write_string(number, place, cell)
    workbook.close()


def _content(columns: pa.Table, version: Mapping[str, Any], language: str) -> Iterator[str]:
    chosen = spreadsheet_columns(version, language)
    numeric = _value_place(version)
    yield f'{_OPENING}<office:document-content {_NAMESPACES} office:version="1.3"><office:body><office:spreadsheet>'
    yield f"<table:table table:name={quoteattr(_sheet_name(version))}>"
    yield f'<table:table-column table:number-columns-repeated="{len(chosen)}"/>'
    yield f"<table:table-header-rows>{_row([column.header for column in chosen], None)}</table:table-header-rows>"
    for row in spreadsheet_rows(columns, version, language):
        yield _row(row, numeric)
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _row(cells: Sequence[str | None], numeric: int | None) -> str:
    made = []
    for place, cell in enumerate(cells):
        if not cell:
            made.append("<table:table-cell/>")
            continue
        paragraphs = "".join(f"<text:p>{_escaped(line)}</text:p>" for line in cell.split("\n"))
        kind = f'"float" office:value="{cell}"' if place == numeric and _is_exact(cell) else '"string"'
        made.append(f"<table:table-cell office:value-type={kind}>{paragraphs}</table:table-cell>")
    return f"<table:table-row>{''.join(made)}</table:table-row>"


def _escaped(line: str) -> str:
    """A line for ODF, where runs of blanks count as one and tabs have an element of their own."""
    return escape(line).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media_type}"/>'
        for name, media_type in (("/", ODS), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    opening = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    return f'{_OPENING}{opening} manifest:version="1.3">{entries}</manifest:manifest>'


def _meta(version: Mapping[str, Any], language: str) -> str:
    title = escape(text(version["title"], language))
    return (
        f'{_OPENING}<office:document-meta {_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'office:version="1.3"><office:meta><dc:title>{title}</dc:title>'
        f"<dc:description>{escape(_about(version))}</dc:description>"
        f"<dc:language>{language}</dc:language></office:meta></office:document-meta>"
    )


def _about(version: Mapping[str, Any]) -> str:
    """Where the figures come from, in words that every reader of the file can follow up."""
    return f"{version['uid']} v{version['version']}, {version['published_at']}, {version['licence']}"


def _sheet_name(version: Mapping[str, Any]) -> str:
    return f"v{version['version']}"


def _value_place(version: Mapping[str, Any]) -> int:
    """Which column has the values: after the period, its code, the measure and the dimensions."""
    return 3 + len(version["dimensions"])


def _is_exact(value: str) -> bool:
    return len(value.replace("-", "").replace(".", "").lstrip("0")) <= _EXACT


def _entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = compression
    return entry
