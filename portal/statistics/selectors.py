"""What reads tables. A digest that no table has raises `Table.DoesNotExist`."""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Unpack

import pyarrow as pa

from portal.statistics.columns import dimensions_of, to_rows
from portal.statistics.kept import columns_of
from portal.statistics.models import Table
from portal.statistics.rows import Row
from portal.statistics.selecting import Selection, in_sequence, place_of, places
from portal.statistics.series import EVERY, Series


def table(digest: str) -> Table:
    """The table of a digest."""
    return Table.objects.get(digest=digest)


def exists(digest: str) -> bool:
    """Whether there is a table of this digest."""
    return Table.objects.filter(digest=digest).exists()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of selected rows: how many there are in all, and the ``after`` of the next page and of the one before;
    None where there is none, and where that is the first one.
    """

    rows: list[Row]
    count: int
    next_after: int | None
    previous_after: int | None


def page(
    digest: str, *, limit: int, after: int | None = None, sort: str | None = None, **selection: Unpack[Selection]
) -> Page:
    """One page of rows in the table's order or another (`portal.statistics.selecting.SORTS`).

    ``after`` is a row's place in the table, or in the sorted sequence of the selected rows; a table never changes, so
    it stays good, and a late page costs what the first does. Raises `StructureError` for an unknown dimension.
    """
    columns, found = selected(digest, sort=sort, **selection)
    total = columns.num_rows if found is None else len(found)
    # Where the table's own order has holes, places in it are looked up among those that are selected.
    marks = found if sort is None else None
    if after is None:
        begin = 0
    else:
        begin = min(after + 1, total) if marks is None else bisect.bisect_right(marks, after, key=_number)
    rows = columns.slice(begin, limit) if found is None else columns.take(found.slice(begin, limit))

    def mark(position: int) -> int | None:
        if position < 0:
            return None
        return position if marks is None else marks[position].as_py()

    return Page(
        rows=list(to_rows(rows)),
        count=total,
        next_after=mark(begin + limit - 1) if begin + limit < total else None,
        previous_after=mark(begin - 1 - limit),
    )


def observations(
    digest: str, *, limit: int, after: int | None = None, sort: str | None = None, **selection: Unpack[Selection]
) -> tuple[list[Row], int | None]:
    """The rows of a page, and the ``after`` of the next one."""
    found = page(digest, limit=limit, after=after, sort=sort, **selection)
    return found.rows, found.next_after


def selected(
    digest: str, *, sort: str | None = None, **selection: Unpack[Selection]
) -> tuple[pa.Table, pa.Array | None]:
    """The columns of a table and the places of the selected rows in order; None for all in the table's order."""
    columns = columns_of(digest)
    found = places(columns, **selection)
    return columns, found if sort is None else in_sequence(columns, found, sort)


def every_row(digest: str) -> Iterator[Row]:
    """All rows of a table in its order, made in portions."""
    return to_rows(columns_of(digest))


def of_series(digest: str, series: Series, *, period: str | None = None) -> list[Row]:
    """The observations of a series, open codes included, in the table's order; of one period, if it is given.

    The digest's table has to have the series' dimensions: a document's own table has those that it declares.
    """
    columns = columns_of(digest)
    codes = dict(zip(dimensions_of(columns), series.codes, strict=True))
    chosen = {dimension: code for dimension, code in codes.items() if code != EVERY}
    return list(to_rows(columns.take(places(columns, filters=chosen, measure=series.measure, period=period))))


def observation(digest: str, key: str) -> Row | None:
    """The row with a key; None if the table has none."""
    columns = columns_of(digest)
    return next(to_rows(columns.take(place_of(columns, key))), None)


def with_keys(digest: str, keys: Iterable[str]) -> list[Row]:
    """The rows with these keys, in their order; of those that there are."""
    columns = columns_of(digest)
    return [row for key in keys for row in to_rows(columns.take(place_of(columns, key)))]


def is_among_first(digest: str, key: str, limit: int) -> bool:
    """Whether the row with a key is one of the first of its table."""
    return any(_number(place) < limit for place in place_of(columns_of(digest), key))


def _number(place: Any) -> int:
    return place.as_py()
