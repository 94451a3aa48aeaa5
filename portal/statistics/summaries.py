"""Sums, means and counts of observations, by codes. Exact: values are decimals, never binary fractions.

Every summary is by measure as well, since persons and dollars can't be added. A sum has as many decimal places as the
most exact of what it adds; a mean is rounded half up to `MEAN_PLACES`, with no zeros at its end. Missing values are
left out and counted apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from portal.statistics.rounding import HALF_UP, rounded
from portal.statistics.selecting import decimals

AGGREGATES = ("sum", "mean", "count")
MEAN_PLACES = 10
#: Digits that a sum of a million of the longest values needs.
_WIDE = pa.decimal256(76, 10)


@dataclass(frozen=True, slots=True)
class Group:
    """What some observations come to: the codes that they share, in the order asked for, the value as a decimal text
    (None where all are missing), how many have a value and how many are missing.
    """

    measure: str
    codes: tuple[str, ...]
    value: str | None
    observations: int
    missing: int


def summarise(columns: pa.Table, places: pa.Array | None, by: Sequence[str], aggregate: str) -> list[Group]:
    """The groups of the rows at these places (None for all), in the order in which the table has them first."""
    chosen = columns if places is None else columns.take(places)
    if not chosen.num_rows:
        return []
    values = decimals(chosen)
    scale = pc.subtract(pc.binary_length(_text(chosen)), pc.add(pc.find_substring(_text(chosen), "."), 1))
    has_point = pc.match_substring(_text(chosen), ".")
    names = ["measure", *by]
    table = pa.table(
        {
            **{f"by{number}": chosen.column(name).cast(pa.string()) for number, name in enumerate(names)},
            "value": values.cast(_WIDE),
            "scale": pc.if_else(has_point, scale, 0),
            "place": pa.array(range(chosen.num_rows), pa.int64()),
        }
    )
    keys = [f"by{number}" for number in range(len(names))]
    grouped = table.group_by(keys).aggregate(
        [
            ("value", "sum"),
            ("value", "count"),
            ("scale", "max"),
            ("place", "min"),
            ("place", "count"),
        ]
    )
    return [
        Group(
            row["by0"],
            tuple(row[key] for key in keys[1:]),
            _value(aggregate, row["value_sum"], row["value_count"], row["scale_max"]),
            row["value_count"],
            row["place_count"] - row["value_count"],
        )
        for row in grouped.sort_by("place_min").to_pylist()
    ]


def _value(aggregate: str, total: Decimal | None, number: int, scale: int | None) -> str | None:
    if aggregate == "count":
        return str(number)
    if total is None or not number:
        return None
    if aggregate == "mean":
        mean = f"{rounded(Fraction(total) / number, MEAN_PLACES, HALF_UP):f}"
        return mean.rstrip("0").removesuffix(".")
    return f"{rounded(Fraction(total), scale or 0, HALF_UP):f}"


def _text(columns: pa.Table) -> pa.Array:
    return columns.column("value").combine_chunks()
