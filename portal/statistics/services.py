"""What writes tables."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.statistics.cells import CellReader, write_cells
from portal.statistics.columns import to_columns
from portal.statistics.digest import table_digest
from portal.statistics.kept import store
from portal.statistics.models import Table
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.rows import Row
from portal.statistics.spool import Spool
from portal.statistics.structure import Structure


def ensure_table(rows: Iterable[Row], *, structure: Structure) -> Table:
    """The table that holds these rows: the one that is there, or a new one, written whole or not at all.

    However many there are, they are held outside memory, and then as columns. The rows of a spool were checked when it
    was filled. Raises `TableProblems` for rows that the structure does not allow, or that stand there twice; a
    problem's line is the row's place, from 1.
    """
    spool = rows if isinstance(rows, Spool) and rows.structure == structure else checked(rows, structure)
    digest = table_digest(spool, structure)
    existing = Table.objects.filter(digest=digest).first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            dimensions = structure.dimension_codes
            table = store(digest, to_columns(spool, dimensions), dimensions)
    except IntegrityError:
        # Another process has written the same table since we looked.
        return Table.objects.get(digest=digest)
    return table


def checked(rows: Iterable[Row], structure: Structure) -> Spool:
    """These rows, as their cells are read. Raises `TableProblems` as `ensure_table` does."""
    spool, reader = Spool(structure), CellReader(structure)
    problems: list[Problem] = []
    columns = set(structure.columns)
    for place, row in enumerate(rows, start=1):
        cells = write_cells(row)
        if cells.keys() != columns:
            text = _("The row's dimensions are not those that are declared: %(dimensions)s.")
            problems.append(Problem(place, None, text, {"dimensions": ", ".join(structure.dimension_codes)}))
            continue
        read, complaints = reader.read(cells)
        problems += [Problem(place, column, text, params) for column, text, params in complaints]
        if read is not None:
            spool.add(read, place)
    repeated = _("The observation %(key)s stands there twice.")
    problems += [Problem(place, None, repeated, {"key": key}) for place, key, _first in spool.repeated()]
    if problems:
        raise TableProblems(sorted(problems, key=lambda problem: problem.line))
    return spool
