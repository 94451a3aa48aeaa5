"""The outbox: each mail once, what fails is tried again, and stops nobody else."""

import datetime
import smtplib

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.publication import consumers
from portal.publication.consumers import step
from portal.subscriptions import noting, sending
from portal.subscriptions.consumer import CONSUMER, Teller
from portal.subscriptions.models import Mail, Notice
from tests.factories.documents import document, publish
from tests.factories.subscribers import READER, SOON, follow, subscribe
from tests.mailserver import Crash, refusing

pytestmark = pytest.mark.django_db

OTHER = "other@example.org"


@pytest.fixture
def two(client: Client) -> None:
    """Two subscribers, and something to tell them."""
    subscribe(client, READER)
    subscribe(client, OTHER)
    publish(document("visit", "v"))


def states() -> dict[str, str]:
    """Address → what became of the last mail that told it of something."""
    told = Mail.objects.filter(subscription__isnull=False).order_by("pk")
    return dict(told.values_list("subscription__address", "state"))


def test_a_mail_that_fails_stops_no_other_and_is_tried_again(two, server):
    server.before = refusing(READER)
    follow()
    assert states() == {READER: "waiting", OTHER: "sent"}
    waiting = Mail.objects.get(state="waiting")
    assert waiting.attempts == 1
    sending.send(waiting.due_at - datetime.timedelta(seconds=1))
    assert server.to(READER) == []
    server.before = refusing()
    sending.send(waiting.due_at)
    assert states() == {READER: "sent", OTHER: "sent"}
    assert (len(server.to(READER)), len(server.to(OTHER))) == (1, 1)


def test_pauses_grow_until_it_is_given_up(two, server):
    server.before = refusing(READER)
    follow()
    pauses = []
    while waiting := Mail.objects.filter(state="waiting").first():
        now = waiting.due_at
        sending.send(now)
        waiting.refresh_from_db()
        if waiting.state == "waiting":
            pauses.append(waiting.due_at - now)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (datetime.timedelta(minutes=2), datetime.timedelta(hours=6))
    assert len(pauses) == sending.MOST_ATTEMPTS - 2
    assert sum(pauses, datetime.timedelta()) > datetime.timedelta(days=1)
    assert states()[READER] == "failed"
    publish(document("visit", "w"))
    server.before = refusing()
    follow()
    assert len(server.to(READER)) == 1


def test_a_server_that_is_away_holds_up_nothing_and_loses_nothing(two, server):
    server.is_away = True
    teller = Teller()
    while step(teller):
        pass
    with pytest.raises(sending.Unreachable):
        follow()
    assert consumers.lag()[CONSUMER.label] == 0
    assert set(states().values()) == {"waiting"}
    assert set(Mail.objects.filter(subscription__isnull=False).values_list("attempts", flat=True)) == {0}
    server.is_away = False
    follow()
    assert set(states().values()) == {"sent"}
    assert (len(server.to(READER)), len(server.to(OTHER))) == (1, 1)


@pytest.mark.parametrize("fault", [smtplib.SMTPServerDisconnected(), TimeoutError(), OSError()])
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_may_have_been_delivered_is_not_sent_again(two, server, fault, when):
    def die(message):
        if message.to == [READER]:
            raise fault

    setattr(server, when, die)
    follow()
    assert states() == {READER: "uncertain", OTHER: "sent"}
    setattr(server, when, lambda _message: None)
    follow(datetime.timedelta(days=2))
    assert len(server.to(READER)) == (when == "after")


def test_the_keeper_may_send_it_again(two, server, capsys):
    server.before = lambda _message: (_ for _ in ()).throw(TimeoutError())
    follow()
    server.before = lambda _message: None
    call_command("subscriptions", "resend")
    assert "2 mails" in capsys.readouterr().out
    follow()
    assert states() == {READER: "sent", OTHER: "sent"}


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_in_the_hand_over_sends_nothing_twice(two, server, when):
    def die(message):
        raise Crash

    setattr(server, when, die)
    with pytest.raises(Crash):
        follow()
    setattr(server, when, lambda _message: None)
    follow()
    assert sorted(states().values()) == ["sending", "sent"]
    follow(datetime.timedelta(minutes=20))
    assert sorted(states().values()) == ["sent", "uncertain"]
    assert max(len(server.to(READER)), len(server.to(OTHER))) == 1


def test_of_two_hosts_one_sends(two, server):
    """The second comes while the first is handing over, and finds nothing to claim."""

    def come(_message):
        server.before = lambda _message: None
        sending.send(timezone.now() + SOON)

    server.before = come
    follow()
    assert (len(server.to(READER)), len(server.to(OTHER))) == (1, 1)
    assert set(states().values()) == {"sent"}


def test_of_two_hosts_one_gathers(two):
    step(Teller())
    now = timezone.now() + SOON
    assert noting.gather(now) == 2
    assert noting.gather(now) == 0


def test_rows_that_are_given_twice_are_noted_once(two, server):
    follow()
    rows = list(consumers.LogRow.objects.all())
    noting.note(rows, timezone.now())
    assert follow() == []
    assert Notice.objects.count() == 2
    assert (len(server.to(READER)), len(server.to(OTHER))) == (1, 1)


def test_a_mail_that_cannot_be_written_stops_no_other(two, server, monkeypatch):
    from portal.subscriptions import messages

    compose = messages.compose

    def fail(mail, token, now):
        if mail.subscription.address == READER:
            raise ValueError("no template")
        return compose(mail, token, now)

    monkeypatch.setattr(messages, "compose", fail)
    follow()
    assert states() == {READER: "waiting", OTHER: "sent"}


def test_a_fault_of_the_room_holds_up_no_consumer(two, monkeypatch):
    def fail(_now):
        raise RuntimeError("outbox")

    monkeypatch.setattr(noting, "gather", fail)
    assert Teller().prepare() == "subscriptions"


def test_without_a_server_mails_wait(client: Client, settings):
    subscribe(client)
    publish(document("alert", "a"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    teller = Teller()
    while step(teller):
        pass
    assert states() == {READER: "waiting"}
