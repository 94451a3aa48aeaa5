"""What is worked out from columns: differences between tables, and summaries."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.columns import to_columns
from portal.statistics.csvtable import parse_csv
from portal.statistics.differences import differences
from portal.statistics.selecting import places
from portal.statistics.summaries import summarise
from tests.unit.statistics.tables import CSV, HEADER, STRUCTURE, in_order, tables

DIMENSIONS = STRUCTURE.dimension_codes


def columns(rows):
    return to_columns(in_order(rows, STRUCTURE), DIMENSIONS)


def test_each_kind_of_difference():
    first, second, *rest = parse_csv(CSV, STRUCTURE)
    later = [replace(first, value="5499"), *rest, replace(second, period="2022-06")]
    found = differences(columns([first, second, *rest]), columns(later))
    assert found.counts == {"added": 1, "removed": 1, "changed": 1}
    told = [
        (each.kind, each.key, each.before and each.before.value, each.after and each.after.value)
        for each in found.page(0, 9)
    ]
    assert told == [
        ("changed", "headcount.workers.agencies.2022-05", "5498", "5499"),
        ("removed", "headcount.workers.schools.2022-05", "633", None),
        ("added", "headcount.workers.schools.2022-06", None, "633"),
    ]


@pytest.mark.parametrize("change", [{"status": "revised"}, {"note_zh_hant": "新"}, {"note_en": "new"}])
def test_a_status_or_a_note_alone_is_a_change(change):
    rows = parse_csv(CSV, STRUCTURE)
    assert differences(columns(rows), columns([replace(rows[0], **change), *rows[1:]])).counts["changed"] == 1


@given(tables(), tables(), st.integers(1, 5))
def test_differences_lead_from_one_table_to_the_other(earlier, later, limit):
    found = differences(columns(earlier), columns(later))
    pages = [each for first in range(0, len(found), limit) for each in found.page(first, limit)]
    assert pages == found.page(0, 99)
    made = {row.key: row for row in earlier}
    for each in pages:
        assert each.before == made.get(each.key)
        assert each.before != each.after
        if each.after is None:
            del made[each.key]
        else:
            made[each.key] = each.after
    assert made == {row.key: row for row in later}


def test_sums_keep_the_scale_of_the_most_exact():
    text = f"{HEADER}\n2021,headcount,workers,all,3186.2,,,\n2022,headcount,workers,all,1506,,,\n"
    text += "2022,headcount,temporary,all,,missing,,\n2022,share,workers,all,10,,,\n"
    table = columns(parse_csv(text, STRUCTURE))

    def told(aggregate, *by):
        return [(group.measure, *group.codes, group.value) for group in summarise(table, None, by, aggregate)]

    assert told("sum", "staff") == [
        ("headcount", "workers", "4692.2"),
        ("headcount", "temporary", None),
        ("share", "workers", "10"),
    ]
    assert told("mean") == [("headcount", "2346.1"), ("share", "10")]
    assert told("count", "period") == [("headcount", "2021", "1"), ("headcount", "2022", "1"), ("share", "2022", "1")]
    assert [(group.observations, group.missing) for group in summarise(table, None, (), "sum")] == [(2, 1), (1, 0)]


@given(tables(max_size=40), st.sampled_from([(), ("staff",), ("place", "period")]))
def test_sums_are_exact(rows, by):
    table = columns(rows)
    for group in summarise(table, None, by, "sum"):
        codes = dict(zip(by, group.codes, strict=True))
        own = [
            row
            for row in rows
            if row.measure == group.measure
            and all({**row.dimensions, "period": row.period}[name] == code for name, code in codes.items())
        ]
        values = [Decimal(row.value) for row in own if row.value]
        assert (group.observations, group.missing) == (len(values), len(own) - len(values))
        with localcontext(prec=80):
            assert (None if group.value is None else Decimal(group.value)) == (sum(values) if values else None)


def test_a_selection_is_summarised():
    table = columns(parse_csv(CSV, STRUCTURE))
    chosen = places(table, filters={"place": "all"})
    assert [(group.measure, group.value) for group in summarise(table, chosen, (), "sum")] == [
        ("headcount", "2444"),
        ("share", "27.50"),
    ]
    assert summarise(table, places(table, filters={"place": "nowhere"}), (), "sum") == []
