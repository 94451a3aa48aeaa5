"""What events say of a person, from a service to the encrypted tables and back."""

import pytest
from django.utils import timezone

from portal.cases.models import Case, CaseEvent, PersonalValue, Reading
from portal.cases.personal import reading
from portal.cases.personal.keeping import STORE
from portal.cases.personal.wrapped import Personal
from portal.cases.receiving import receive
from portal.cases.transitions import amend
from tests.factories.cases import PERSONAL, complaint_values, moved, received
from tests.factories.cases_personal import OFFICER

pytestmark = pytest.mark.django_db


def revealed(case: Case) -> dict[str, str]:
    """What an officer reads of a complaint."""
    return {name: value.reveal() for name, value in reading.read(case, fields=list(PERSONAL), **OFFICER).items()}


def found(by: str, text: str) -> list[int]:
    """The cases that an officer finds."""
    return reading.find(by, Personal(text), **OFFICER)


def test_a_complaint_is_read_and_found_and_stands_nowhere_in_clear():
    case = received(personal=STORE)
    assert revealed(case) == PERSONAL
    assert found("phone", "+886 912 345 678") == found("email", "MING@example.org") == [case.pk]
    assert found("phone", "0912-345-679") == []
    rows = str([list(model.objects.values()) for model in (Case, CaseEvent, PersonalValue, Reading)])
    assert not [value for value in PERSONAL.values() if value in rows]


def test_each_event_keeps_what_it_said():
    case = received(personal=STORE)
    event = moved(case, "request-supplement", {"missing": "請補發票"}, personal=STORE)
    said = reading.read_events([(case.pk, 1), (case.pk, event.number)], **OFFICER)
    assert said[case.pk, event.number]["missing"].reveal() == "請補發票"
    assert said[case.pk, 1].keys() == PERSONAL.keys()


def test_a_later_case_has_what_the_earlier_one_said_last():
    earlier = received(personal=STORE)
    amend(case_reference=earlier.reference, values={"consumer_phone": "07-123-4567"}, actor="user:1", personal=STORE)
    later = received(
        values={"stage": "second-complaint", "description": "仍未退款"}, follows=earlier.reference, personal=STORE
    )
    assert revealed(later) == PERSONAL | {"consumer_phone": "07-123-4567", "description": "仍未退款"}
    assert found("phone", "07-1234567") == [later.pk, earlier.pk]
    assert found("email", "ming@example.org") == [later.pk, earlier.pk]


def test_what_is_taken_out_is_gone_and_those_who_follow_are_told():
    case = received(personal=STORE)
    values = {"consumer_phone": None, "consumer_email": PERSONAL["consumer_email"]}
    event = amend(case_reference=case.reference, values=values, actor="user:1", personal=STORE)
    assert revealed(case) == {name: value for name, value in PERSONAL.items() if name != "consumer_phone"}
    assert found("phone", "0912-345-678") == []
    assert found("email", "ming@example.org") == [case.pk]
    said = reading.read_events([(case.pk, 1), (case.pk, event.number)], **OFFICER)
    assert "consumer_phone" not in said[case.pk, 1]
    assert said[case.pk, event.number]["consumer_phone"].reveal() == ""
    assert "0912-345-678" not in reading.export(case, actor="user:7").reveal()


def test_a_case_that_says_nothing_of_a_person_is_kept_too():
    values = complaint_values(consumer_email=None)
    assert revealed(received(personal=STORE, values=values)).keys() == PERSONAL.keys() - {"consumer_email"}


def test_it_is_where_services_keep_what_is_personal_unless_they_are_told_otherwise():
    values, now = complaint_values(), timezone.now()
    case = receive(kind="consumer-complaint", agency="a", values=values, received_at=now, actor="citizen")
    later = {"values": {"stage": "mediation"}, "received_at": now, "actor": "citizen", "follows": case.reference}
    assert revealed(case) == revealed(receive(kind="consumer-complaint", agency="a", **later)) == PERSONAL
    amend(case_reference=case.reference, values={"consumer_name": "王大明"}, actor="user:1")
    assert revealed(case) == PERSONAL | {"consumer_name": "王大明"}
