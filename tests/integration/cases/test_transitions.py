"""Moving a case on, amending, assigning, merging and reopening it."""

import datetime

import pytest
from django.utils import timezone

from portal.cases import selectors
from portal.cases.assigning import assign
from portal.cases.merging import merge
from portal.cases.models import CaseEvent
from portal.cases.references import new_reference
from portal.cases.refusals import (
    CannotMerge,
    MergedAlready,
    MomentWrong,
    NotAllowed,
    NotClosed,
    StaleVersion,
    TransitionUnknown,
    ValuesInvalid,
    WrongTransition,
)
from portal.cases.transitions import amend, reopen
from tests.factories.cases import AGENCY, COMPLAINT, Remembering, complaint_values, moved, received

pytestmark = pytest.mark.django_db


def by_officer(case, **given):
    return {"case_reference": case.reference, "actor": "user:1", "personal": Remembering()} | given


def fresh(case):
    return selectors.case(case.reference)


def test_from_receipt_to_outcome():
    case, store = received(), Remembering()
    moved(case, "forward", personal=store)
    moved(case, "answer", {"answered_on": timezone.localdate().isoformat(), "answer": "願意退款"}, personal=store)
    event = moved(case, "settle", {"amount_recovered": "2000", "note": "已退款"}, personal=store, expected_version=3)
    assert event.case == fresh(case)
    case = fresh(case)
    assert (case.state, case.version, case.closed_at) == ("settled", 4, event.occurred_at)
    assert case.data["amount_recovered"] == "2000"
    assert store.kept == {3: {"answer": "願意退款"}, 4: {"note": "已退款"}}
    assert [event.type for event in selectors.timeline(case)] == ["received", "forward", "answer", "settle"]


@pytest.mark.parametrize(
    ("transition", "values", "given", "refusal"),
    [
        ("evaporate", {}, {}, TransitionUnknown),
        ("fail", {}, {}, WrongTransition),
        ("arrange-hearing", {}, {}, WrongTransition),
        ("forward", {}, {"actor": "citizen"}, NotAllowed),
        ("forward", {}, {"expected_version": 2}, StaleVersion),
        ("settle", {}, {}, ValuesInvalid),
        ("forward", {"amount": "1"}, {}, ValuesInvalid),
        ("forward", {}, {"occurred_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}, MomentWrong),
        ("forward", {}, {"occurred_at": datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)}, MomentWrong),
    ],
)
def test_refusals_leave_the_case_as_it_was(transition, values, given, refusal):
    case = received()
    with pytest.raises(refusal) as refused:
        moved(case, transition, values, **given)
    assert refused.value.messages["zh-Hant"] != refused.value.messages["en"]
    assert fresh(case).version == 1
    assert CaseEvent.objects.count() == 1


def test_a_failing_store_of_personal_values_takes_the_event_with_it():
    class Full:
        def store_all(self, said):
            raise OSError

    case = received()
    with pytest.raises(OSError):
        moved(case, "settle", {"amount_recovered": "1", "note": "x"}, personal=Full())
    assert fresh(case).version == CaseEvent.objects.count() == 1


def test_the_citizen_may_withdraw():
    case = received()
    moved(case, "withdraw", actor="citizen")
    assert fresh(case).state == "withdrawn"


def test_amending():
    case, store = received(), Remembering()
    values = {"amount": "3000", "business_tax_id": None, "consumer_phone": "07-1234567", "consumer_email": ""}
    amend(**by_officer(case, values=values, personal=store))
    case = fresh(case)
    assert case.data == {name: value for name, value in COMPLAINT.items() if name != "business_tax_id"} | {
        "amount": "3000"
    }
    assert store.kept == {2: {"consumer_phone": "07-1234567", "consumer_email": None}}
    for wrong in ({"channel": None}, {"stage": "mediation"}, {"business_tax_id": "12345678"}, {"consumer_email": ""}):
        with pytest.raises(ValuesInvalid):
            amend(**by_officer(case, values=wrong))
    with pytest.raises(NotAllowed):
        amend(**by_officer(case, values={}, actor="citizen"))


def test_assigning_and_handing_over():
    case = received()
    assign(**by_officer(case, assignee="user:7"))
    assert fresh(case).assignee == "user:7"
    event = assign(**by_officer(case, agency="health-bureau"))
    assert (event.agency, event.from_agency) == ("health-bureau", AGENCY)
    assert (fresh(case).agency, fresh(case).assignee) == ("health-bureau", "")


def test_merging_duplicates():
    kept, double, other = received(), received(), received(values=complaint_values(stage="mediation"))
    event = merge(**by_officer(double, into=kept.reference))
    assert (fresh(double).state, fresh(double).merged_into, event.other) == ("merged", kept, kept)
    assert [event.type for event in selectors.timeline(kept)] == ["received", "absorbed"]
    assert fresh(kept).version == 2
    with pytest.raises(MergedAlready):
        moved(double, "forward")
    for into in (kept, double, other):
        with pytest.raises(CannotMerge):
            merge(**by_officer(kept, into=into.reference))


def test_reopening():
    case = received()
    with pytest.raises(NotClosed):
        reopen(**by_officer(case))
    moved(case, "settle", {"amount_recovered": "0"})
    store = Remembering()
    reopen(**by_officer(case, values={"reason": "業者未履行"}, personal=store))
    assert (fresh(case).state, fresh(case).closed_at, fresh(case).version) == ("received", None, 3)
    assert store.kept == {3: {"reason": "業者未履行"}}


def test_a_consultation_becomes_a_complaint_that_exists():
    consultation = received("consultation", values={"channel": "counter", "subject": "food"})
    complaint = received()
    for missing in (new_reference("CC"), "nonsense", None):
        with pytest.raises(ValuesInvalid) as refused:
            moved(consultation, "complain", {"complaint": missing})
        assert [problem.pointer for problem in refused.value.problems] == ["/complaint"]
    moved(consultation, "complain", {"complaint": complaint.reference})
    assert fresh(consultation).state == "became-complaint"
    assert fresh(consultation).data["complaint"] == complaint.reference
