"""Rows outside memory: all of them come back, in both orders, and twice the same key is found."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.rows import Row
from portal.statistics.series import EVERY, Series
from portal.statistics.spool import Spool
from tests.unit.statistics.tables import STRUCTURE, in_order, tables

_ROW = Row("2022", "headcount", {"staff": "workers", "place": "all"}, "1", "normal")


@given(tables())
def test_rows_come_back_in_the_tables_order_and_by_key(rows):
    spool = Spool.of(rows, STRUCTURE)
    assert len(spool) == len(rows)
    assert list(spool) == list(spool) == in_order(rows, STRUCTURE)
    assert list(spool.by_key()) == sorted(rows, key=lambda row: row.key)
    assert list(spool.keys()) == sorted(row.key for row in rows)


@given(
    tables(),
    st.sampled_from(["headcount", "share"]),
    st.sampled_from(["workers", "temporary", EVERY]),
    st.sampled_from(["agencies", "schools", "all", EVERY]),
)
def test_a_series_is_read_alone(rows, measure, staff, place):
    series = Series(measure, (staff, place))
    expected = [row for row in in_order(rows, STRUCTURE) if series.has(row)]
    assert list(Spool.of(rows, STRUCTURE).of_series(series)) == expected


def test_periods_with_the_same_days_are_in_the_tables_order_too():
    codes = ["2022-01-01--2022-12-31", "2022", "2022-H1", "2022-Q1", "2022-01", "2022-01-01", "2022-01-01--2022-03-31"]
    rows = [replace(_ROW, period=code) for code in codes]
    assert list(Spool.of(rows, STRUCTURE)) == in_order(rows, STRUCTURE)


def test_a_row_is_found_by_its_key():
    spool = Spool.of([_ROW], STRUCTURE)
    assert spool.get(_ROW.key) == _ROW
    assert spool.get("headcount.workers.all.2021") is None


def test_repeated_keys_are_told_with_the_first_line():
    spool = Spool(STRUCTURE)
    for line, year in enumerate(["2022", "2021", "2022", "2022", "2021"], start=2):
        spool.add(replace(_ROW, period=year), line)
    assert list(spool.repeated()) == [
        (4, "headcount.workers.all.2022", 2),
        (5, "headcount.workers.all.2022", 2),
        (6, "headcount.workers.all.2021", 3),
    ]


def test_what_was_read_takes_no_more():
    spool = Spool.of([_ROW], STRUCTURE)
    assert list(spool)
    with pytest.raises(ValueError, match="no more"):
        spool.add(_ROW, 2)


def test_a_code_that_is_not_declared_is_refused():
    with pytest.raises(KeyError):
        Spool.of([replace(_ROW, measure="people")], STRUCTURE)
