"""The criteria by which the national platform tests a dataset (資料品質檢測): before it is handed over, whether its
metadata is whole and its files are structured, in the stated encoding, and with the columns that their description
names; afterwards, whether the links lead to the files. Texts are in the active language.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.opendata import datagovtw
from portal.opendata.distributions import File
from portal.opendata.entries import Entry
from portal.opendata.fields import fields
from portal.publication.files import storage

#: Bytes of a file that are looked at.
_LOOKED_AT = 64 * 1024
_TEXT = frozenset({"csv", "json", "jsonl"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion by the platform's own name, what it is called, and what is wrong; empty where it is met."""

    code: str
    label: str
    problems: Sequence[str]

    @property
    def is_met(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def preflight(entry: Entry) -> list[Finding]:
    """What the platform would say of a dataset. Reads the beginnings of its files."""
    files = [file for file in entry.files if file.format.code != "csvw"]
    absent = [file for file in files if not _is_there(file)]
    texts = {file: _beginning(file) for file in files if file not in absent and file.format.extension in _TEXT}
    tables = {file: _rows(file, text) for file, text in texts.items() if text and file.format.extension == "csv"}
    return [
        Finding("metadata", _("Metadata"), [_("Not stated: %(name)s.") % {"name": each} for each in _empty(entry)]),
        Finding("structure", _("Structure"), _structural(tables)),
        Finding(
            "encoding_match",
            _("Encoding"),
            [_("%(file)s is not UTF-8.") % {"file": file.filename} for file, text in texts.items() if text is None],
        ),
        Finding(
            "desc_match",
            _("Field descriptions"),
            [
                _("The columns of %(file)s are not those that are described.") % {"file": file.filename}
                for file, rows in tables.items()
                if rows[0] != [each.name for each in fields(file.format, entry.record)]
            ],
        ),
        Finding(
            "linkable",
            _("Links"),
            [_("%(file)s cannot be had.") % {"file": file.filename} for file in absent]
            or ([] if files else [_("There are no files yet.")]),
        ),
    ]


def _empty(entry: Entry) -> list[str]:
    made = datagovtw.metadata(entry)
    return [str(label) for name, label in datagovtw.REQUIRED.items() if not made[name]]


def _structural(tables: Mapping[File, Sequence[Sequence[str]]]) -> list[str]:
    """There has to be a table, and every line of it has as many cells as its header."""
    if not tables:
        return [_("There is no table that programs can read.")]
    ragged = [file for file, rows in tables.items() if len({len(row) for row in rows}) > 1]
    return [
        _("Not every line of %(file)s has as many cells as its header.") % {"file": file.filename} for file in ragged
    ]


def _is_there(file: File) -> bool:
    return storage().exists(file.stored) and storage().size(file.stored) == file.size


def _beginning(file: File) -> str | None:
    """The first lines of a file, without a byte order mark; None where they are not UTF-8."""
    with storage().open(file.stored) as source:
        content = source.read(_LOOKED_AT)
    if file.size > _LOOKED_AT:
        content = content[: content.rfind(b"\n") + 1]
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _rows(file: File, text: str) -> list[list[str]]:
    """The first rows of a CSV file. The last one is left away where the file goes on: a cell may have several lines."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return rows[:-1] if file.size > _LOOKED_AT else rows
