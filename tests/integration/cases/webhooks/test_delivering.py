"""Modules are told of events at their webhooks: in order, again after a fault, and signed so that others can verify."""

import datetime
import json
import logging

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator
from standardwebhooks import WebhookVerificationError

from portal.cases.models import CaseEvent, Delivery, Module, Webhook
from portal.cases.webhooks import faults, sealing
from portal.cases.webhooks.claiming import LEASE, claimed, due
from portal.cases.webhooks.delivering import deliver, forget_old
from tests.factories.cases import PERSONAL, moved, received
from tests.factories.webhooks import receiving, rested, verified, webhook

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings):
    with receiving(settings) as running:
        yield running


def fresh(of):
    return Webhook.objects.get(pk=of.pk)


def test_every_event_is_told_in_order_and_signed(receiver):
    hook = webhook(receiver.url)
    case = received()
    moved(case, "forward")
    deliver(hook.pk)
    assert receiver.seqs == [1, 2]
    told = [verified(message, hook.given_secret) for message in receiver.messages]
    assert told[1] == {
        "type": "case.consumer_complaint.forward",
        "timestamp": CaseEvent.objects.get(seq=2).occurred_at.isoformat().replace("+00:00", "Z"),
        "data": {
            "reference": case.reference,
            "kind": "consumer-complaint",
            "event": "forward",
            "seq": 2,
            "number": 2,
        },
    }
    first, second = receiver.messages
    assert first.headers["webhook-id"] != second.headers["webhook-id"]
    assert "." not in first.headers["webhook-id"]
    assert first.headers["content-type"] == "application/json"
    assert first.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert first.path == "/hook?token=in-the-address"
    assert fresh(hook).position == 2
    assert set(Delivery.objects.values_list("seq", "state", "attempts", "status")) == {
        (1, "delivered", 1, 204),
        (2, "delivered", 1, 204),
    }
    assert due() == []
    with pytest.raises(WebhookVerificationError):
        verified(first, webhook(receiver.url).given_secret)


def test_nothing_personal_is_sent_and_neither_address_nor_secret_logged(receiver, caplog):
    caplog.set_level(logging.DEBUG)
    receiver.answers = [500]
    hook = webhook(receiver.url)
    received()
    deliver(hook.pk)
    rested(hook)
    deliver(hook.pk)
    sent = json.dumps([[message.headers, message.body.decode()] for message in receiver.messages])
    assert len(receiver.messages) == 2
    assert not [value for value in PERSONAL.values() if value in sent]
    logged = str([record.__dict__ for record in caplog.records])
    assert "did not get through" in logged
    for unsaid in ("in-the-address", hook.given_secret, receiver.messages[0].headers["webhook-signature"]):
        assert unsaid not in logged
    assert hook.given_secret not in str(list(Webhook.objects.values()))


@pytest.mark.parametrize("answer", [500, 404, 302, 429, (503, {"Retry-After": "7"})])
def test_what_fails_is_sent_again_later_with_its_identifier_and_what_follows_waits(receiver, answer):
    receiver.answers = [answer]
    hook = webhook(receiver.url)
    received()
    received()
    deliver(hook.pk)
    assert receiver.seqs == [1]
    waiting = fresh(hook)
    assert (waiting.position, waiting.attempts, waiting.state) == (0, 1, "working")
    assert waiting.retry_at > timezone.now()
    assert Delivery.objects.get().fault == faults.STATUS
    deliver(hook.pk)
    assert (receiver.seqs, due()) == ([1], [])
    rested(hook)
    assert due() == [hook.pk]
    deliver(hook.pk)
    assert receiver.seqs == [1, 1, 2]
    first, again, _other = receiver.messages
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.body == again.body
    assert Delivery.objects.get(seq=1).attempts == 2
    assert (fresh(hook).attempts, fresh(hook).retry_at, fresh(hook).failing_since) == (0, None, None)


def test_retry_after_is_heeded(receiver):
    receiver.answers = [(503, {"Retry-After": "3000"})]
    hook = webhook(receiver.url)
    received()
    deliver(hook.pk)
    assert fresh(hook).retry_at > timezone.now() + datetime.timedelta(seconds=2900)


def test_a_receiver_that_is_not_there(receiver):
    hook = webhook(receiver.url.replace(str(receiver.port), "1"))
    received()
    deliver(hook.pk)
    assert Delivery.objects.get().fault == faults.ADDRESS
    assert due() == []


def test_after_three_days_it_is_given_up_and_goes_on_from_there_once_resumed(receiver):
    receiver.answers = [500, 500]
    hook = webhook(receiver.url)
    received()
    received()
    deliver(hook.pk)
    past = timezone.now() - datetime.timedelta(days=3)
    Webhook.objects.update(failing_since=past, retry_at=past)
    deliver(hook.pk)
    assert fresh(hook).state == Webhook.State.FAILING
    deliver(hook.pk)
    assert (receiver.seqs, due()) == ([1, 1], [])
    Webhook.objects.update(state="working", retry_at=None, failing_since=None)
    deliver(hook.pk)
    assert receiver.seqs == [1, 1, 1, 2]


