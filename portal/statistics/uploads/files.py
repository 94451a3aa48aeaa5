"""A table from a file, whatever kind of file it is. What the file is, its first bytes say, not its name."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.statistics.csvtable import read_csv
from portal.statistics.names import Names
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.reading import Line, read_table
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure
from portal.statistics.uploads.decoding import BIG5, encoding_of
from portal.statistics.uploads.ods import ods_lines
from portal.statistics.uploads.packages import opened, unreadable
from portal.statistics.uploads.xlsx import xlsx_lines

_ZIP = b"PK\x03\x04"
#: Workbooks of Excel 2003 and before, and every workbook with a password.
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class Limits:
    """How many observations a file may have, as CSV and as a spreadsheet."""

    csv_rows: int
    sheet_rows: int


@dataclass(frozen=True)
class Upload:
    """A table that was read from a file, and what was done to the file before it could be."""

    rows: Spool
    notices: list[Promise] = field(default_factory=list)


def read_file(file: BinaryIO, structure: Structure, names: Names, limits: Limits) -> Upload:
    """The table of a CSV, XLSX or ODS file, in constant memory (but for the texts of a spreadsheet).

    ``names`` are what may stand in place of codes. Raises `TableProblems`; the lines of a spreadsheet are its own.
    """
    file.seek(0)
    head = file.read(8)
    if head == _OLE:
        text = _("The file has a password, or is of Excel 2003 or before. Save it as .xlsx or .ods without a password.")
        raise TableProblems([Problem(0, None, text)])
    if head.startswith(_ZIP):
        with opened(file) as archive:
            members = archive.namelist()
            if "xl/workbook.xml" in members:
                lines: Iterator[Line | Problem] = xlsx_lines(file, archive)
            elif "mimetype" in members and archive.read("mimetype").strip() == _ODS:
                lines = ods_lines(archive)
            else:
                raise unreadable()
            return Upload(read_table(lines, structure, max_rows=limits.sheet_rows, names=names))
    encoding = encoding_of(file)
    file.seek(0)
    text_file = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        rows = read_csv(text_file, structure, max_rows=limits.csv_rows, names=names)
    finally:
        # The file stays open, for whoever opened it.
        text_file.detach()
    big5 = _("The file is in Big5 (CP950), not UTF-8. It was converted; look at its Chinese texts.")
    return Upload(rows, [big5] if encoding == BIG5 else [])
