"""What stands in a dataset's form as its table: read once, with everything that is wrong about it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise

from cms.base.context import TextContext
from cms.base.members import Items
from portal.statistics.csvtable import MAX_ROWS, read_csv
from portal.statistics.names import Names
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.selectors import every_row
from portal.statistics.services import checked
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure, StructureError
from portal.statistics.uploads.files import Limits, read_file

#: Reads rows by a structure, with the names that may stand in place of its codes. Raises `TableProblems`.
_Reader = Callable[[Structure, Names], Spool]


@dataclass
class Entry:
    """A table as an editor has entered it.

    ``source`` is the field that it was entered in. ``rows`` is None where there are none to take: nothing was entered,
    or it has ``problems``, or the declared dimensions and measures can hold no table (``problem``), or the stored table
    stays (``is_kept``). ``notices`` say what was done to a file before it could be read.
    """

    source: str
    rows: Spool | None = None
    problems: list[Problem] = field(default_factory=list)
    problem: StructureError | None = None
    notices: list[Promise] = field(default_factory=list)
    is_kept: bool = False


def entered_text(page: Any, text: str) -> Entry:
    """The table in the box, by the structure that stands in the form."""
    entry = Entry("observations")
    if text.strip():
        lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
        _read(entry, page, lambda structure, names: read_csv(lines, structure, max_rows=MAX_ROWS, names=names))
    return entry


def entered_file(page: Any, file: UploadedFile) -> Entry:
    """The table in a file."""
    entry = Entry("table_file")

    def read(structure: Structure, names: Names) -> Spool:
        limits = Limits(settings.DATASET_CSV_MAX_ROWS, settings.DATASET_SHEET_MAX_ROWS)
        upload = read_file(file.file, structure, names, limits)
        entry.notices = upload.notices
        return upload.rows

    _read(entry, page, read)
    return entry


def kept(page: Any, declared: Structure | None) -> Entry:
    """The table that the page has. Where another structure is ``declared`` than before, its rows are read again by the
    one that stands in the form.
    """
    entry = Entry("dimensions", is_kept=True)
    if page.table_digest and structure_of(page) != declared:
        _read(entry, page, lambda structure, _names: checked(every_row(page.table_digest), structure))
    return entry


def _read(entry: Entry, page: Any, reader: _Reader) -> None:
    context = TextContext()
    names = Names(Items("dimensions").value(page, context), Items("measures").value(page, context))
    try:
        entry.rows = reader(page.structure(), names)
    except StructureError as problem:
        entry.problem = problem
    except TableProblems as found:
        entry.problems = found.problems


def structure_of(page: Any) -> Structure | None:
    """What a page declares; None where that can hold no observations."""
    try:
        return page.structure()
    except StructureError:
        return None
