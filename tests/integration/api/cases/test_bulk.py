"""Many cases at once: each line has a result of its own, and what was sent twice is there once."""

import json

import pytest
from django.test import Client

from portal.api.v1.cases import bulk, lines
from portal.cases.models import Case, CaseEvent, KeptAnswer, PersonalValue
from tests.factories.cases import complaint_values
from tests.factories.modules import COMPLAINTS, READ, Sender
from tests.integration.api.cases.reading import problem

pytestmark = pytest.mark.django_db

BULK = f"{COMPLAINTS}bulk/"


def line(number: int = 1, **members):
    """A complaint of an amount."""
    return {"values": complaint_values(amount=str(number))} | members


def test_each_line_has_its_result():
    module = Sender()
    results = module.bulk(
        line(1),
        "",
        "{nonsense",
        '["no object"]',
        {"values": complaint_values(amount="much", nonsense="x")},
        line(2, received_at="2022-03-01T09:00:00+08:00"),
        {"values": {"stage": "second-complaint"}, "follows": "CC-2222-2222"},
        line(3, sent_at="2022-03-01"),
        line(4, received_at="yesterday"),
    )
    assert [(result["line"], result["status"]) for result in results] == [
        (1, 201),
        (3, 400),
        (4, 422),
        (5, 422),
        (6, 201),
        (7, 422),
        (8, 422),
        (9, 422),
    ]
    assert {error["pointer"] for error in results[3]["errors"]} == {"/values/amount", "/values/nonsense"}
    assert [error["pointer"] for error in results[6]["errors"]] == ["/sent_at"]
    assert [error["pointer"] for error in results[7]["errors"]] == ["/received_at"]
    received = Case.objects.order_by("pk")
    assert [case.reference for case in received] == [results[0]["reference"], results[4]["reference"]]
    assert [case.data["amount"] for case in received] == ["1", "2"]
    assert CaseEvent.objects.filter(actor=f"module:{module.client.id}").count() == 2
    assert PersonalValue.objects.count() == 8


def test_lines_with_keys_are_received_once():
    module = Sender()
    sent = [line(number, key=f"k{number}") for number in range(3)]
    first = module.bulk(*sent)
    again = module.bulk(*sent, line(9, key="k0"), line(3, key="k3"), line(3, key="k3"), line(4, key="k3"))
    assert [result["reference"] for result in again[:3]] == [result["reference"] for result in first]
    assert all(result["replayed"] for result in again[:3])
    assert (again[3]["status"], again[3]["code"]) == (422, "idempotency-key-reused")
    assert again[5] == again[4] | {"line": 6, "replayed": True}
    assert (again[6]["status"], again[6]["code"]) == (422, "idempotency-key-reused")
    assert Case.objects.count() == KeptAnswer.objects.count() == 4


def test_a_key_means_the_same_in_bulk_and_alone():
    module = Sender()
    (result,) = module.bulk(line(1, key="k"))
    alone = module.post(COMPLAINTS, line(1), key="k")
    assert (alone.status_code, alone.json()["reference"]) == (201, result["reference"])
    assert alone["Location"] == f"{COMPLAINTS}{result['reference']}/"
    module.post(COMPLAINTS, line(2), key="l")
    assert module.bulk(line(2, key="l"))[0]["replayed"]
    assert Case.objects.count() == 2


@pytest.mark.parametrize("key", ["", 1, "鍵", "a" * 256, '"a"', ["a"]])
def test_a_key_that_is_none(key):
    (result,) = Sender().bulk(line(1, key=key))
    assert (result["status"], result["errors"][0]["pointer"]) == (422, "/key")
    assert not Case.objects.exists()


def test_a_line_whose_case_was_refused_keeps_no_key():
    module = Sender()
    module.bulk({"values": complaint_values(amount="much"), "key": "k"})
    assert module.bulk(line(1, key="k"))[0]["status"] == 201


def test_cases_are_received_in_batches(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH_LINES", 3)
    results = Sender().bulk(*(line(number, key=f"k{number % 8}") for number in range(10)))
    assert [result["status"] for result in results] == [201] * 8 + [422] * 2
    assert [result["line"] for result in results] == list(range(1, 11))


def test_a_second_complaint_follows_in_bulk():
    module = Sender()
    (first,) = module.bulk(line(1))
    (second,) = module.bulk({"values": {"stage": "second-complaint"}, "follows": first["reference"]})
    assert Case.objects.get(reference=second["reference"]).follows.reference == first["reference"]


def test_lines_that_are_too_long(settings):
    settings.MODULE_BODY_MAX_BYTES = 2000
    results = Sender().bulk(line(1), line(2, follows="x" * 3000), line(3))
    assert [result["status"] for result in results] == [201, 413, 201]


def test_too_many_lines(monkeypatch):
    monkeypatch.setattr(bulk, "MOST_LINES", 2)
    results = Sender().bulk(*(line(number) for number in range(4)))
    assert [(result["line"], result["status"]) for result in results] == [(1, 201), (2, 201), (3, 413)]
    assert Case.objects.count() == 2


def test_a_body_that_is_too_large(monkeypatch):
    monkeypatch.setattr(bulk, "MOST_BYTES", 100)
    module = Sender()
    response = module.http.post(
        BULK, json.dumps(line()).encode(), content_type="application/x-ndjson", headers=module.authorized
    )
    problem(response, 413, "too-large")


def test_another_media_type():
    module = Sender()
    body = problem(module.post(BULK, [line()]), 415, "unsupported-media-type")
    assert body["allowed"] == ["application/x-ndjson"]


def test_results_are_of_no_use_to_whoever_may_only_read():
    reader = Sender(READ)
    response = Client().post(BULK, b"{}\n", content_type="application/x-ndjson", headers=reader.authorized)
    problem(response, 403, "insufficient-scope")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_in_pieces_of_any_size(size):
    text = b"a\n\nbc\nlonger than it may be\n  \nd"
    chunks = [text[place : place + size] for place in range(0, len(text), size)]
    read = [(each.number, each.text) for each in lines.split(chunks, 5, 100)]
    assert read == [(1, b"a"), (3, b"bc"), (4, None), (6, b"d")]
