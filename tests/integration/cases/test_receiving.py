"""Receiving a case: what is written, what is kept apart, and what is refused."""

import datetime

import pytest
from django.utils import timezone

from portal.cases import selectors
from portal.cases.models import Case, CaseEvent
from portal.cases.receiving import Receipt, receive_all
from portal.cases.refusals import (
    AlreadyFollowed,
    CannotFollow,
    CaseUnknown,
    KindUnknown,
    MomentWrong,
    ValuesInvalid,
)
from tests.factories.cases import AGENCY, COMPLAINT, PERSONAL, Remembering, complaint_values, moved, received

pytestmark = pytest.mark.django_db


def test_a_complaint_is_received():
    store = Remembering()
    case = received(personal=store)
    assert Case.objects.get() == selectors.case(case.reference) == case
    assert (case.kind, case.state, case.version, case.closed_at) == ("consumer-complaint", "received", 1, None)
    assert case.data == COMPLAINT
    event = selectors.timeline(case).get()
    assert (event.seq, event.number, event.type, event.actor) == (1, 1, "received", "citizen")
    assert event.data == COMPLAINT
    assert store.kept == {1: PERSONAL}


def test_nothing_personal_is_in_the_tables_of_cases():
    case = received()
    moved(case, "request-supplement", {"missing": "請補發票 A123456789"})
    rows = str([list(model.objects.values()) for model in (Case, CaseEvent)])
    assert not [value for value in [*PERSONAL.values(), "A123456789"] if value in rows]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"kind": "complaint"}, KindUnknown),
        ({"follows": "CC-NOSUCHCASE"}, CaseUnknown),
        ({"received_at": timezone.now() + datetime.timedelta(days=1)}, MomentWrong),
        ({"received_at": datetime.datetime(2026, 1, 1)}, MomentWrong),
        ({"received_at": datetime.datetime.min.replace(tzinfo=datetime.UTC)}, MomentWrong),
        ({"values": complaint_values(amount="NaN")}, ValuesInvalid),
        ({"values": complaint_values(consumer_phone=None, consumer_email=None)}, ValuesInvalid),
    ],
)
def test_refusals_leave_nothing(given, refusal):
    store = Remembering()
    with pytest.raises(refusal):
        received(personal=store, **given)
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()
    assert not store.kept


def test_a_clock_that_is_a_little_ahead_is_believed():
    ahead = timezone.now() + datetime.timedelta(minutes=4)
    assert received(received_at=ahead).received_at == ahead


def test_a_second_complaint_follows_the_first_and_need_not_repeat_it():
    first = received()
    moved(first, "forward")
    moved(first, "fail")
    store = Remembering()
    values = {"stage": "second-complaint", "consumer_phone": "07-3368333"}
    second = received(follows=first.reference, values=values, actor="user:1", personal=store)
    assert store.kept == {4: {"consumer_phone": "07-3368333"}}
    assert store.carried == {4: (first.reference, ["consumer_name", "consumer_email", "description"])}
    assert second.follows == first
    assert second.data == COMPLAINT | {"stage": "second-complaint"}
    mediation = received(follows=second.reference, values={"stage": "mediation", "demand": "compensation"})
    assert mediation.data["demand"] == "compensation"
    assert [case.stage for case in (first, second, mediation)] == ["first-complaint", "second-complaint", "mediation"]
    assert mediation.events.get().other == second


def test_what_cannot_follow():
    first = received()
    for stage in ("first-complaint", "nonsense"):
        with pytest.raises((CannotFollow, ValuesInvalid)):
            received(follows=first.reference, values={"stage": stage})
    settled = received()
    moved(settled, "settle", {"amount_recovered": "2990"})
    with pytest.raises(CannotFollow):
        received(follows=settled.reference, values={"stage": "second-complaint"})
    with pytest.raises(MomentWrong):
        received(
            follows=first.reference,
            values={"stage": "second-complaint"},
            received_at=first.received_at - datetime.timedelta(days=1),
        )
    second = received(follows=first.reference, values={"stage": "second-complaint"})
    with pytest.raises(AlreadyFollowed) as refused:
        received(follows=first.reference, values={"stage": "mediation"})
    assert refused.value.params == {"reference": second.reference}
    assert second.reference in refused.value.messages["zh-Hant"]


def test_many_at_once_each_with_its_own_result(django_assert_max_num_queries):
    first, now, store = received(), timezone.now(), Remembering()

    def receipt(**given):
        about = {"kind": "consumer-complaint", "agency": AGENCY, "values": complaint_values(), "actor": "module:1"}
        return Receipt(**{**about, "received_at": now, **given})

    follow = receipt(values={"stage": "mediation"}, follows=first.reference)
    receipts = [
        receipt(),
        receipt(kind="nonsense"),
        follow,
        receipt(values={}),
        follow,
        receipt(follows="CC-X"),
        receipt(),
    ]
    with django_assert_max_num_queries(13):
        outcomes = receive_all(receipts, personal=store, now=now)
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "Case",
        "KindUnknown",
        "Case",
        "ValuesInvalid",
        "AlreadyFollowed",
        "CaseUnknown",
        "Case",
    ]
    written = [outcome for outcome in outcomes if isinstance(outcome, Case)]
    assert list(selectors.cases()) == [first, *written]
    assert [event.reference for event in selectors.feed(after=1, limit=10).events] == [
        case.reference for case in written
    ]
    assert store.kept == {2: PERSONAL, 4: PERSONAL}


def test_references_do_not_repeat(monkeypatch):
    drawn = iter(["CC-A", "CC-A", "CC-B"])
    monkeypatch.setattr("portal.cases.receiving.new_reference", lambda prefix: next(drawn))
    assert [received().reference, received().reference] == ["CC-A", "CC-B"]
