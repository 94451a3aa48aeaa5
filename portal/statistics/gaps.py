"""Gaps: periods for which a series has no observation although it could be expected to have one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from portal.core.periods import HALF_YEAR, MONTH, QUARTER, YEAR, Period
from portal.statistics.periods import chain, known_period
from portal.statistics.rows import Row
from portal.statistics.series import Series

#: How often a dataset is published → the kind of period that it then has without a break.
STEPS = {"monthly": MONTH, "quarterly": QUARTER, "half-yearly": HALF_YEAR, "yearly": YEAR}
#: So many periods of a chain are expected: a typing error in a year must not make thousands.
_LONGEST_CHAIN = 1200


@dataclass(frozen=True, slots=True)
class Gap:
    """A series and the codes of the periods that it lacks, the earliest first."""

    series: str
    periods: tuple[str, ...]


def gaps(rows: Iterable[Row], *, step: str | None = None) -> Iterator[Gap]:
    """The series with gaps, in the table's order. ``rows`` are in that order too, and are gone through twice.

    A series lacks a period if it has an earlier one of the same kind (months, half-years …), and either another
    series of the table has that period or ``step`` is its kind: in that kind no period between the table's first and
    newest may be missing. A value with the status ``missing`` is no gap: it is said to be missing.
    """
    expected = _expected(rows, step)
    for series, members in groupby(rows, key=lambda row: (row.measure, *row.dimensions.values())):
        lacking: list[Period] = []
        for kind, present in _by_kind(members).items():
            first = min(present)
            lacking += [period for period in expected[kind] if period > first and period not in present]
        if lacking:
            name = str(Series(series[0], series[1:]))
            yield Gap(name, tuple(period.code for period in sorted(lacking)))


def _expected(rows: Iterable[Row], step: str | None) -> dict[str, list[Period]]:
    """Kind → every period that a series could have, in order."""
    expected = {}
    for kind, periods in _by_kind(rows).items():
        between = chain(min(periods), max(periods)) if kind == step else ()
        expected[kind] = sorted(periods.union(islice(between, _LONGEST_CHAIN)))
    return expected


def _by_kind(rows: Iterable[Row]) -> dict[str, set[Period]]:
    found: dict[str, set[Period]] = {}
    for code in {row.period for row in rows}:
        period = known_period(code)
        found.setdefault(period.precision, set()).add(period)
    return found
