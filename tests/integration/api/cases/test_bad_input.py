"""Whatever is wrong with what a module sends is said in a problem document that names the member; nothing half made."""

import io
import json

import pytest
from django.test import RequestFactory

from portal.api.v1.cases import bodies
from portal.api.v1.problems import Problem
from portal.cases.models import Case, CaseEvent, PersonalValue
from portal.cases.references import new_reference
from tests.factories.cases import complaint_values
from tests.factories.modules import COMPLAINTS, Sender
from tests.integration.api.cases.reading import problem

pytestmark = pytest.mark.django_db


def values(**changes):
    """A case whose values are wrong somewhere."""
    return {"values": complaint_values(**changes)}


BAD_CASES = {
    "unknown field": (values(nonsense="x"), "/values/nonsense"),
    "unknown member": (values() | {"agency": "health-bureau"}, "/agency"),
    "missing": (values(business_name=None), "/values/business_name"),
    "one of two": (values(consumer_phone=None, consumer_email=None), "/values/consumer_phone"),
    "no object": ({"values": []}, "/values"),
    "control character": (values(business_name="甲\x00乙"), "/values/business_name"),
    "reordering": (values(consumer_name="abc\u202edef"), "/values/consumer_name"),
    "too long": (values(description="字" * 4001), "/values/description"),
    "choice": (values(category="nothing"), "/values/category"),
    "type": (values(amount=2990), "/values/amount"),
    "huge number": (values(amount=10**30), "/values/amount"),
    "date after receipt": (values(purchased_on="2999-01-01"), "/values/purchased_on"),
    "no date": (values(purchased_on="2022-02-30"), "/values/purchased_on"),
    "e-mail": (values(consumer_email="nobody"), "/values/consumer_email"),
    "telephone": (values(consumer_phone="=HYPERLINK(1)"), "/values/consumer_phone"),
    "received in the future": (values() | {"received_at": "2999-01-01T00:00:00Z"}, "/received_at"),
    "received without an offset": (values() | {"received_at": "2022-01-01T00:00:00"}, "/received_at"),
    "received long ago": (values() | {"received_at": "0001-01-01T00:00:00+14:00"}, "/received_at"),
    "received at no time": (values() | {"received_at": 1}, "/received_at"),
    "follows nothing": (values(stage="second-complaint") | {"follows": "CC-0"}, "/follows"),
    "follows no text": (values() | {"follows": 7}, "/follows"),
    "follows a control character": (values() | {"follows": "\x00"}, "/follows"),
}


@pytest.mark.parametrize("name", BAD_CASES)
def test_a_bad_case(name):
    body, pointer = BAD_CASES[name]
    module = Sender()
    told = problem(module.post(COMPLAINTS, body), 422, "values-invalid", pointer)
    english = problem(module.post(f"{COMPLAINTS}?lang=en", body), 422, "values-invalid", pointer)
    assert told["errors"][0]["message"] != english["errors"][0]["message"]
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english["detail"])
    (result,) = module.bulk(body)
    assert (result["status"], result["errors"]) == (422, told["errors"])
    assert not Case.objects.exists() and not CaseEvent.objects.exists() and not PersonalValue.objects.exists()


def test_emoji_and_right_to_left_letters_are_fine():
    module = Sender()
    sent = module.post(COMPLAINTS, values(consumer_name="שלום 👩‍👩‍👧", business_name="=1+1"))
    assert sent.status_code == 201
    assert module.get(sent["Location"]).json()["personal"]["consumer_name"] == "שלום 👩‍👩‍👧"


