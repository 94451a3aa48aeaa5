"""What a stranger can learn or do: nothing of any address, and no mail flood."""

import datetime
import logging
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.subscriptions import signing_up
from portal.subscriptions.models import Allowance, Mail, SignUp, Subscription, Token
from tests.factories.documents import document, publish
from tests.factories.subscribers import READER, ask, follow, link, subscribe, token_of, wish

pytestmark = pytest.mark.django_db


def answer(client: Client, address: str) -> tuple:
    """All that an answer to the form says, and the statements that it took."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = ask(client, address)
    headers = {name: value for name, value in response.items() if name != "X-Request-ID"}
    statements = [re.sub(r"'[^']*'|\b[0-9a-f]{32,}\b|\d+", "?", each["sql"]) for each in queries]
    return response.status_code, headers, response.content, statements


def test_an_answer_tells_nothing_of_an_address(client: Client):
    subscribe(client, "known@example.org")
    ask(client, "waiting@example.org")
    known, waiting, unknown = (answer(client, f"{name}@example.org") for name in ("known", "waiting", "unknown"))
    assert known == unknown
    assert waiting[:3] == unknown[:3]


def test_a_mailbox_is_written_to_three_times_a_day_and_nobody_is_told(client: Client):
    answers = [ask(client, address) for address in (READER, "Reader@example.org", "reader+a@example.org")]
    answers += [ask(client, "reader+b@example.org"), ask(client)]
    assert {(each.status_code, each["Location"], each.content) for each in answers} == {
        (303, "/follow/email/sent/", b"")
    }
    assert len(follow()) == signing_up.PER_MAILBOX
    assert SignUp.objects.count() == signing_up.PER_MAILBOX
    assert ask(client, "other@example.org").status_code == 303
    assert len(follow()) == 1


@pytest.mark.parametrize("home", ["/follow/email/", "/en/follow/email/"])
def test_one_sender_signs_up_ten_times_an_hour(client: Client, home):
    def sign_up(number: int, sender: str):
        return ask(client, f"r{number}@example.org", page=home, REMOTE_ADDR=sender)

    answers = [sign_up(number, f"2001:db8::{number}").status_code for number in range(signing_up.PER_SENDER)]
    assert set(answers) == {303}
    refused = sign_up(99, "2001:db8::99")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert sign_up(100, "192.0.2.7").status_code == 303
    Allowance.objects.update(since=timezone.now() - datetime.timedelta(hours=2))
    assert sign_up(101, "2001:db8::101").status_code == 303
    assert not SignUp.objects.filter(address="r99@example.org").exists()


def test_a_forged_header_gives_no_new_allowance(client: Client):
    answers = [
        ask(client, f"r{each}@example.org", HTTP_X_FORWARDED_FOR=f"192.0.2.{each}").status_code for each in range(11)
    ]
    assert answers[-1] == 429


def test_counts_cannot_be_read_back(client: Client):
    ask(client, REMOTE_ADDR="192.0.2.77")
    kept = " ".join(Allowance.objects.values_list("who", flat=True))
    assert Allowance.objects.count() == 2
    assert "192.0.2.77" not in kept
    assert READER not in kept
    assert all(len(each) == 64 for each in kept.split())


def test_the_database_holds_no_token(client: Client):
    manage = subscribe(client)
    ask(client, "other@example.org")
    [message] = follow()
    kept = {*Token.objects.values_list("digest", flat=True), *SignUp.objects.values_list("token", flat=True)}
    for token in (token_of(manage), token_of(link(message, "confirm"))):
        assert token not in kept
        assert not any(token in digest for digest in kept)


def test_a_program_that_fills_in_everything_gets_no_mail(client: Client):
    response = client.post("/follow/email/", {"address": READER, **wish(), "website": "https://spam.example"})
    assert (response.status_code, response["Location"]) == (303, "/follow/email/sent/")
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_ORIGIN": "http://testserver.evil.example"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}, 303),
        ({"HTTP_ORIGIN": "http://localhost:8000"}, 303),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 303),
        ({}, 303),
    ],
)
def test_forms_of_other_sites_are_refused(client: Client, headers, status):
    assert ask(client, **headers).status_code == status
    assert SignUp.objects.exists() is (status == 303)


def test_other_sites_change_nothing_either(client: Client):
    manage = token_of(subscribe(client))
    for page in ("manage", "unsubscribe"):
        response = client.post(
            f"/follow/email/{page}/", {"token": manage, **wish("type:visit")}, HTTP_ORIGIN="https://evil.example"
        )
        assert response.status_code == 403
    assert list(Subscription.objects.get().choices.values_list("subject", flat=True)) == ["all"]


def test_no_form_needs_or_sets_a_cookie():
    strict = Client(enforce_csrf_checks=True)
    assert ask(strict).status_code == 303
    assert not strict.cookies


@pytest.mark.parametrize(
    "address",
    [
        "reader@example.org\r\nBcc: victim@example.org",
        "reader@example.org\nSubject: spam",
        "reader@example.org,victim@example.org",
        "<reader@example.org>",
        "reader@example.org%0aBcc:victim@example.org",
    ],
)
def test_an_address_cannot_carry_headers(client: Client, address):
    assert ask(client, address).status_code == 422
    assert follow() == []


def test_pages_and_sent_links_are_not_for_search_engines(client: Client):
    manage = subscribe(client)
    assert '<meta name="robots" content="noindex">' in client.get(manage).content.decode()
    assert '<meta name="robots" content="noindex">' not in client.get("/follow/email/").content.decode()


def test_a_scanner_that_follows_every_link_changes_nothing(client: Client):
    subscribe(client)
    publish(document("visit", "one"))
    [message] = follow()
    [(html, _type)] = message.alternatives
    addresses = {each.replace("&amp;", "&") for each in re.findall(r"https?://[^\s\"<]+", message.body + html)}
    addresses.add(message.extra_headers["List-Unsubscribe"].strip("<>"))
    for address in addresses:
        assert client.get(address.replace("http://localhost:8000", "")).status_code == 200
        client.head(address.replace("http://localhost:8000", ""))
    publish(document("visit", "two"))
    assert len(follow()) == 1


def test_nothing_reaches_a_log(client: Client, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    manage = subscribe(client, REMOTE_ADDR="192.0.2.77")
    client.get(manage)
    publish(document("alert", "one"))
    follow()

    class Refusing:
        def __init__(self, **_options):
            pass

        def open(self):
            return True

        def close(self):
            pass

        def send_messages(self, messages):
            import smtplib

            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"reader@example.org unknown")})

    monkeypatch.setattr("django.core.mail.get_connection", Refusing)
    publish(document("alert", "two"))
    follow()
    client.post("/follow/email/unsubscribe/", {"token": token_of(manage)})
    own = [each for each in caplog.records if not each.name.startswith("django.db")]
    said = "\n".join(f"{each.getMessage()} {each.__dict__}" for each in own)
    assert "a mail was refused" in said
    for secret in (READER, token_of(manage), "192.0.2.77"):
        assert secret not in said


def test_addresses_are_in_no_other_table(client: Client):
    subscribe(client, "someone.special@example.org")
    publish(document("visit", "one"))
    follow()
    holding = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any("someone.special" in str(value) for row in cursor.fetchall() for value in row):
                holding.add(table)
    assert holding == {"subscriptions_subscription"}
    assert len(mail.outbox) == 2
    assert not Mail.objects.filter(state="waiting").exists()
