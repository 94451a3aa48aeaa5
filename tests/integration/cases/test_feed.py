"""The feed: in commit order, narrowed by kind and agency, and nothing missed while many write."""

import random
import threading
import time

import pytest
from django.db import connection, transaction

from portal.cases import selectors, verify
from portal.cases.assigning import assign
from portal.cases.models import CaseEvent
from portal.cases.refusals import CaseUnknown
from tests.factories.cases import AGENCY, Remembering, moved, received
from tests.races import at_once

CONSULTATION = {"channel": "counter", "subject": "food"}


@pytest.fixture
def several(db):
    """A complaint that was forwarded and handed over, and a consultation between."""
    case = received()
    consultation = received("consultation", values=CONSULTATION, agency="front-desk")
    moved(case, "forward")
    assign(case_reference=case.reference, agency="health-bureau", actor="user:1", personal=Remembering())
    moved(case, "fail")
    return case, consultation


def seqs(**given):
    page = selectors.feed(**{"after": 0, "limit": 100} | given)
    return [event.seq for event in page.events], page.next_after


def test_events_in_order_with_their_cases(several):
    case, consultation = several
    page = selectors.feed(after=0, limit=100)
    assert [(event.seq, event.reference, event.number) for event in page.events] == [
        (1, case.reference, 1),
        (2, consultation.reference, 1),
        (3, case.reference, 2),
        (4, case.reference, 3),
        (5, case.reference, 4),
    ]
    first, last = page.events[0], page.events[-1]
    assert (first.kind, first.agency, first.type, first.data["amount"]) == (
        "consumer-complaint",
        AGENCY,
        "received",
        "2990",
    )
    assert (last.agency, last.state, last.closed) == ("health-bureau", "not-settled", True)


def test_pages(several):
    assert seqs(limit=2) == ([1, 2], 2)
    assert seqs(after=2, limit=2) == ([3, 4], 4)
    assert seqs(after=4, limit=2) == ([5], 5)
    assert seqs(after=5, limit=2) == ([], 5)


def test_narrowed(several):
    assert seqs(kinds=["consultation"]) == ([2], 5)
    assert seqs(kinds=["consultation"], limit=1) == ([2], 2)
    assert seqs(kinds=[]) == ([], 5)
    assert seqs(kinds=["nonsense"]) == ([], 5)
    # An agency is told that a case has left it, and nothing that happens after.
    assert seqs(agencies=[AGENCY]) == ([1, 3, 4], 5)
    assert seqs(agencies=["health-bureau"]) == ([4, 5], 5)
    assert seqs(agencies=["front-desk"], kinds=["consumer-complaint"]) == ([], 5)


def test_a_page_takes_two_queries(several, django_assert_num_queries):
    with django_assert_num_queries(2):
        selectors.feed(after=0, kinds=["consumer-complaint"], agencies=[AGENCY], limit=1000)


def test_cases_by_kind_agency_and_state(several):
    case, consultation = several
    assert list(selectors.cases()) == [case, consultation]
    assert list(selectors.cases(kinds=["consultation"], is_open=True)) == [consultation]
    assert list(selectors.cases(agencies=["health-bureau"], states=["not-settled"], is_open=False)) == [case]
    assert list(selectors.cases(agencies=[])) == []
    with pytest.raises(CaseUnknown):
        selectors.case("CC-NOSUCHCASE")


class _InVain(Exception):
    """The writer changes their mind."""


def write(number: int, rounds: int) -> int:
    """Receive cases and move them on, some slowly, some in vain; how many events there are of it."""
    chance, events = random.Random(number), 0
    for _turn in range(rounds):
        try:
            with transaction.atomic():
                case = received()
                if chance.random() < 0.2:
                    time.sleep(0.01)
                if chance.random() < 0.2:
                    raise _InVain
        except _InVain:
            continue
        events += 1
        for transition in ("forward", "fail"):
            with transaction.atomic():
                moved(case, transition)
                if chance.random() < 0.1:
                    time.sleep(0.01)
                events += 1
    return events


def followed(writers: int, rounds: int) -> None:
    """Writers and a reader of the feed at once: the reader is given every event once and in order."""
    written, seen, running = [], [], threading.Event()
    running.set()

    def read():
        after = 0
        while True:
            last_round = not running.is_set()
            page = selectors.feed(after=after, limit=7)
            seen.extend(event.seq for event in page.events)
            after = page.next_after
            if last_round and not page.full:
                connection.close()
                return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    faults = at_once([lambda number=number: written.append(write(number, rounds)) for number in range(writers)])
    running.clear()
    reader.join(60)
    assert faults == []
    assert seen == list(range(1, sum(written) + 1))
    assert CaseEvent.objects.count() == len(seen)
    assert list(verify.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_and_a_reader():
    followed(writers=4, rounds=6)


@pytest.mark.django_db(transaction=True)
def test_one_case_and_many_who_move_it():
    case = received()
    wins = []

    def forward():
        event = moved(case, "forward", expected_version=1)
        wins.append(event.seq)

    faults = at_once([forward] * 6)
    assert len(wins) == 1
    assert {type(fault).__name__ for fault in faults} == {"StaleVersion"}
    assert len(faults) == 5
    assert selectors.case(case.reference).version == 2


@pytest.mark.django_db(transaction=True)
def test_one_complaint_is_followed_once():
    first = received()
    faults = at_once([lambda: received(values={"stage": "second-complaint"}, follows=first.reference)] * 4)
    assert [type(fault).__name__ for fault in faults] == ["AlreadyFollowed"] * 3
    assert selectors.followers(first).count() == 1
