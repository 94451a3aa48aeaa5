"""Citizens are written to at each step, never of what their case is about; no mail that fails loses a case."""

import smtplib

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.cases.assigning import assign
from portal.cases.calendar_changes import changing_calendar
from portal.cases.merging import merge
from portal.cases.models import Agency, CalendarDay, Case, Reading
from portal.cases.noting import note
from portal.cases.personal import erasing
from portal.cases.personal.keeping import STORE
from portal.cases.transitions import amend, reopen
from portal.services import limits, sending, telling
from portal.services.models import Mail
from tests.factories.cases import received
from tests.factories.filing import NEW, TYPED, advanced, file, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "language", "words"), [(NEW, "zh-Hant", "已收到您送出的資料"), (f"/en{NEW}", "en", "received")]
)
def test_the_receipt_is_told_without_the_contents_and_the_secret(client: Client, page, language, words):
    reference, secret = file(client, page=page)
    [message] = told()
    assert message.to == ["ming@example.org"]
    assert message.extra_headers["Content-Language"] == language
    [(html, _type)] = message.alternatives
    for body in (message.body, html):
        assert reference in body
        assert words in body
        assert f"{'/en' if language == 'en' else ''}/services/track/" in body
        for private in (secret, *(TYPED[name] for name in TYPED if name != "consumer_email")):
            assert private not in body
    assert reference in message.subject
    assert told() == []
    row = Reading.objects.get()
    assert (row.actor, row.purpose, row.fields) == ("system:services", "notifying", ["consumer_email"])


def test_each_step_that_concerns_the_citizen_is_told_once(client: Client):
    reference, _secret = file(client)
    told()
    advanced(reference, "forward", note="秘密內容")
    advanced(reference, "fail")
    messages = told()
    assert [each.subject.rpartition("：")[2] for each in messages] == ["業者處理中", "未和解（調解不成立）"]
    assert "秘密內容" not in messages[0].body
    assert told() == []


def test_the_stages_that_follow_are_told_too(client: Client):
    reference, _secret = file(client)
    told()
    values = {"stage": "second-complaint", "channel": "counter"}
    second = received(actor="user:1", follows=reference, values=values, personal=STORE)
    [message] = told()
    assert second.reference in message.body
    assert reference in message.body


def test_cases_that_were_not_filed_here_are_told_to_nobody(client: Client):
    received()
    assert told() == []
    assert not Mail.objects.exists()


def test_without_an_address_nobody_is_written_to(client: Client):
    file(client, consumer_email="")
    assert told() == []
    assert Mail.objects.get().state == "nobody"


def test_an_erased_address_is_not_written_to(client: Client):
    reference, _secret = file(client)
    telling.note()
    erasing.erase(Case.objects.get(reference=reference), ground="request", now=timezone.now())
    assert told() == []
    assert Mail.objects.get().state == "nobody"


class Server:
    """A mail server that fails."""

    def __init__(self, *, at_open: Exception | None = None, at_send: Exception | None = None) -> None:
        self.at_open, self.at_send = at_open, at_send

    def open(self) -> bool:
        if self.at_open:
            raise self.at_open
        return True

    def close(self) -> None:
        pass

    def send_messages(self, messages) -> int:
        raise self.at_send


@pytest.mark.parametrize(
    ("server", "state", "attempts"),
    [
        (Server(at_open=ConnectionRefusedError()), "waiting", 0),
        (Server(at_open=smtplib.SMTPAuthenticationError(535, b"no")), "waiting", 0),
        (Server(at_send=smtplib.SMTPRecipientsRefused({"ming@example.org": (550, b"ming@example.org")})), "waiting", 1),
        (Server(at_send=TimeoutError()), "uncertain", 1),
    ],
)
def test_a_mail_that_fails_loses_no_case_and_names_nobody(client: Client, monkeypatch, caplog, server, state, attempts):
    reference, _secret = file(client)
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.get_connection", lambda: server)
        assert told() == []
    assert Case.objects.get().reference == reference
    kept = Mail.objects.get()
    assert (kept.state, kept.attempts) == (state, attempts)
    assert "ming@" not in caplog.text
    Mail.objects.update(due_at=timezone.now())
    assert len(told()) == (1 if state == "waiting" else 0)


def test_a_mail_is_given_up_after_days(client: Client, monkeypatch):
    file(client)
    refusing = Server(at_send=smtplib.SMTPDataError(554, b"no"))
    monkeypatch.setattr("django.core.mail.get_connection", lambda: refusing)
    for _time in range(sending.MOST_ATTEMPTS):
        told()
        Mail.objects.filter(state="waiting").update(due_at=timezone.now())
    assert Mail.objects.get().state == "failed"


def test_where_no_mails_are_sent_none_is_promised_and_cases_are_filed(client: Client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    file(client)
    telling.tell()
    assert (Mail.objects.get().state, mail.outbox) == ("waiting", [])


def test_an_address_cannot_carry_headers(client: Client):
    from tests.factories.filing import form, post

    for address in ("ming@example.org\r\nBcc: victim@example.org", "ming@example.org,victim@example.org"):
        assert post(client, form(client, consumer_email=address), "send").status_code == 422


@pytest.mark.parametrize(("page", "words"), [(NEW, "颱風停止上班"), (f"/en{NEW}", "closed for a typhoon")])
def test_a_last_day_that_the_office_calendar_moves_is_told(client: Client, page, words):
    reference, secret = file(client, page=page)
    told()
    last = limits.deadline_of(Case.objects.get(reference=reference)).due
    with changing_calendar():
        CalendarDay.objects.create(
            date=last, name_zh_hant="颱風停止上班", name_en="closed for a typhoon", source="高雄市政府公告"
        )
    [message] = told()
    [(html, _type)] = message.alternatives
    for body in (message.body, html):
        assert words in body
        assert reference in body
    assert told() == []
    tracked = client.post(
        f"{page.removesuffix(NEW)}/services/track/", {"reference": reference, "secret": secret}, follow=True
    )
    assert words in tracked.content.decode()


@pytest.mark.parametrize(("page", "language"), [(NEW, "zh-Hant"), (f"/en{NEW}", "en")])
def test_what_every_kind_knows_is_told_in_the_citizen_s_language(client: Client, page, language):
    Agency.objects.create(code="other-office", name_zh_hant="法制局", name_en="Legal Affairs Bureau")
    reference, _secret = file(client, page=page)
    other, _secret = file(client, page=page)
    told()
    advanced(reference, "withdraw")
    given = {"case_reference": reference, "actor": "user:1"}
    reopen(**given, values={"reason": "內部理由"})
    assign(**given, assignee="user:7")
    amend(**given, values={"amount": "7"})
    note(**given, values={"internal_note": "內部理由"})
    merge(**given, into=other)
    assign(case_reference=other, actor="user:1", agency="other-office")
    bodies = [each.body for each in told()]
    expected = {
        "zh-Hant": ["有新的進度", "已重新辦理", "併案辦理", "移由另一機關繼續辦理：法制局"],
        "en": ["There is news", "opened again", "together with another", "goes on with it: Legal Affairs Bureau"],
    }[language]
    assert [words in body for words, body in zip(expected, bodies, strict=True)] == [True] * 4
    assert [each for each in bodies if "內部理由" in each or "user:" in each] == []
