"""What reads tables. A digest that no table has raises `Table.DoesNotExist`."""

import bisect
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

import pyarrow as pa
from django.utils.translation import gettext_lazy as _

from portal.core.periods import parse_period
from portal.statistics.columns import dimensions_of, matching, to_rows
from portal.statistics.kept import columns_of
from portal.statistics.models import Table
from portal.statistics.rows import Row
from portal.statistics.series import EVERY, Series
from portal.statistics.structure import StructureError


class Selection(TypedDict, total=False):
    """Which observations: ``filters`` maps dimensions to codes, ``period`` is a code, ``from_`` and ``to``
    select by overlap of days.
    """

    filters: Mapping[str, str]
    measure: str | None
    period: str | None
    from_: date | None
    to: date | None


def table(digest: str) -> Table:
    """The table of a digest."""
    return Table.objects.get(digest=digest)


def exists(digest: str) -> bool:
    """Whether there is a table of this digest."""
    return Table.objects.filter(digest=digest).exists()


def observations(
    digest: str, *, limit: int, after: int | None = None, **selection: Unpack[Selection]
) -> tuple[list[Row], int | None]:
    """One page of rows in the table's order, and the ``after`` of the next page (None if there is none).

    ``after`` is a row's place in the table, so that a late page costs what the first does. Raises
    `StructureError` for an unknown dimension.
    """
    columns = columns_of(digest)
    found = selected(columns, **selection)
    first = 0 if after is None else after + 1
    if found is None:
        shown: Any = columns.slice(first, limit)
        return list(to_rows(shown)), first + limit - 1 if first + limit < columns.num_rows else None
    begin = bisect.bisect_left(found, first, key=_number)
    places = found.slice(begin, limit)
    next_after = places[-1].as_py() if begin + limit < len(found) else None
    return list(to_rows(columns.take(places))), next_after


def previous_after(digest: str, *, limit: int, after: int, **selection: Unpack[Selection]) -> int | None:
    """The ``after`` of the page before the one that ``after`` gives; None if that is the first page."""
    columns = columns_of(digest)
    found = selected(columns, **selection)
    before = min(after + 1, columns.num_rows) if found is None else bisect.bisect_right(found, after, key=_number)
    place = before - 1 - limit
    if place < 0:
        return None
    return place if found is None else found[place].as_py()


def count(digest: str, **selection: Unpack[Selection]) -> int:
    """How many rows are selected."""
    columns = columns_of(digest)
    found = selected(columns, **selection)
    return columns.num_rows if found is None else len(found)


def every_row(digest: str) -> Iterator[Row]:
    """All rows of a table in its order, made in portions."""
    return to_rows(columns_of(digest))


def of_series(digest: str, series: Series) -> list[Row]:
    """The observations of a series, open codes included, in the table's order.

    The digest's table has to have the series' dimensions: a document's own table has those that it declares.
    """
    columns = columns_of(digest)
    codes = dict(zip(dimensions_of(columns), series.codes, strict=True))
    chosen = {dimension: code for dimension, code in codes.items() if code != EVERY}
    found = selected(columns, filters=chosen, measure=series.measure)
    return list(to_rows(columns.take(found)))


def observation(digest: str, key: str) -> Row | None:
    """The row with a key; None if the table has none."""
    columns = columns_of(digest)
    names = ("measure", *dimensions_of(columns), "period")
    parts = key.split(".")
    if len(parts) != len(names):
        return None
    found = matching(columns, {name: _is(part) for name, part in zip(names, parts, strict=True)})
    return next(to_rows(columns.take(found)), None)


def selected(columns: pa.Table, **selection: Unpack[Selection]) -> pa.Array | None:
    """The places of the selected rows, ascending; None for all. Raises `StructureError` for an unknown dimension."""
    filters = selection.get("filters") or {}
    dimensions = dimensions_of(columns)
    wanted: dict[str, Callable[[str], bool]] = {}
    for dimension, code in filters.items():
        if dimension not in dimensions:
            raise StructureError(_("The table has no dimension “%(code)s”."), code=dimension)
        wanted[dimension] = _is(code)
    if (measure := selection.get("measure")) is not None:
        wanted["measure"] = _is(measure)
    period, first, last = selection.get("period"), selection.get("from_"), selection.get("to")
    if period is not None or first is not None or last is not None:
        wanted["period"] = lambda code: _is_within(code, period, first, last)
    return matching(columns, wanted)


def _is(code: str) -> Callable[[str], bool]:
    return lambda other: other == code


def _is_within(code: str, period: str | None, first: date | None, last: date | None) -> bool:
    if period is not None and code != period:
        return False
    days = parse_period(code)
    return (first is None or days.end >= first) and (last is None or days.start <= last)


def _number(place: Any) -> int:
    return place.as_py()
