"""From the form to a subscription: nothing is active before the mail's owner has used the button behind its link."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.subscriptions import erasing, sending, signing_up
from portal.subscriptions.models import Mail, SignUp, Subscription
from tests.factories.documents import both, document, publish
from tests.factories.subscribers import READER, ask, follow, link, local, subscribe, token_of, wish
from tests.validity import faults, parse

pytestmark = pytest.mark.django_db

HOMES = [("/follow/email/", "zh-Hant"), ("/en/follow/email/", "en")]


@pytest.mark.parametrize(("home", "language"), HOMES)
def test_the_whole_way(client: Client, home, language):
    assert client.get(home).status_code == 200
    response = ask(client, page=home, language=language)
    assert (response.status_code, response["Location"]) == (303, f"{home}sent/")
    assert client.get(response["Location"]).status_code == 200
    [message] = follow()
    assert message.to == [READER]
    confirm = link(message, "confirm")
    assert confirm.startswith(home)
    assert client.get(confirm).status_code == 200
    assert not Subscription.objects.exists()
    response = client.post(confirm.partition("?")[0], {"token": token_of(confirm)})
    assert response.status_code == 303
    assert response["Location"].startswith(f"{home}manage/?token=")
    assert client.get(response["Location"]).status_code == 200
    kept = Subscription.objects.get()
    assert (kept.address, kept.language, kept.pace) == (READER, language, "at-once")
    assert not SignUp.objects.exists()
    publish(document("visit", "new"))
    [message] = follow()
    assert message.to == [READER]


def test_until_the_button_is_used_nothing_is_told(client: Client):
    ask(client)
    [message] = follow()
    for _ in range(3):
        client.get(link(message, "confirm"))
        client.head(link(message, "confirm"))
    publish(document("alert", "now"))
    assert follow() == []


def test_a_link_confirms_once(client: Client):
    ask(client)
    [message] = follow()
    confirm = link(message, "confirm")
    address, token = confirm.partition("?")[0], token_of(confirm)
    manage = client.post(address, {"token": token})["Location"]
    assert client.get(confirm).status_code == 410
    assert client.post(address, {"token": token}).status_code == 410
    client.post("/follow/email/unsubscribe/", {"token": token_of(manage)})
    assert client.post(address, {"token": token}).status_code == 410
    assert not Subscription.objects.exists()


def test_a_link_is_good_for_three_days(client: Client):
    ask(client)
    [message] = follow()
    confirm = link(message, "confirm")
    SignUp.objects.update(made_at=SignUp.objects.get().made_at - signing_up.CONFIRMATION)
    assert client.get(confirm).status_code == 410
    assert client.post(confirm.partition("?")[0], {"token": token_of(confirm)}).status_code == 410
    assert not Subscription.objects.exists()


def test_a_sign_up_that_was_never_sent_is_not_sent_once_it_is_old(client: Client):
    ask(client)
    SignUp.objects.update(made_at=SignUp.objects.get().made_at - signing_up.CONFIRMATION)
    now = timezone.now()
    assert sending.send(now) == 1
    assert mail.outbox == []
    assert Mail.objects.get().state == "empty"


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 5000, "\x00" * 43, "字" * 43])
def test_a_token_that_was_never_given_out_leads_nowhere(client: Client, token):
    for page in ("confirm", "manage", "unsubscribe"):
        assert client.get(f"/follow/email/{page}/", {"token": token}).status_code == 410
    for page in ("confirm", "manage"):
        assert client.post(f"/follow/email/{page}/", {"token": token, **wish()}).status_code == 410


def test_who_signs_up_again_follows_both(client: Client):
    subscribe(client, READER, "type:visit")
    manage = subscribe(client, READER, "topic:culture", pace="daily", language="en")
    kept = Subscription.objects.get()
    assert set(kept.choices.values_list("subject", flat=True)) == {"type:visit", "topic:culture"}
    assert (kept.pace, kept.language) == ("daily", "en")
    assert client.get(manage).status_code == 200


def test_one_address_in_capitals_is_the_same(client: Client):
    subscribe(client)
    ask(client, " Reader@EXAMPLE.org ")
    [message] = follow()
    client.post("/follow/email/confirm/", {"token": token_of(link(message, "confirm"))})
    assert Subscription.objects.get().address == READER


def test_what_to_follow_can_be_chosen_beforehand(client: Client):
    publish(document("city", "busan", title=both("釜山市", "Busan")))
    page = parse(client.get("/follow/email/?follow=city:busan&follow=type:visit&follow=<x>").content.decode())
    on = {each.get("value") for each in page.iter("input") if each.get("checked") is not None}
    assert on == {"city:busan", "type:visit", "at-once", "zh-Hant"}
    switch = [each.get("href") for each in page.iter("a") if each.get("hreflang")]
    assert switch == ["/en/follow/email/?follow=city%3Abusan&follow=type%3Avisit"]


@pytest.mark.parametrize(
    ("given", "field", "chinese", "english"),
    [
        ({"address": "nobody"}, "address", "請輸入電子郵件地址", "Enter an e-mail address"),
        ({"follow": []}, "follow", "請至少選擇一項", "Choose at least one thing"),
        ({"follow": ["city:atlantis"]}, "follow", "已不再提供", "is not offered any more"),
        ({"pace": "never"}, "pace", "請選擇", "Choose how soon"),
        ({"language": "fr"}, "language", "請選擇", "Choose the language"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, given, field, chinese, english):
    for (home, language), words in zip(HOMES, (chinese, english), strict=True):
        response = client.post(home, {"address": READER, **wish(), **given})
        assert response.status_code == 422
        page = response.content.decode()
        assert words in page
        assert f'href="#{field}"' in page
        assert faults(page, language) == []
    assert not SignUp.objects.exists()
    assert not Mail.objects.exists()


def test_every_page_is_valid_in_both_languages_and_kept_by_nobody(client: Client):
    manage = subscribe(client)
    ask(client, "other@example.org")
    [message] = follow()
    confirm, end = link(message, "confirm"), manage.replace("manage", "unsubscribe")
    for prefix, language in (("", "zh-Hant"), ("/en", "en")):
        pages = ["/follow/email/", "/follow/email/sent/", "/follow/email/ended/", confirm, manage, end]
        pages += [f"{manage}&saved=1", f"{manage}&confirmed=1", "/follow/email/manage/?token=x"]
        for page in pages:
            response = client.get(prefix + page)
            assert response.status_code == (410 if page.endswith("=x") else 200)
            assert (page, faults(response.content.decode(), language)) == (page, [])
            assert response["Cache-Control"] == "no-store"
            assert response["Referrer-Policy"] == "same-origin"
            assert not response.cookies


def test_the_switch_of_language_keeps_the_token(client: Client):
    manage = subscribe(client)
    page = parse(client.get(manage).content.decode())
    [switch] = [each.get("href") for each in page.iter("a") if each.get("hreflang") == "en"]
    assert token_of(switch) == token_of(manage)
    assert client.get(switch).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method):
    assert getattr(client, method)("/follow/email/").status_code == 405


def test_where_no_mails_are_sent_the_feeds_are_shown(client: Client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    for home, language in HOMES:
        response = client.get(home)
        assert response.status_code == 200
        page = response.content.decode()
        assert '<form class="ledger"' not in page
        assert f"{'/en' if language == 'en' else ''}/alerts/feed.atom" in page
        assert ask(client, page=home).status_code == 503
    assert not SignUp.objects.exists()


def test_mails_and_pages_name_what_is_followed(client: Client):
    publish(document("city", "busan", title=both("釜山市", "Busan")))
    ask(client, READER, "city:busan", "topic:culture", "type:alert", page="/en/follow/email/", language="en")
    [message] = follow()
    [(html, _type)] = message.alternatives
    page = client.get(link(message, "confirm")).content.decode()
    for body in (message.body, html, page):
        for name in ("Busan", "Culture", "Consumer alerts"):
            assert name in body
    assert "Please confirm" in message.subject
    assert local(message.body.split("confirm:")[1].split()[0]) == link(message, "confirm")


def test_links_from_the_site_lead_here(client: Client):
    publish(document("city", "busan"))
    assert 'href="/follow/email/?follow=type:city"' in client.get("/cities/").content.decode()
    assert 'href="/en/follow/email/?follow=city:busan"' in client.get("/en/cities/busan/").content.decode()
    assert 'href="/follow/email/"' in client.get("/").content.decode()


def test_what_is_past_its_time_is_erased(client: Client):
    ask(client)
    follow()
    assert erasing.erase("subscriptions", SignUp.objects.get().made_at + signing_up.CONFIRMATION) == 1
    assert not SignUp.objects.exists()
    assert not Mail.objects.exists()
    assert len(mail.outbox) == 1
