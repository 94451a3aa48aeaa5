"""Tables in the database: written once, found by content, read page by page, never changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.core.periods import parse_period
from portal.statistics import kept, selectors
from portal.statistics.csvtable import parse_csv, write_csv
from portal.statistics.digest import table_digest
from portal.statistics.models import Part, Table
from portal.statistics.problems import TableProblems
from portal.statistics.services import ensure_table
from portal.statistics.structure import Dimension, Measure, Structure, StructureError
from tests.unit.statistics.tables import CSV, PERIODS, STRUCTURE, in_order, tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE)


def test_a_table_is_kept_and_read_back_exactly(table, django_assert_num_queries):
    assert table.rows == 5
    assert table.dimensions == ["staff", "place"]
    assert write_csv(selectors.every_row(table.digest), STRUCTURE) == CSV
    with django_assert_num_queries(0):
        rows, next_after = selectors.observations(table.digest, limit=10)
    assert rows == parse_csv(CSV, STRUCTURE)
    assert next_after is None


def test_the_same_content_is_the_same_table(table):
    again = ensure_table(reversed(parse_csv(CSV, STRUCTURE)), structure=STRUCTURE)
    assert again == table
    assert Table.objects.count() == 1


def test_a_table_that_another_process_writes_meanwhile_is_taken(table, monkeypatch):
    monkeypatch.setattr("portal.statistics.services.Table.objects.filter", lambda **lookups: Table.objects.none())
    assert ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE) == table


def test_large_numbers_keep_every_digit():
    number = "9" * 18 + "." + "9" * 10
    text = write_csv(parse_csv(CSV, STRUCTURE), STRUCTURE).replace("5498", number)
    table = ensure_table(parse_csv(text, STRUCTURE), structure=STRUCTURE)
    assert selectors.observation(table.digest, "headcount.workers.agencies.2022-05").value == number


def test_other_content_is_another_table(table):
    rows = parse_csv(CSV, STRUCTURE)
    other = ensure_table([replace(rows[0], value="5498.0"), *rows[1:]], structure=STRUCTURE)
    assert other.digest != table.digest
    assert Table.objects.count() == 2


def test_bad_rows_write_nothing():
    rows = parse_csv(CSV, STRUCTURE)
    bad = [rows[0], replace(rows[1], value="1e3"), replace(rows[2], dimensions={"staff": "workers"}), rows[0]]
    with pytest.raises(TableProblems) as caught:
        ensure_table(bad, structure=STRUCTURE)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]
    assert not Table.objects.exists()


def test_a_failure_half_way_leaves_nothing(monkeypatch):
    monkeypatch.setattr(kept, "PART_BYTES", 1000)
    create, calls = Part.objects.create, []

    def failing(**members):
        calls.append(create(**members))
        if len(calls) == 2:
            raise RuntimeError

    monkeypatch.setattr(Part.objects, "create", failing)
    with pytest.raises(RuntimeError):
        ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE)
    assert not Table.objects.exists()
    assert not Part.objects.exists()


def test_a_table_in_several_parts_is_read_as_one(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(kept, "PART_BYTES", 1000)
    table = ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE)
    assert table.parts == table.pieces.count() > 1
    kept._kept.clear()
    with django_assert_num_queries(1):
        assert write_csv(selectors.every_row(table.digest), STRUCTURE) == CSV


def test_what_is_kept_in_memory_is_bounded(monkeypatch):
    kept._kept.clear()
    monkeypatch.setattr(kept, "KEPT_BYTES", 1)
    for value in ("1", "2", "3"):
        rows = [replace(row, value=row.value and value) for row in parse_csv(CSV, STRUCTURE)]
        table = ensure_table(rows, structure=STRUCTURE)
        assert selectors.observation(table.digest, "headcount.workers.agencies.2022-05").value == value
        assert len(kept._kept) == 1


@pytest.mark.parametrize(
    ("selection", "values"),
    [
        ({"filters": {"place": "all"}}, ["2444", "27.50", None]),
        ({"filters": {"place": "all", "staff": "temporary"}}, ["2444", None]),
        ({"measure": "headcount"}, ["5498", "633", "2444"]),
        ({"measure": "share", "filters": {"staff": "workers"}}, ["27.50"]),
        ({"period": "2022-05"}, ["5498", "633", "2444", "27.50", None]),
        ({"period": "2022"}, []),
        ({"from_": date(2022, 5, 31)}, ["5498", "633", "2444", "27.50", None]),
        ({"from_": date(2022, 6, 1)}, []),
        ({"to": date(2022, 5, 1), "measure": "headcount"}, ["5498", "633", "2444"]),
        ({"to": date(2022, 4, 30)}, []),
        ({"filters": {"place": "nowhere"}}, []),
    ],
)
def test_selections(table, selection, values):
    rows, next_after = selectors.observations(table.digest, limit=10, **selection)
    assert [row.value for row in rows] == values
    assert next_after is None
    assert selectors.page(table.digest, limit=1, **selection).count == len(values)


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("value", ["27.50", "633", "2444", "5498", None]),
        ("-value", ["5498", "2444", "633", "27.50", None]),
        ("period", ["5498", "633", "2444", "27.50", None]),
        ("-period", ["5498", "633", "2444", "27.50", None]),
    ],
)
def test_other_orders(table, sort, values):
    assert [row.value for row in selectors.observations(table.digest, limit=9, sort=sort)[0]] == values
    pages, after = [], None
    while True:
        page, after = selectors.observations(table.digest, limit=2, after=after, sort=sort)
        pages += page
        if after is None:
            break
    assert [row.value for row in pages] == values
    assert selectors.page(table.digest, limit=2, after=3, sort=sort).previous_after == 1
    assert selectors.page(table.digest, limit=2, after=1, sort=sort).previous_after is None


def test_periods_sort_by_their_days():
    lines = [f"{period},headcount,workers,all,{place},normal,," for place, period in enumerate(PERIODS)]
    table = ensure_table(parse_csv("\n".join([CSV.partition("\n")[0], *lines, ""]), STRUCTURE), structure=STRUCTURE)
    page, _after = selectors.observations(table.digest, limit=9, sort="-period")
    assert [row.period for row in page] == sorted(PERIODS, key=parse_period, reverse=True)


def test_names_that_look_like_lookups_and_numbers_are_plain_names():
    structure = Structure(
        (Dimension("contains", ("1", "0")), Dimension("2022", ("in", "isnull"))), (Measure("m", "case"),)
    )
    text = "period,measure,contains,2022,value,status,note_zh,note_en\n2022,m,1,in,1,,,\n2022,m,0,isnull,2,,,\n"
    digest = ensure_table(parse_csv(text, structure), structure=structure).digest
    assert [row.value for row in selectors.observations(digest, limit=9, filters={"contains": "0"})[0]] == ["2"]
    assert [row.value for row in selectors.observations(digest, limit=9, filters={"2022": "in"})[0]] == ["1"]


def test_what_is_not_there(table):
    with pytest.raises(StructureError):
        selectors.observations(table.digest, limit=1, filters={"colour": "red"})
    with pytest.raises(Table.DoesNotExist):
        selectors.page("0" * 64, limit=1)
    assert selectors.observation(table.digest, "headcount.workers.agencies.2021-05") is None
    assert selectors.observation(table.digest, "headcount.workers.agencies.2022-05").value == "5498"


class Paging(TestCase):
    """Whatever the table, the size of the page and the selection: every row once, in order, both ways."""

    @settings(max_examples=25)
    @given(
        tables(),
        st.integers(1, 7),
        st.sampled_from([{}, {"measure": "share"}, {"filters": {"place": "all"}}]),
    )
    def test_pages_cover_every_row_once(self, rows, limit, selection):
        digest = ensure_table(rows, structure=STRUCTURE).digest
        self.assertEqual(digest, table_digest(rows, STRUCTURE))
        pages, afters, after = [], [], None
        while True:
            page, next_after = selectors.observations(digest, limit=limit, after=after, **selection)
            pages.append(page)
            afters.append(after)
            if next_after is None:
                break
            after = next_after
        expected = [
            row
            for row in in_order(rows, STRUCTURE)
            if row.measure == selection.get("measure", row.measure)
            and row.dimensions["place"] == selection.get("filters", row.dimensions)["place"]
        ]
        self.assertEqual([row for page in pages for row in page], expected)
        self.assertEqual(selectors.page(digest, limit=1, **selection).count, len(expected))
        self.assertTrue(all(len(page) == limit for page in pages[:-1]))
        for place in range(1, len(pages)):
            before = selectors.page(digest, limit=limit, after=afters[place], **selection).previous_after
            self.assertEqual(before, afters[place - 1])


def refused(sql: str) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE statistics_part SET data = ''",
        "UPDATE statistics_part SET number = 1",
        "DELETE FROM statistics_part WHERE number = 0",
        "UPDATE statistics_table SET parts = 2",
        "UPDATE statistics_table SET rows = 4",
        "UPDATE statistics_table SET rows = 6",
        "DELETE FROM statistics_table",
    ],
)
def test_the_database_refuses_changes(table, sql):
    refused(sql)
    assert write_csv(selectors.every_row(table.digest), STRUCTURE) == CSV


def test_the_database_refuses_a_further_part(table):
    refused("INSERT INTO statistics_part (digest, number, data) SELECT digest, 1, data FROM statistics_part")


@pytest.mark.needs_sqlite
def test_sqlite_refuses_to_replace(table):
    refused("INSERT OR REPLACE INTO statistics_part SELECT * FROM statistics_part")
    columns = 'digest, dimensions, "rows", parts, created_at'
    refused(
        f"INSERT OR REPLACE INTO statistics_table ({columns}) "
        "SELECT digest, dimensions, 9, parts, created_at FROM statistics_table"
    )


@pytest.mark.needs_postgresql
def test_postgresql_refuses_to_truncate(table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused("TRUNCATE statistics_part")
    refused("TRUNCATE statistics_table CASCADE")


def test_the_models_cannot_get_round_the_database(table):
    for change in (
        lambda: Part.objects.update(data=b""),
        lambda: Part.objects.all().delete(),
        lambda: table.pieces.first().save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
