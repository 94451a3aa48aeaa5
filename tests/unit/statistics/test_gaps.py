"""Gaps in series: what other series have, or the dataset's frequency promises."""

import pytest

from portal.statistics.gaps import STEPS, Gap, gaps
from portal.statistics.rows import Row
from portal.statistics.spool import Spool
from tests.unit.statistics.tables import STRUCTURE


def found(step: str | None = None, **periods: str) -> list[Gap]:
    """The gaps of a table where each kind of staff has these periods."""
    rows = [
        Row(period, "headcount", {"staff": staff, "place": "all"}, "1", "normal")
        for staff, codes in periods.items()
        for period in codes.split()
    ]
    return list(gaps(Spool.of(rows, STRUCTURE), step=step))


@pytest.mark.parametrize(
    ("workers", "temporary", "lacking"),
    [
        ("2021-05 2021-11 2022-05", "2021-05 2021-11 2022-05", ()),
        # The newest, or one in between.
        ("2021-05 2021-11 2022-05", "2021-05 2021-11", ("2022-05",)),
        ("2021-05 2021-11 2022-05", "2021-05 2022-05", ("2021-11",)),
        # A series that begins later has no gap before it.
        ("2021-05 2021-11 2022-05", "2022-05", ()),
        # What no series has is not expected.
        ("2010-12 2022-05", "2010-12 2022-05", ()),
        # Other kinds of periods are another matter.
        ("2021 2022 2022-05", "2021-05 2022-05", ()),
        ("2021 2022", "2021 2021-H1 2021-H2", ("2022",)),
        ("2021-02-01--2021-06-30 2022-02-01--2022-06-30", "2021-02-01--2021-06-30", ("2022-02-01--2022-06-30",)),
    ],
)
def test_gaps_beside_other_series(workers, temporary, lacking):
    expected = [Gap("headcount.temporary.all", lacking)] if lacking else []
    assert found(workers=workers, temporary=temporary) == expected


@pytest.mark.parametrize(
    ("frequency", "periods", "lacking"),
    [
        ("monthly", "2021-11 2022-02", ("2021-12", "2022-01")),
        ("quarterly", "2021-Q3 2022-Q1", ("2021-Q4",)),
        ("half-yearly", "2021-H1 2022-H1", ("2021-H2",)),
        ("half-yearly", "2021-05 2022-05", ()),
        ("yearly", "2019 2022", ("2020", "2021")),
        ("once", "2019 2022", ()),
    ],
)
def test_gaps_in_what_the_frequency_promises(frequency, periods, lacking):
    expected = [Gap("headcount.workers.all", lacking)] if lacking else []
    assert found(STEPS.get(frequency), workers=periods) == expected


def test_a_wrong_year_does_not_make_gaps_without_end():
    [gap] = found("month", workers="0022-05 2022-05")
    assert len(gap.periods) < 2000
