"""What differs between two tables, told by key."""

from dataclasses import replace

import pytest
from hypothesis import given

from portal.statistics.changes import Change, changes
from portal.statistics.csvtable import parse_csv
from portal.statistics.spool import Spool
from tests.unit.statistics.tables import CSV, STRUCTURE, tables


def by_key(rows):
    return list(Spool.of(rows, STRUCTURE).by_key())


@given(tables(), tables())
def test_every_difference_is_told_once_and_nothing_else(before, after):
    old, new = ({row.key: row for row in rows} for rows in (before, after))
    keys = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    expected = [Change(key, old.get(key), new.get(key)) for key in keys]
    assert list(changes(by_key(before), by_key(after))) == expected


def test_kinds():
    first, *rest = by_key(parse_csv(CSV, STRUCTURE))
    assert [each.kind for each in changes(rest, [first, *rest])] == ["added"]
    assert [each.kind for each in changes([first, *rest], rest)] == ["removed"]
    for other in (replace(first, value="5498.0"), replace(first, status="revised"), replace(first, note_en="x")):
        assert [each.kind for each in changes([first, *rest], [other, *rest])] == ["changed"]
    assert list(changes(rest, rest)) == []


@pytest.mark.parametrize("backwards", [0, 1])
def test_a_table_that_is_not_sorted_is_refused(backwards):
    both = [by_key(parse_csv(CSV, STRUCTURE)), by_key(parse_csv(CSV, STRUCTURE))]
    both[backwards].reverse()
    with pytest.raises(ValueError, match="not sorted"):
        list(changes(*both))
