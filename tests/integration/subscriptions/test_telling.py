"""What subscribers are told, when, and what they are not told any more."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.publication.consumers import step
from portal.subscriptions import noting, sending
from portal.subscriptions.consumer import Teller
from portal.subscriptions.models import Notice, Pace
from portal.subscriptions.noting import SETTLING, due
from tests.clock import set_day
from tests.factories.documents import both, day, document, publish, redact, withdraw
from tests.factories.subscribers import READER, SOON, follow, link, local, subscribe

pytestmark = pytest.mark.django_db


def test_each_is_told_of_what_falls_under_any_choice(client: Client):
    publish(document("city", "busan", title=both("釜山市", "Busan")))
    chosen = {
        "visits@example.org": ["type:visit"],
        "culture@example.org": ["topic:culture"],
        "busan@example.org": ["city:busan"],
        "two@example.org": ["type:exhibit", "topic:culture"],
        "all@example.org": ["all"],
    }
    for address, subjects in chosen.items():
        subscribe(client, address, *subjects)
    publish(document("visit", "v", cities=("city:busan",)))
    publish(document("exhibit", "e", topics=["topic:culture"]))
    publish(document("city", "busan", title=both("釜山市", "Busan City")))
    publish(document("page", "p", path="/p/"))
    publish(document("menu", "m"))
    told = {message.to[0]: message.body for message in follow()}
    assert set(told) == set(chosen)
    urls = {"v": "/visits/v/", "e": "/exhibits/e/", "c": "/cities/busan/"}
    seen = {address: {key for key, url in urls.items() if url in body} for address, body in told.items()}
    assert seen == {
        "visits@example.org": {"v"},
        "culture@example.org": {"e"},
        "busan@example.org": {"v", "c"},
        "two@example.org": {"e"},
        "all@example.org": {"v", "e", "c"},
    }


def test_a_new_subscription_gets_nothing_from_before_it(client: Client):
    publish(document("visit", "before"), document("alert", "before"))
    subscribe(client)
    assert follow() == []
    assert not Notice.objects.exists()
    publish(document("visit", "after"))
    [message] = follow()
    assert "標題 after" in message.body
    assert "before" not in message.body


def test_a_correction_and_a_withdrawal_are_told(client: Client):
    subscribe(client, language="en")
    publish(document("visit", "one", title=both("一", "One")))
    [message] = follow()
    assert message.subject == "Visit: One"
    publish(document("visit", "one", title=both("一", "One"), change_note=both("更正", "The date was wrong.")))
    [message] = follow()
    assert message.subject == "Visit changed: One"
    assert "The date was wrong." in message.body
    withdraw("visit:one", both("撤回", "It did not take place."))
    [message] = follow()
    assert message.subject == "Visit withdrawn"
    assert "It did not take place." in message.body
    assert "http://localhost:8000/en/visits/one/" in message.body
    assert "One" not in message.body
    assert follow() == []


def test_who_was_told_of_a_version_is_told_of_what_became_of_it(client: Client):
    subscribe(client, READER, "topic:culture")
    publish(document("visit", "one", topics=["topic:culture"]))
    assert len(follow()) == 1
    publish(document("visit", "one", topics=["topic:sport"]))
    assert len(follow()) == 1
    publish(document("visit", "one", topics=["topic:health"]))
    assert follow() == []


def test_what_was_withdrawn_before_sending_is_not_quoted(client: Client):
    subscribe(client)
    publish(document("visit", "slip", title=both("不該說的", "A slip")))
    publish(document("visit", "good", title=both("該說的", "Good")))
    step(Teller())
    withdraw("visit:slip")
    [message] = follow()
    [(html, _type)] = message.alternatives
    for words in (message.subject, message.body, html):
        assert "不該說的" not in words
    assert "該說的" in message.body
    assert follow() == []


def test_what_was_redacted_before_sending_is_nowhere(client: Client):
    subscribe(client)
    publish(document("visit", "one", title=both("秘密", "Secret")))
    step(Teller())
    redact("visit:one")
    assert follow() == []
    publish(document("visit", "two"))
    assert len(follow()) == 1


def test_a_redacted_version_is_passed_over_for_the_present_one(client: Client):
    subscribe(client)
    publish(document("visit", "one", title=both("秘密", "Secret")))
    publish(document("visit", "one", title=both("公開", "Open")))
    step(Teller())
    redact("visit:one", 1)
    [message] = follow()
    assert "公開" in message.body
    assert "秘密" not in message.body


def test_what_is_corrected_at_once_makes_one_line(client: Client):
    subscribe(client, language="en")
    publish(document("visit", "one", title=both("一", "Wrong")))
    publish(document("visit", "one", title=both("一", "Right")))
    [message] = follow()
    assert message.subject == "Visit: Right"
    assert message.body.count("/en/visits/one/") == 1


def test_alerts_go_out_at_once_and_the_rest_when_it_has_settled(client: Client, monkeypatch):
    # Noon: the hour of those who hear once a day is past.
    set_day(monkeypatch, "2022-06-01")
    subscribe(client)
    subscribe(client, "daily@example.org", pace="daily")
    mail.outbox.clear()
    publish(document("visit", "quiet"), document("alert", "loud", title=both("召回", "Recall")))
    teller = Teller()
    while step(teller):
        pass
    assert {message.to[0] for message in mail.outbox} == {READER, "daily@example.org"}
    for message in mail.outbox:
        assert message.subject == "消費警訊：召回"
        assert "quiet" not in message.body
    assert [message.to for message in follow()] == [[READER]]
    assert [message.to for message in follow(datetime.timedelta(days=1))] == [["daily@example.org"]]


@pytest.mark.parametrize(
    ("published", "told"),
    [("2022-06-01T07:59", "2022-06-01T08:00"), ("2022-06-01T08:00", "2022-06-02T08:00")],
)
def test_once_a_day_is_at_eight_in_taiwan(published, told):
    there = ZoneInfo("Asia/Taipei")
    moment, expected = (datetime.datetime.fromisoformat(each).replace(tzinfo=there) for each in (published, told))
    assert due("visit", Pace.DAILY, moment.astimezone(datetime.UTC)) == expected
    assert due("visit", Pace.AT_ONCE, moment) == moment + SETTLING
    assert due("alert", Pace.DAILY, moment) == moment


def test_a_busy_hour_is_one_mail(client: Client):
    subscribe(client, language="en")
    publish(*(document("visit", f"v{number}") for number in range(60)))
    [message] = follow()
    assert message.subject == "60 changes: The Public Record"
    assert message.body.count("/en/visits/") == 50
    assert "10 more on the site: http://localhost:8000/en/" in message.body


def test_alerts_come_first_and_name_the_mail(client: Client):
    subscribe(client, language="en")
    rows = publish(document("visit", "v"), document("alert", "a", title=both("召回", "Recall of kettles")))
    noting.note(rows, timezone.now())
    noting.gather(timezone.now() + SOON)
    sending.send(timezone.now() + SOON)
    message = mail.outbox[-1]
    assert message.subject == "Consumer alert: Recall of kettles, and 1 more"
    assert message.body.index("/en/alerts/a/") < message.body.index("/en/visits/v/")


def test_mails_speak_the_language_of_the_subscription(client: Client):
    subscribe(client, "zh@example.org", language="zh-Hant")
    subscribe(client, "en@example.org", language="en")
    publish(document("visit", "v", title=both("市長來訪", "The Mayor visits"), dates=day("2022-03-17")))
    publish(document("visit", "w", title=both("只有中文", None)))
    told = {message.to[0]: message for message in follow()}
    assert "111年3月17日" in told["zh@example.org"].body
    assert "市長來訪" in told["zh@example.org"].body
    assert "17 March 2022" in told["en@example.org"].body
    assert "The Mayor visits" in told["en@example.org"].body
    [(html, _type)] = told["en@example.org"].alternatives
    assert 'lang="zh-Hant"' in html
    assert '<html lang="en">' in html
    assert "/en/visits/v/" in html


def test_headers_let_a_mail_program_end_it(client: Client):
    subscribe(client)
    publish(document("visit", "v"))
    [message] = follow()
    headers = message.message()
    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert local(address) == link(message, "unsubscribe")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"]
    assert message.to == [READER]
    assert not message.cc
    assert not message.bcc
    assert client.get(link(message, "manage")).status_code == 200


def test_a_title_cannot_add_headers(client: Client):
    subscribe(client, language="en")
    publish(document("visit", "v", title=both("一\r\nBcc: x@example.org", "One\nBcc: victim@example.org\r\n\tX: y")))
    [message] = follow()
    parsed = message.message()
    assert parsed["Subject"] == "Visit: One Bcc: victim@example.org X: y"
    assert parsed["Bcc"] is None


def test_markup_in_a_title_stays_text(client: Client):
    subscribe(client, language="en")
    publish(document("visit", "v", title=both("一", "<b>5 & 6</b>"), summary=both("<i>", "<script>x</script>")))
    [message] = follow()
    [(html, _type)] = message.alternatives
    assert "<b>5 & 6</b>" in message.body
    assert "&lt;b&gt;5 &amp; 6&lt;/b&gt;" in html
    assert "<script>" not in html


def test_nothing_tells_whether_a_mail_was_read(client: Client):
    subscribe(client)
    publish(document("visit", "v"))
    [message] = follow()
    [(html, _type)] = message.alternatives
    assert "<img" not in html
    assert "src=" not in html
    # Links to records are the same for everybody.
    assert "http://localhost:8000/visits/v/\n" in message.body


def test_what_is_published_while_the_consumer_is_away_is_told_later(client: Client):
    subscribe(client)
    for number in range(250):
        publish(document("visit", f"v{number}"))
    assert len(follow()) == 1
    assert Notice.objects.count() == 250
    assert Notice.objects.filter(due_at__gt=timezone.now() + SETTLING).count() == 0
