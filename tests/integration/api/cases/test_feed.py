"""The feed: pages in commit order, kinds, waiting, and how much is asked of the database."""

import threading
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.api.v1.cases import feed
from portal.cases.models import CaseEvent
from portal.cases.personal.keeping import STORE
from portal.cases.receiving import Receipt, receive_all
from tests.factories.cases import AGENCY, PERSONAL, complaint_values, moved, received
from tests.factories.kinds import values_of
from tests.factories.modules import ALL, READ, Sender
from tests.integration.api.cases.reading import problem

pytestmark = pytest.mark.django_db

FEED = "/api/v1/cases/feed/"
CONSULTATIONS = tuple(f"cases:consultation:{verb}" for verb in ("read", "personal"))


def both_kinds():
    """A complaint that has moved on, a consultation, and a complaint of another agency."""
    case = received(personal=STORE)
    received("consultation", values={"channel": "counter", "subject": "food"})
    received(agency="health-bureau")
    moved(case, "request-supplement", {"missing": "請補 A123456789"}, personal=STORE)
    return case


def test_pages_in_order():
    case = both_kinds()
    module = Sender(*ALL, *CONSULTATIONS)
    first = module.get(FEED, limit=1).json()
    assert ([event["seq"] for event in first["results"]], first["next_after"], first["more"]) == ([1], 1, True)
    rest = module.get(FEED, after=first["next_after"]).json()
    assert [(event["seq"], event["kind"], event["type"]) for event in rest["results"]] == [
        (2, "consultation", "received"),
        (4, "consumer-complaint", "request-supplement"),
    ]
    assert (rest["next_after"], rest["more"]) == (4, False)
    assert rest["results"][1]["reference"] == case.reference
    assert module.get(FEED, after=4).json() == {"results": [], "next_after": 4, "more": False}


def test_kinds():
    both_kinds()
    assert [event["seq"] for event in Sender(READ).get(FEED).json()["results"]] == [1, 4]
    both = Sender(READ, *CONSULTATIONS)
    assert [event["seq"] for event in both.get(FEED).json()["results"]] == [1, 2, 4]
    assert [event["seq"] for event in both.get(FEED, kind="consultation").json()["results"]] == [2]
    problem(Sender(READ).get(FEED, kind="consultation"), 403, "insufficient-scope")


def test_what_is_personal_is_told_of_the_kinds_for_which_the_token_has_the_scope():
    both_kinds()
    events = Sender(*ALL).get(FEED).json()["results"]
    assert [event["personal"] for event in events] == [PERSONAL, {"missing": "請補 A123456789"}]
    mixed = Sender(READ, *CONSULTATIONS).get(FEED).json()["results"]
    assert ["personal" in event for event in mixed] == [False, True, False]


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "1001"), ("after", "-1"), ("wait", "26"), ("wait", "x"), ("kind", "nothing")],
)
def test_parameters(name, value):
    body = problem(Sender(READ).get(FEED, **{name: value}), 400, "invalid-parameter")
    assert body["parameter"] == name
    assert problem(Sender(READ).get(FEED, since="1", lang="en"), 400, "unknown-parameter")["title"].isascii()


def test_a_thousand_events_are_few_queries():
    receipts = [
        Receipt("consumer-complaint", AGENCY, complaint_values(), timezone.now(), "citizen") for _case in range(1000)
    ]
    receive_all(receipts, personal=STORE)
    for scopes in ((READ,), ALL):
        module = Sender(*scopes)
        with CaptureQueriesContext(connection) as captured:
            body = module.get(FEED, limit=1000).json()
        assert len(body["results"]) == 1000
        asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= 5, asked
        assert ("personal" in body["results"][999]) is (scopes == ALL)


@pytest.mark.django_db(transaction=True)
def test_waiting_ends_with_the_first_event():
    module, answers = Sender(READ), []

    def wait():
        answers.append(module.get(FEED, wait=25).json())
        connection.close()

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not feed._waiting:
        time.sleep(0.01)
    received(agency="health-bureau")
    received()
    waiting.join(24)
    assert not waiting.is_alive()
    assert [event["type"] for event in answers[0]["results"]] == ["received"]
    assert answers[0]["next_after"] == CaseEvent.objects.count() == 2
    assert feed._waiting == 0


def test_waiting_in_vain():
    received(agency="health-bureau")
    assert Sender(READ).get(FEED, wait=1).json() == {"results": [], "next_after": 1, "more": False}


@pytest.mark.django_db(transaction=True)
def test_so_many_may_wait_and_no_more(settings):
    settings.MODULE_FEED_WAITERS = 2
    module, answers = Sender(READ), []

    def wait():
        answers.append(module.get(FEED, wait=25).status_code)
        connection.close()

    waiting = [threading.Thread(target=wait) for _one in range(2)]
    for one in waiting:
        one.start()
    while feed._waiting < 2:
        time.sleep(0.01)
    refused = module.get(FEED, wait=25)
    problem(refused, 429, "too-many-waiting")
    assert int(refused["Retry-After"]) > 0
    assert module.get(FEED).status_code == 200
    received()
    assert module.get(FEED, wait=25).status_code == 200
    for one in waiting:
        one.join(24)
    assert answers == [200, 200]


def test_a_thousand_petitions_are_as_few_queries():
    values = values_of("petition", confidential=True)
    receive_all([Receipt("petition", AGENCY, values, timezone.now(), "citizen") for _case in range(1000)])
    module = Sender("cases:petition:read", "cases:petition:personal")
    with CaptureQueriesContext(connection) as captured:
        body = module.get(FEED, limit=1000).json()
    assert {event["personal"]["petitioner_name"] for event in body["results"]} == {"王○○"}
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) <= 5
