"""What writes tables."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.statistics.cells import read_cells, write_cells
from portal.statistics.columns import to_columns
from portal.statistics.digest import table_digest
from portal.statistics.kept import store
from portal.statistics.models import Table
from portal.statistics.problems import Problem, TableProblems
from portal.statistics.rows import Row, in_order
from portal.statistics.structure import Structure


def ensure_table(rows: Iterable[Row], *, structure: Structure) -> Table:
    """The table that holds these rows: the one that is there, or a new one, written whole or not at all.

    Raises `TableProblems` for rows that the structure does not allow, or that stand there twice; a problem's
    line is the row's place, from 1.
    """
    checked = _checked(rows, structure)
    digest = table_digest(checked, structure)
    existing = Table.objects.filter(digest=digest).first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            dimensions = structure.dimension_codes
            table = store(digest, to_columns(in_order(checked, structure), dimensions), dimensions)
    except IntegrityError:
        # Another process has written the same table since we looked.
        return Table.objects.get(digest=digest)
    return table


def _checked(rows: Iterable[Row], structure: Structure) -> list[Row]:
    checked: dict[str, Row] = {}
    problems: list[Problem] = []
    columns = set(structure.columns)
    for place, row in enumerate(rows, start=1):
        cells = write_cells(row)
        if cells.keys() != columns:
            text = _("The row's dimensions are not those that are declared: %(dimensions)s.")
            problems.append(Problem(place, None, text, {"dimensions": ", ".join(structure.dimension_codes)}))
            continue
        read, complaints = read_cells(cells, structure)
        problems += [Problem(place, column, text, params) for column, text, params in complaints]
        if read is None:
            continue
        if read.key in checked:
            problems.append(Problem(place, None, _("The observation %(key)s stands there twice."), {"key": read.key}))
        checked[read.key] = read
    if problems:
        raise TableProblems(problems)
    return list(checked.values())
