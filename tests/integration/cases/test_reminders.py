"""Officers are written to once a day of what is due and overdue: whom, of which cases, and never of what is in them."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.cases.desk import queues
from portal.cases.models import Case, Officer, Reminder
from portal.cases.reminders import digests, sending
from tests.factories.cases import COMPLAINT, PERSONAL, complaint_values, moved, received
from tests.factories.cases_officers import KIND, officer

pytestmark = pytest.mark.django_db

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


def march(day):
    return datetime.datetime(2022, 3, day, 9, tzinfo=TAIPEI)


def complaint(day, **given):
    """A first complaint: its last day is 15 days later, or the next working day."""
    return received(received_at=march(day), **given)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["2 cases overdue, 1 case due soon", "overdue by 2 days", "last day 16 March 2022"]),
        ("zh-hant", ["2件逾期、1件即將屆期", "逾期2日", "期限末日111年3月16日"]),
    ],
)
def test_one_mail_with_what_is_overdue_and_due(language, words):
    officer(language=language)
    late, also_late, soon = complaint(1), complaint(1), complaint(3)
    far = complaint(17)
    assert sending.send(march(18)) == sending.Sent(sent=1)
    (message,) = mail.outbox
    assert message.to == ["lin@example.org"]
    whole = message.subject + message.body
    assert all(each in whole for each in words)
    places = [message.body.index(each.reference) for each in (late, also_late, soon)]
    assert places == sorted(places)
    assert far.reference not in whole
    assert "/admin/cases/overdue/" in message.body
    for value in (*PERSONAL.values(), COMPLAINT["business_name"], COMPLAINT["business_tax_id"]):
        assert value not in whole


def test_once_a_day_and_again_the_next():
    officer()
    complaint(1)
    assert [sending.send(march(18)).sent for _time in range(3)] == [1, 0, 0]
    assert sending.send(march(19)).sent == 1
    assert Reminder.objects.filter(state="sent").count() == len(mail.outbox) == 2


def test_who_is_not_written_to():
    officer("nothing-due", agency="other-office")
    officer("elsewhere", kind="consultation")
    for name, changes in {"gone": {"is_active": False}, "no-address": {"email": ""}}.items():
        user = officer(name)
        type(user).objects.filter(pk=user.pk).update(**changes)
    officer("no-admin").user_permissions.clear()
    complaint(1)
    stopped = complaint(1)
    moved(stopped, "request-supplement", {"missing": "發票"}, occurred_at=march(3))
    closed = complaint(1)
    moved(closed, "withdraw", occurred_at=march(3))
    assert sending.send(march(18)) == sending.Sent()
    assert not Reminder.objects.exists()


def test_each_is_told_of_what_may_be_seen():
    user = officer()
    own, other = complaint(1), complaint(1, agency="other-office")
    sending.send(march(18))
    assert other.reference not in mail.outbox[0].body
    Officer.objects.create(user=user, kind=KIND, agency="other-office")
    sending.send(march(19))
    assert own.reference in mail.outbox[1].body
    assert other.reference in mail.outbox[1].body


def test_how_many_days_ahead_is_a_setting(settings):
    officer()
    complaint(1)
    settings.CASE_REMINDER_DAYS = 0
    assert sending.send(march(15)).sent == 0
    assert sending.send(march(16)).sent == 1


def test_many_are_not_all_named(monkeypatch):
    monkeypatch.setattr(digests, "MOST_NAMED", 2)
    officer(language="en")
    for _time in range(5):
        complaint(1)
    sending.send(march(18))
    assert "and 3 more" in mail.outbox[0].body
    assert mail.outbox[0].body.count("- CC-") == 2


def test_what_is_refused_goes_out_with_the_next_run(monkeypatch, caplog):
    officer("a"), officer("b")
    complaint(1)
    send = mail.EmailMessage.send

    def refusing(message, *given, **named):
        if message.to == ["a@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"later")})
        return send(message, *given, **named)

    monkeypatch.setattr(mail.EmailMessage, "send", refusing)
    assert sending.send(march(18)) == sending.Sent(sent=1, refused=1)
    assert "example.org" not in caplog.text
    monkeypatch.undo()
    assert sending.send(march(18)) == sending.Sent(sent=1)
    assert [each.to for each in mail.outbox] == [["b@example.org"], ["a@example.org"]]


def test_what_was_cut_off_is_not_sent_twice(monkeypatch):
    officer("a"), officer("b")
    complaint(1)

    def cut_off(message, *given, **named):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(mail.EmailMessage, "send", cut_off)
    with pytest.raises(OSError):
        sending.send(march(18))
    monkeypatch.undo()
    assert sending.send(march(18)) == sending.Sent(sent=1)
    assert [each.to for each in mail.outbox] == [["b@example.org"]]


def test_the_command(capsys, settings):
    officer()
    received(received_at=timezone.now() - datetime.timedelta(days=60))
    call_command("remind_officers")
    call_command("remind_officers")
    assert capsys.readouterr().out == "1 officers were reminded.\n0 officers were reminded.\n"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(CommandError):
        call_command("remind_officers")


def test_the_overdue_queue_says_since_when():
    complaint(1)
    (row,) = queues.rows(queues.overdue(Case.objects.all(), march(18)), march(18))
    assert row.late in ("逾期2日", "overdue by 2 days")
    late = received(received_at=march(1), values=complaint_values())
    moved(late, "withdraw", occurred_at=march(17))
    (closed,) = queues.rows([Case.objects.get(pk=late.pk)], march(30))
    assert closed.late in ("逾期1日", "overdue by 1 day")
