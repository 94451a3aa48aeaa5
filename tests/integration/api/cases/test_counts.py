"""A module that keeps its cases to itself sends their counts: whole, in versions, and never beside cases."""

import datetime
import json
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.counts import cells as checking
from portal.cases.models import SentCounts
from tests.factories.cases import received
from tests.factories.modules import Sender
from tests.factories.sent_counts import ADDRESS, body, cell, checksum, empty
from tests.integration.api.cases.reading import problem

pytestmark = pytest.mark.django_db
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


@pytest.fixture
def module():
    return Sender()


def test_what_is_sent_is_kept_and_read_again(module):
    problem(module.get(ADDRESS), 404, "not-found")
    first = module.put(ADDRESS, body())
    assert (first.status_code, first["ETag"], first["Cache-Control"]) == (201, '"1"', "no-store")
    told = module.get(ADDRESS)
    assert (told.status_code, told["ETag"], told.json()) == (200, '"1"', first.json())
    sent = body()
    assert {name: told.json()[name] for name in sent} == sent
    assert told.json()["agency"] == "consumer-office"


def test_the_same_again_makes_no_version_in_whatever_order(module):
    module.put(ADDRESS, body())
    sent = body()["cells"]
    random.Random(1).shuffle(sent)
    again = module.put(ADDRESS, body(*sent))
    assert (again.status_code, again["ETag"], SentCounts.objects.count()) == (200, '"1"', 1)


def test_others_replace_it_if_their_sender_has_seen_it_and_both_are_kept(module):
    module.put(ADDRESS, body())
    other = body(cell(41))
    problem(module.put(ADDRESS, other), 428, "precondition-required")
    problem(module.put(ADDRESS, other, If_Match='"7"'), 412, "precondition-failed")
    problem(module.put(ADDRESS, other, If_Match=f'"{"9" * 5000}"'), 412, "precondition-failed")
    second = module.put(ADDRESS, other, If_Match='"1"')
    assert (second.status_code, second["ETag"]) == (200, '"2"')
    # It was done already: whoever did not hear the answer asks again.
    assert module.put(ADDRESS, other, If_Match='"1"')["ETag"] == '"2"'
    third = module.put(ADDRESS, body(), If_Match="*")
    assert third["ETag"] == '"3"'
    assert list(SentCounts.objects.order_by("version").values_list("totals__received", flat=True)) == [40, 41, 40]
    problem(module.put(ADDRESS.replace("06", "05"), body(), If_Match='"1"'), 412, "precondition-failed")


@pytest.mark.parametrize(
    ("sent", "pointers"),
    [
        ({}, ["/cells"]),
        (body(cells={}), ["/cells"]),
        (body(checksum="0" * 64), ["/checksum"]),
        (body(checksum=None), ["/checksum"]),
        (body(totals={"received": 41, "closed": 12, "in-time": 9, "late": 2}), ["/totals/received"]),
        (body(totals={"received": 40, "closed": 12, "in-time": True, "late": 3}), ["/totals/in-time", "/totals/late"]),
        (body(totals={"received": 40}), ["/totals"]),
        (body(totals=40), ["/totals"]),
        (body(more=1), ["/more"]),
        (body(cell(1), cell(2)), ["/cells/1"]),
        (body(cell(1), cell(0)), ["/cells/1/count"]),
        (body(cell(1) | {"count": True}), ["/cells/0/count"]),
        (body(cell(1) | {"count": 1.5}), ["/cells/0/count"]),
        (body(cell(1) | {"count": 10**12}), ["/cells/0/count"]),
        (body(cell(1) | {"name": "王小明"}), ["/cells/0"]),
        (body(cell(1) | {"days": 3}), ["/cells/0"]),
        (body(cell(1, stage="third-complaint")), ["/cells/0/codes/stage"]),
        (body(cell(1) | {"codes": {"stage": "mediation"}}), ["/cells/0/codes"]),
        (body(cell(1) | {"codes": []}), ["/cells/0/codes"]),
        (body(cell(1, "closed", outcome="forwarded")), ["/cells/0/codes/outcome"]),
        (body(cell(1, "closed", days=-1)), ["/cells/0/days"]),
        (body(cell(1, "closed", days=None)), ["/cells/0/days"]),
        (body() | {"cells": [cell(1) | {"measure": ["x"]}, 3, None]}, ["/cells/0/measure", "/cells/1", "/cells/2"]),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_and_nothing_kept(module, sent, pointers):
    response = module.put(ADDRESS, sent)
    problem(response, 422, "values-invalid", *pointers)
    assert "王小明" not in response.content.decode()
    assert not SentCounts.objects.exists()


def test_messages_are_in_the_readers_language(module):
    told = module.put(f"{ADDRESS}?lang=en", body(checksum="0")).json()["errors"][0]
    assert (told["code"], told["message"]) == ("checksum", "This is not the checksum of the cells.")
    assert module.put(ADDRESS, body(checksum="0")).json()["errors"][0]["message"] != told["message"]


@pytest.mark.parametrize("period", ["2022", "2022-Q2", "2022-13", "june", "2022-06-01"])
def test_what_is_no_month(module, period):
    problem(module.put(ADDRESS.replace("2022-06", period), body()), 404, "not-found")
    problem(module.get(ADDRESS.replace("2022-06", period)), 404, "not-found")


def test_a_month_that_is_not_over(module):
    told = problem(module.put(ADDRESS.replace("2022-06", "2099-01"), body()), 409, "conflict")
    assert told["code"] == "not-over"


def test_never_beside_cases_of_the_agency(module):
    received(received_at=datetime.datetime(2022, 6, 30, 23, 59, tzinfo=TAIPEI))
    told = problem(module.put(ADDRESS, body()), 409, "conflict")
    assert told["code"] == "cases-are-here"
    assert module.put(ADDRESS.replace("06", "07"), body()).status_code == 201
    assert Sender(agency="health-bureau").put(ADDRESS, body()).status_code == 201
    # That it keeps none of its own can be said at any time.
    assert module.put(ADDRESS, empty()).status_code == 201


def test_bodies_that_are_no_json_object(module):
    problem(module.put(ADDRESS, "["), 400, "bad-request")
    problem(module.put(ADDRESS, "[]"), 422, "values-invalid")
    problem(module.put(ADDRESS, "x" * 1_000_001), 413, "too-large")


@pytest.mark.django_db(transaction=True)
def test_of_many_at_a_time_one_replaces_what_all_have_seen():
    module = Sender()
    module.put(ADDRESS, body())

    def replace(number):
        try:
            return module.put(ADDRESS, body(cell(number)), If_Match='"1"').status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(replace, range(50, 58)))
    assert found == [200] + [412] * 7
    assert SentCounts.objects.count() == 2


def test_the_database_refuses_changes(module):
    module.put(ADDRESS, body())
    before = list(SentCounts.objects.values())
    statements = ["UPDATE cases_sentcounts SET checksum = 'x'", "DELETE FROM cases_sentcounts"]
    if connection.vendor == "sqlite":
        statements.append("INSERT OR REPLACE INTO cases_sentcounts SELECT * FROM cases_sentcounts")
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(SentCounts.objects.values()) == before


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30), st.randoms())
def test_the_checksum_is_as_described_and_does_not_depend_on_the_order(counts, shuffling):
    cells = [cell(count, "closed", days=days) for days, count in enumerate(counts)]
    found = checking.checksum(cells)
    shuffling.shuffle(cells)
    assert found == checking.checksum(cells) == checksum(cells)
    assert found == checking.checksum([json.loads(json.dumps(dict(reversed(each.items())))) for each in cells])
