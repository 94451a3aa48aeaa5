"""What stands in a dataset's form as its table: read once, with everything that is wrong about it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cms.base.context import TextContext
from cms.base.members import Items
from portal.statistics.csvtable import MAX_ROWS, read_csv
from portal.statistics.names import Names
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure, StructureError

#: Reads rows by a structure, with the names that may stand in place of its codes. Raises `TableProblems`.
_Reader = Callable[[Structure, Names], Spool]


@dataclass
class Entry:
    """A table as an editor has entered it.

    ``source`` is the field that it was entered in. ``rows`` is None where there are none to take: nothing was entered,
    or it has ``problems``, or the declared dimensions and measures can hold no table (``problem``).
    """

    source: str
    rows: Spool | None = None
    problems: list[Problem] = field(default_factory=list)
    problem: StructureError | None = None


def entered_text(page: Any, text: str) -> Entry:
    """The table in the box, by the structure that stands in the form."""
    entry = Entry("observations")
    if text.strip():
        lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
        _read(entry, page, lambda structure, names: read_csv(lines, structure, max_rows=MAX_ROWS, names=names))
    return entry


def _read(entry: Entry, page: Any, reader: _Reader) -> None:
    try:
        entry.rows = reader(page.structure(), _names(page))
    except StructureError as problem:
        entry.problem = problem
    except TableProblems as found:
        entry.problems = found.problems


def _names(page: Any) -> Names:
    context = TextContext()
    return Names(Items("dimensions").value(page, context), Items("measures").value(page, context))