BAD_EVENTS = {
    "no type": ({}, 422, "values-invalid", "/type"),
    "unknown step": ({"type": "nonsense"}, 422, "values-invalid", "/type"),
    "a step of nobody": ({"type": "received"}, 422, "values-invalid", "/type"),
    "wrong step": ({"type": "answer", "values": {"answered_on": "2022-03-02"}}, 409, "conflict", "/type"),
    "not closed": ({"type": "reopened"}, 409, "conflict", "/type"),
    "unknown field": ({"type": "forward", "values": {"x": 1}}, 422, "values-invalid", "/values/x"),
    "missing field": ({"type": "request-supplement"}, 422, "values-invalid", "/values/missing"),
    "unknown member": ({"type": "forward", "agency": "x"}, 422, "values-invalid", "/agency"),
    "before receipt": (
        {"type": "forward", "occurred_at": "2022-02-28T09:00:00+08:00"},
        422,
        "values-invalid",
        "/occurred_at",
    ),
    "in the future": (
        {"type": "forward", "occurred_at": "2999-01-01T00:00:00Z"},
        422,
        "values-invalid",
        "/occurred_at",
    ),
    "the agency's name": ({"type": "assigned", "agency": "消保官室"}, 422, "values-invalid", "/agency"),
    "somebody's name": ({"type": "assigned", "assignee": "王小明"}, 422, "values-invalid", "/assignee"),
    "into nothing": ({"type": "merged"}, 422, "values-invalid", "/into"),
    "into another": ({"type": "merged", "into": "CC-0"}, 422, "values-invalid", "/into"),
    "the stage": ({"type": "amended", "values": {"stage": "mediation"}}, 422, "values-invalid", "/values/stage"),
}


@pytest.mark.parametrize("name", BAD_EVENTS)
def test_a_bad_event(name):
    body, status, code, pointer = BAD_EVENTS[name]
    module = Sender()
    address = module.post(COMPLAINTS, values() | {"received_at": "2022-03-01T09:00:00+08:00"})["Location"]
    problem(module.post(f"{address}events/", body, If_Match="*"), status, code, pointer)
    assert CaseEvent.objects.count() == 1


def test_into_itself():
    module = Sender()
    address = module.post(COMPLAINTS, values())["Location"]
    merging = {"type": "merged", "into": address.split("/")[-2]}
    problem(module.post(f"{address}events/", merging, If_Match="*"), 409, "conflict", "/into")


@pytest.mark.parametrize("tag", ["", "3", 'W/"1"', '"one"', '"0"', '"2", "3"'])
def test_another_version(tag):
    module = Sender()
    address = module.post(COMPLAINTS, values())["Location"]
    response = module.post(f"{address}events/", {"type": "forward"}, If_Match=tag)
    if response.status_code == 428:
        problem(response, 428, "precondition-required")
        assert tag in ("", "3")
    else:
        problem(response, 412, "precondition-failed")
    assert CaseEvent.objects.count() == 1
    assert module.post(f"{address}events/", {"type": "forward"}, If_Match='"2", "1"').status_code == 201


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b'{"values": NaN}', b"[" * 100_000, b'{"a": "\\ud800"}'])
def test_what_is_not_json(text):
    module = Sender()
    for address in (COMPLAINTS, f"{COMPLAINTS}{new_reference('CC')}/events/"):
        if text:
            problem(module.post(address, text, If_Match="*"), 400, "bad-request")
    assert not Case.objects.exists()


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_other_media_types(media_type):
    module = Sender()
    headers = module.authorized | {"Idempotency-Key": "a"}
    response = module.http.post(COMPLAINTS, b"{}", content_type=media_type, headers=headers)
    problem(response, 415, "unsupported-media-type")


def test_a_body_of_10_megabytes():
    module = Sender()
    body = problem(module.post(COMPLAINTS, values(description="字" * 4_000_000)), 413, "too-large")
    assert body["most_bytes"] == 1_000_000
    assert module.post(COMPLAINTS, values(description="字" * 3000)).status_code == 201


def test_a_body_of_unknown_length():
    factory = RequestFactory()
    text = json.dumps(values()).encode()

    def request(**more):
        made = factory.post("/", b"-", content_type="application/json")
        made.META |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(text)} | more
        return made

    with pytest.raises(Problem, match="length-required"):
        bodies.read_object(request(), 10_000)
    assert bodies.read_object(request(**{"wsgi.input_terminated": True}), 10_000) == values()
    with pytest.raises(Problem, match="too-large"):
        bodies.read_object(request(**{"wsgi.input_terminated": True}), 100)


def test_a_connection_that_broke_off():
    class Broken(io.BytesIO):
        def read(self, *_args):
            raise OSError("王小明")

    made = RequestFactory().post("/", b"-", content_type="application/json")
    made.META |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": Broken(), "wsgi.input_terminated": True}
    with pytest.raises(Problem, match="bad-request"):
        bodies.read_object(made, 100)
