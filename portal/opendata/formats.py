"""The formats in which a version of a dataset is given, and what makes each.

The same version and the same versions of the libraries make the same bytes: nothing in a file depends on when or where
it was made.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from portal.core.languages import CHINESE, ENGLISH
from portal.opendata import csvw, parquet, spreadsheets
from portal.statistics.export import csv_portions, json_lines, spreadsheet_portions

#: Rows that a spreadsheet file has at most.
SPREADSHEET_ROWS = 100_000

Version = Mapping[str, Any]
Write = Callable[[Path, pa.Table, Version], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its code, media type, extension and language (None where the file has codes and both languages), how a
    file is written, and how many rows it can have (None: any number).
    """

    code: str
    media_type: str
    extension: str
    language: str | None
    write: Write
    most_rows: int | None = None

    def filename(self, version: Version) -> str:
        """What the file of a version is called when it is saved."""
        slug = version["uid"].partition(":")[2]
        suffix = f"-{self.language.lower()}" if self.language else ""
        return f"{slug}-v{version['version']}{suffix}.{self.extension}"


def _portions(made: Callable[[pa.Table, Version], Iterator[bytes]]) -> Write:
    def write(path: Path, columns: pa.Table, version: Version) -> None:
        with path.open("wb") as file:
            file.writelines(made(columns, version))

    return write


def _json(columns: pa.Table, version: Version) -> Iterator[bytes]:
    """One JSON document: what the dataset is, and its observations as the API shows them, one per line."""
    told = ("uid", "version", "published_at", "title", "summary", "dimensions", "measures", "coverage", "licence")
    about = {name: version[name] for name in (*told, "notes", "source")}
    yield json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()[:-1] + b',"observations":[\n'
    before = b""
    for portion in json_lines(columns, version):
        yield before + portion.rstrip(b"\n").replace(b"\n", b",\n")
        before = b",\n"
    yield b"\n]}\n"


def _in_language(language: str) -> tuple[Format, ...]:
    """The formats for spreadsheets, with the names of a language."""
    tag = language.lower()

    def csv(columns: pa.Table, version: Version) -> Iterator[bytes]:
        return spreadsheet_portions(columns, version, language)

    def ods(path: Path, columns: pa.Table, version: Version) -> None:
        spreadsheets.write_ods(path, columns, version, language)

    def xlsx(path: Path, columns: pa.Table, version: Version) -> None:
        spreadsheets.write_xlsx(path, columns, version, language)

    return (
        Format(f"csv-{tag}", "text/csv", "csv", language, _portions(csv)),
        Format(f"ods-{tag}", spreadsheets.ODS, "ods", language, ods, SPREADSHEET_ROWS),
        Format(f"xlsx-{tag}", spreadsheets.XLSX, "xlsx", language, xlsx, SPREADSHEET_ROWS),
    )


#: Code → format, in the order in which they are offered.
FORMATS: dict[str, Format] = {
    each.code: each
    for each in (
        Format("csv", "text/csv", "csv", None, _portions(csv_portions)),
        *_in_language(CHINESE),
        *_in_language(ENGLISH),
        Format("json", "application/json", "json", None, _portions(_json)),
        Format("jsonl", "application/jsonl", "jsonl", None, _portions(json_lines)),
        Format("parquet", "application/vnd.apache.parquet", "parquet", None, parquet.write),
        # It names the CSV, and so comes after it.
        Format("csvw", "application/csvm+json", "csv-metadata.json", None, csvw.write),
    )
}


def offered(rows: int) -> list[Format]:
    """The formats of a table with so many rows."""
    return [each for each in FORMATS.values() if each.most_rows is None or rows <= each.most_rows]


def left_out(rows: int) -> list[Format]:
    """The formats that so many rows are too many for."""
    return [each for each in FORMATS.values() if each not in offered(rows)]
