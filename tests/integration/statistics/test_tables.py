"""Tables in the database: written once, found by content, read page by page, never changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.statistics import selectors
from portal.statistics.csvtable import parse_csv, write_csv
from portal.statistics.digest import table_digest
from portal.statistics.models import Observation, Table
from portal.statistics.problems import TableProblems
from portal.statistics.rows import in_order
from portal.statistics.services import ensure_table
from portal.statistics.structure import Dimension, Measure, Structure, StructureError
from tests.unit.statistics.tables import CSV, STRUCTURE, tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE)


def test_a_table_is_kept_and_read_back_exactly(table, django_assert_num_queries):
    assert table.rows == 5
    assert table.dimensions == ["staff", "place"]
    assert write_csv(selectors.every_row(table.digest), STRUCTURE) == CSV
    with django_assert_num_queries(2):
        rows, next_after = selectors.observations(table.digest, limit=10)
    assert rows == parse_csv(CSV, STRUCTURE)
    assert next_after is None


def test_the_same_content_is_the_same_table(table):
    again = ensure_table(reversed(parse_csv(CSV, STRUCTURE)), structure=STRUCTURE)
    assert again == table
    assert Observation.objects.count() == 5


def test_a_table_that_another_process_writes_meanwhile_is_taken(table, monkeypatch):
    monkeypatch.setattr("portal.statistics.services.Table.objects.filter", lambda **lookups: Table.objects.none())
    assert ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE) == table


def test_large_numbers_sort_and_can_be_read_on_every_database():
    text = write_csv(parse_csv(CSV, STRUCTURE), STRUCTURE).replace("5498", "9" * 18 + "." + "9" * 10)
    table = ensure_table(parse_csv(text, STRUCTURE), structure=STRUCTURE)
    ordered = table.observations.exclude(number=None).order_by("-number")
    assert [observation.ordinal for observation in ordered] == [0, 2, 1, 3]
    assert selectors.observation(table.digest, "headcount.workers.agencies.2022-05").value == "9" * 18 + "." + "9" * 10


def test_other_content_is_another_table(table):
    rows = parse_csv(CSV, STRUCTURE)
    other = ensure_table([replace(rows[0], value="5498.0"), *rows[1:]], structure=STRUCTURE)
    assert other.digest != table.digest
    assert Observation.objects.count() == 10


def test_bad_rows_write_nothing():
    rows = parse_csv(CSV, STRUCTURE)
    bad = [rows[0], replace(rows[1], value="1e3"), replace(rows[2], dimensions={"staff": "workers"}), rows[0]]
    with pytest.raises(TableProblems) as caught:
        ensure_table(bad, structure=STRUCTURE)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]
    assert not Table.objects.exists()


def test_a_failure_half_way_leaves_nothing(monkeypatch):
    monkeypatch.setattr("portal.statistics.services.BATCH", 2)
    create, calls = Observation.objects.bulk_create, []

    def failing(observations):
        calls.append(create(observations))
        if len(calls) == 2:
            raise RuntimeError

    monkeypatch.setattr(Observation.objects, "bulk_create", failing)
    with pytest.raises(RuntimeError):
        ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE)
    assert not Table.objects.exists()
    assert not Observation.objects.exists()


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
    assert selectors.count(table.digest, **selection) == len(values)


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
        selectors.count("0" * 64)
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
        self.assertEqual(selectors.count(digest, **selection), len(expected))
        self.assertTrue(all(len(page) == limit for page in pages[:-1]))
        for place in range(1, len(pages)):
            before = selectors.previous_after(digest, limit=limit, after=afters[place], **selection)
            self.assertEqual(before, afters[place - 1])


def refused(sql: str) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE statistics_observation SET value = '5499' WHERE ordinal = 0",
        "UPDATE statistics_observation SET status = 'revised'",
        "DELETE FROM statistics_observation WHERE ordinal = 4",
        "UPDATE statistics_table SET rows = 4",
        "UPDATE statistics_table SET rows = 6",
        "DELETE FROM statistics_table",
    ],
)
def test_the_database_refuses_changes(table, sql):
    refused(sql)
    assert write_csv(selectors.every_row(table.digest), STRUCTURE) == CSV


def test_the_database_refuses_a_further_row(table):
    columns = "period, period_start, period_end, measure, dimensions, value, status, note_zh_hant, note_en"
    row = f"SELECT digest, 5, 'another', {columns} FROM statistics_observation WHERE ordinal = 0"
    refused(f"INSERT INTO statistics_observation (digest, ordinal, key, {columns}) {row}")


@pytest.mark.needs_sqlite
@pytest.mark.parametrize("ordinal", [0, 4])
def test_sqlite_refuses_to_replace(table, ordinal):
    row = f"SELECT * FROM statistics_observation WHERE ordinal = {ordinal}"
    refused(f"INSERT OR REPLACE INTO statistics_observation {row}")
    row = "SELECT digest, dimensions, 9, created_at FROM statistics_table"
    refused(f"INSERT OR REPLACE INTO statistics_table {row}")


@pytest.mark.needs_postgresql
def test_postgresql_refuses_to_truncate(table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused("TRUNCATE statistics_observation")
    refused("TRUNCATE statistics_table CASCADE")


def test_the_models_cannot_get_round_the_database(table):
    for change in (
        lambda: Observation.objects.update(value="0"),
        lambda: Observation.objects.all().delete(),
        lambda: table.observations.first().save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