def test_gone_is_gone_at_once(receiver):
    receiver.answers = [410]
    hook = webhook(receiver.url)
    received()
    deliver(hook.pk)
    assert fresh(hook).state == Webhook.State.FAILING
    assert Delivery.objects.get().fault == faults.GONE


def test_only_what_the_module_may_read_of_its_own_agency(receiver):
    hook = webhook(receiver.url, kinds=("consumer-complaint", "consultation"))
    received(agency="health-bureau")
    received("consultation", values={"channel": "counter", "subject": "electronics"})
    received()
    Module.objects.update(scopes=["cases:consumer-complaint:read"])
    deliver(hook.pk)
    assert receiver.seqs == [3]
    assert fresh(hook).position == 3
    Module.objects.update(ended_at=timezone.now())
    received()
    assert due() == []
    deliver(hook.pk)
    assert receiver.seqs == [3]


def test_for_a_day_both_secrets_sign(receiver):
    hook = webhook(receiver.url)
    now = timezone.now()
    new = sealing.renew(hook, now)
    received()
    deliver(hook.pk)
    (message,) = receiver.messages
    for secret in (hook.given_secret, new):
        assert verified(message, secret)
    Webhook.objects.update(old_until=now)
    received()
    deliver(hook.pk)
    assert verified(receiver.messages[1], new)
    with pytest.raises(WebhookVerificationError):
        verified(receiver.messages[1], hook.given_secret)


def test_a_secret_of_another_webhook_does_not_open(receiver):
    hook, other = webhook(receiver.url), webhook(receiver.url)
    Webhook.objects.filter(pk=hook.pk).update(secret=other.secret)
    received()
    deliver(hook.pk)
    assert (receiver.messages, Delivery.objects.get().fault) == ([], faults.SECRET)


def test_redelivery_is_the_same_message_and_moves_nothing(receiver):
    hook = webhook(receiver.url)
    received()
    received()
    deliver(hook.pk)
    Webhook.objects.update(state="paused")
    Delivery.objects.filter(seq=1).update(asked_at=timezone.now())
    assert due() == [hook.pk]
    deliver(hook.pk)
    assert receiver.seqs == [1, 2, 1]
    first, _second, again = receiver.messages
    assert (first.headers["webhook-id"], first.body) == (again.headers["webhook-id"], again.body)
    assert verified(again, hook.given_secret)
    told = Delivery.objects.get(seq=1)
    assert (told.attempts, told.asked_at, told.state) == (2, None, "delivered")
    assert fresh(hook).position == 2


def test_a_trial_is_about_no_case_and_is_tried_once(receiver):
    receiver.answers = [500]
    hook = webhook(receiver.url, state="paused")
    for _time in range(2):
        Delivery.objects.create(webhook=hook, at=timezone.now(), asked_at=timezone.now())
    deliver(hook.pk)
    deliver(hook.pk)
    assert [verified(each, hook.given_secret)["type"] for each in receiver.messages] == ["webhook.test"] * 2
    assert len({each.headers["webhook-id"] for each in receiver.messages}) == 2
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "delivered"]


def test_whoever_dies_after_sending_sends_again(receiver, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(*_args):
        raise Killed

    hook = webhook(receiver.url)
    received()
    with monkeypatch.context() as patched:
        patched.setattr("portal.cases.webhooks.delivering._note", killed)
        with pytest.raises(Killed):
            deliver(hook.pk)
    # A process that is killed releases nothing.
    Webhook.objects.update(claim="dead", claimed_until=timezone.now() + LEASE)
    assert due() == []
    Webhook.objects.update(claimed_until=timezone.now())
    deliver(hook.pk)
    assert receiver.seqs == [1, 1]
    assert len({message.headers["webhook-id"] for message in receiver.messages}) == 1
    assert fresh(hook).position == 1


def test_one_process_at_a_time(receiver):
    hook = webhook(receiver.url)
    received()
    with claimed(hook.pk) as claim:
        assert claim
        deliver(hook.pk)
        assert receiver.messages == []
        assert due() == []
    deliver(hook.pk)
    assert receiver.seqs == [1]


def test_deliveries_are_forgotten_after_a_month(receiver):
    hook = webhook(receiver.url)
    received()
    deliver(hook.pk)
    assert forget_old() == 0
    Delivery.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    assert forget_old() == 1


def test_messages_are_as_the_api_describes_them(receiver, client):
    described = client.get("/api/schema/").json()
    headers = described["webhooks"]["caseEvent"]["post"]["parameters"]
    hook = webhook(receiver.url)
    received()
    Delivery.objects.create(webhook=hook, at=timezone.now(), asked_at=timezone.now())
    deliver(hook.pk)
    validator = Draft202012Validator(described["components"]["schemas"]["WebhookMessage"])
    assert len(receiver.messages) == 2
    for message in receiver.messages:
        validator.validate(message.json)
        assert {each["name"] for each in headers} <= message.headers.keys()
