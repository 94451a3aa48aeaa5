"""Which rows of a table are meant, and in which order: places in columns."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypedDict, Unpack

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext_lazy as _

from portal.core.periods import parse_period
from portal.statistics.cells import DECIMAL_PLACES, WHOLE_DIGITS
from portal.statistics.columns import dimensions_of, matching, single
from portal.statistics.structure import StructureError

#: The orders besides the table's own; ``-`` is the greater first. What is missing comes last in both.
SORTS = ("period", "-period", "value", "-value")
_DECIMAL = pa.decimal128(WHOLE_DIGITS + DECIMAL_PLACES, DECIMAL_PLACES)


class Selection(TypedDict, total=False):
    """Which observations: ``filters`` maps dimensions to codes, ``period`` is a code, ``from_`` and ``to``
    select by overlap of days.
    """

    filters: Mapping[str, str]
    measure: str | None
    period: str | None
    from_: date | None
    to: date | None


def places(columns: pa.Table, **selection: Unpack[Selection]) -> pa.Array | None:
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


def place_of(columns: pa.Table, key: str) -> pa.Array:
    """The place of the row with a key, in an array; an empty one where there is none."""
    names = ("measure", *dimensions_of(columns), "period")
    parts = key.split(".")
    if len(parts) != len(names):
        return pa.array([], pa.uint64())
    found = matching(columns, {name: _is(part) for name, part in zip(names, parts, strict=True)})
    return pa.array([], pa.uint64()) if found is None else found


def in_sequence(columns: pa.Table, found: pa.Array | None, sort: str) -> pa.Array:
    """The same places in another order, one of `SORTS`; rows that are equal in it stay in the table's order."""
    descending = sort.startswith("-")
    if sort.removeprefix("-") == "period":
        coded = single(columns, "period")
        numbers: pa.Array = pc.take(_ranks(coded.dictionary.to_pylist()), coded.indices)
    else:
        numbers = decimals(columns)
    if found is not None:
        numbers = pc.take(numbers, found)
    order = "descending" if descending else "ascending"
    places_of_numbers = pc.array_sort_indices(numbers, order=order, null_placement="at_end")
    return places_of_numbers if found is None else pc.take(found, places_of_numbers)


def decimals(columns: pa.Table) -> pa.Array:
    """The values as exact decimals; null where missing."""
    return columns.column("value").combine_chunks().cast(_DECIMAL)


def _ranks(codes: Sequence[str]) -> pa.Array:
    periods = {code: parse_period(code) for code in codes}
    ordered = {code: rank for rank, code in enumerate(sorted(periods, key=lambda code: periods[code]))}
    return pa.array([ordered[code] for code in codes], pa.int32())


def _is(code: str) -> Callable[[str], bool]:
    return lambda other: other == code


def _is_within(code: str, period: str | None, first: date | None, last: date | None) -> bool:
    if period is not None and code != period:
        return False
    days = parse_period(code)
    return (first is None or days.end >= first) and (last is None or days.start <= last)
