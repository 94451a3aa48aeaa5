"""A request with a key is done once, however often and from however many sides it comes."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from portal.api.v1.cases import idempotency, receiving
from portal.cases.models import Case, CaseEvent, KeptAnswer
from tests.factories.cases import PERSONAL, complaint_values
from tests.factories.modules import COMPLAINTS, Sender
from tests.integration.api.cases.reading import problem
from tests.races import at_once

pytestmark = pytest.mark.django_db


def sent(**values):
    """A complaint as it is sent."""
    return {"values": complaint_values(**values)}


def test_the_first_answer_comes_again():
    module = Sender()
    first = module.post(COMPLAINTS, sent(), key="a")
    again = module.post(COMPLAINTS, sent(), key="a")
    assert (again.status_code, again.content) == (first.status_code, first.content) == (201, first.content)
    for name in ("Location", "ETag"):
        assert again[name] == first[name]
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Case.objects.count() == 1


def test_the_first_answer_comes_again_though_the_case_has_moved_on():
    module = Sender()
    address = module.post(COMPLAINTS, sent())["Location"]
    first = module.post(f"{address}events/", {"type": "forward"}, key="a", If_Match='"1"')
    module.post(f"{address}events/", {"type": "withdraw"}, If_Match='"2"')
    again = module.post(f"{address}events/", {"type": "forward"}, key="a", If_Match='"1"')
    assert (again.status_code, again.content) == (201, first.content)
    assert CaseEvent.objects.count() == 3


def test_the_order_of_members_makes_no_other_body():
    module = Sender()
    values = complaint_values()
    module.post(COMPLAINTS, {"values": values}, key="a")
    assert module.post(COMPLAINTS, {"values": dict(reversed(values.items()))}, key='"a"').status_code == 201
    assert Case.objects.count() == 1


def test_another_body_or_address():
    module = Sender()
    address = module.post(COMPLAINTS, sent(), key="a")["Location"]
    problem(module.post(COMPLAINTS, sent(amount="1"), key="a"), 422, "idempotency-key-reused")
    problem(module.post(f"{address}events/", {"type": "forward"}, key="a", If_Match="*"), 422, "idempotency-key-reused")
    assert CaseEvent.objects.count() == 1


def test_keys_are_a_modules_own():
    Sender().post(COMPLAINTS, sent(), key="a")
    assert Sender().post(COMPLAINTS, sent(amount="1"), key="a").status_code == 201
    assert Case.objects.count() == 2


def test_what_was_refused_can_be_put_right():
    module = Sender()
    problem(module.post(COMPLAINTS, sent(amount="much"), key="a"), 422, "values-invalid", "/values/amount")
    assert not KeptAnswer.objects.exists()
    assert module.post(COMPLAINTS, sent(), key="a").status_code == 201


@pytest.mark.parametrize("key", [None, "", '""', "鍵", "a b", '"a', "a" * 256])
def test_a_key_is_needed(key):
    module = Sender()
    headers = module.authorized | ({"Idempotency-Key": key} if key is not None else {})
    response = module.http.post(COMPLAINTS, sent(), content_type="application/json", headers=headers)
    problem(response, 400, "idempotency-key-missing")
    assert not Case.objects.exists()


def test_keys_are_known_for_48_hours():
    module = Sender()
    module.post(COMPLAINTS, sent(), key="a")
    KeptAnswer.objects.update(kept_at=timezone.now() - datetime.timedelta(hours=47, minutes=59))
    module.post(COMPLAINTS, sent(), key="a")
    assert (Case.objects.count(), idempotency.forget_old()) == (1, 0)
    KeptAnswer.objects.update(kept_at=timezone.now() - datetime.timedelta(hours=48, minutes=1))
    module.post(COMPLAINTS, sent(), key="a")
    assert Case.objects.count() == 2
    KeptAnswer.objects.update(kept_at=timezone.now() - datetime.timedelta(hours=48, minutes=1))
    assert (idempotency.forget_old(), KeptAnswer.objects.count()) == (1, 0)


def test_neither_key_nor_body_is_stored():
    Sender().post(COMPLAINTS, sent(), key="0987-111-222")
    row = str(list(KeptAnswer.objects.values()))
    assert not [value for value in ("0987-111-222", *PERSONAL.values()) if value in row]


def test_a_fault_leaves_neither_case_nor_key(monkeypatch):
    module = Sender()

    def broken(*_args):
        raise RuntimeError("王小明 0912-345-678")

    with monkeypatch.context() as patched:
        patched.setattr(receiving, "case_as_json", broken)
        problem(module.post(COMPLAINTS, sent(), key="a"), 500, "server-error")
    assert (Case.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert module.post(COMPLAINTS, sent(), key="a").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_one_key_make_one_case():
    module = Sender()
    answers = []

    def post():
        answers.append(module.post(COMPLAINTS, sent(), key="a"))

    assert at_once([post] * 50) == []
    done = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in done}) == 1
    for answer in answers:
        if answer.status_code != 201:
            problem(answer, 409, "idempotency-key-in-flight")
            assert answer["Retry-After"] == "1"
    assert (Case.objects.count(), CaseEvent.objects.count(), KeptAnswer.objects.count()) == (1, 1, 1)
    assert module.post(COMPLAINTS, sent(), key="a").content == done[0].content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("elsewhere", [False, pytest.param(True, marks=pytest.mark.needs_postgresql)])
def test_a_key_in_flight(monkeypatch, elsewhere):
    module, answers = Sender(), []
    begun, go_on = threading.Event(), threading.Event()
    receive = receiving.receive_all

    def slow(*args, **given):
        begun.set()
        go_on.wait(60)
        return receive(*args, **given)

    def post():
        answers.append(module.post(COMPLAINTS, sent(), key="a"))
        connection.close()

    monkeypatch.setattr(receiving, "receive_all", slow)
    if elsewhere:
        monkeypatch.setattr(idempotency, "_in_flight", _Forgetful())
    first = threading.Thread(target=post)
    first.start()
    assert begun.wait(60)
    problem(module.post(COMPLAINTS, sent(), key="a"), 409, "idempotency-key-in-flight")
    go_on.set()
    first.join(60)
    assert [answer.status_code for answer in answers] == [201]
    assert module.post(COMPLAINTS, sent(), key="a")["Idempotency-Replayed"] == "true"
    assert Case.objects.count() == 1


class _Forgetful(set):
    """What another process holds is not in this one's memory."""

    def add(self, _claim) -> None:
        """Forget it."""
