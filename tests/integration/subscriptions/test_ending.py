"""Changing and ending: with the link of a mail alone, and at once."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from portal.subscriptions import erasing, models, signing_up
from portal.subscriptions.models import Allowance, Mail, Notice, SignUp, Subscription, Token
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.documents import document, publish
from tests.factories.subscribers import READER, ask, follow, link, local, subscribe, token_of, wish

pytestmark = pytest.mark.django_db

_OF_READERS = (Subscription, SignUp, models.Choice, Token, Mail, Notice)


def kept() -> int:
    """Rows of the tables that belong to a reader."""
    return sum(model.objects.count() for model in _OF_READERS)


def told_to(client: Client) -> str:
    """Subscribe, and get a mail; its link to end."""
    subscribe(client)
    publish(document("visit", "v"))
    [message] = follow()
    return link(message, "unsubscribe")


def test_a_choice_is_changed(client: Client):
    manage = subscribe(client, READER, "type:visit", "topic:culture")
    page = client.get(manage).content.decode()
    assert page.count(" checked") == 4
    assert READER not in page
    changed = {"token": token_of(manage), **wish("type:alert", pace="daily", language="en")}
    response = client.post("/en/follow/email/manage/", changed)
    assert response.status_code == 303
    assert "Your choice is saved." in client.get(response["Location"]).content.decode()
    held = Subscription.objects.get()
    assert (held.pace, held.language) == ("daily", "en")
    assert list(held.choices.values_list("subject", flat=True)) == ["type:alert"]
    publish(document("visit", "v"))
    assert follow() == []


def test_a_change_without_a_choice_is_refused(client: Client):
    manage = subscribe(client, READER, "type:visit")
    response = client.post("/follow/email/manage/", {"token": token_of(manage), **wish(), "follow": []})
    assert response.status_code == 422
    assert "請至少選擇一項" in response.content.decode()
    assert list(Subscription.objects.get().choices.values_list("subject", flat=True)) == ["type:visit"]


def test_the_button_ends_it_and_everything_is_erased(client: Client):
    end = told_to(client)
    ask(client)
    response = client.post(end.partition("?")[0], {"token": token_of(end)})
    assert (response.status_code, response["Location"]) == (303, "/follow/email/ended/")
    assert kept() == 0
    publish(document("alert", "a"))
    assert follow() == []


def test_one_click_ends_it_without_a_cookie_or_a_page_between(client: Client):
    subscribe(client)
    publish(document("visit", "v"))
    [message] = follow()
    address = local(message.extra_headers["List-Unsubscribe"].strip("<>"))
    program = Client(enforce_csrf_checks=True)
    response = program.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert not response.cookies
    assert kept() == 0


def test_one_click_is_not_refused_for_where_it_comes_from(client: Client):
    end = told_to(client)
    response = client.post(end, {"List-Unsubscribe": "One-Click"}, HTTP_ORIGIN="https://mail.example")
    assert response.status_code == 200
    assert kept() == 0


def test_ending_twice_says_the_same(client: Client):
    end = told_to(client)
    first, second = (client.post(end, {"List-Unsubscribe": "One-Click"}) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    unknown = client.post("/follow/email/unsubscribe/", {"token": "A" * 43})
    assert (unknown.status_code, unknown["Location"]) == (303, "/follow/email/ended/")


def test_opening_the_link_ends_nothing(client: Client):
    end = told_to(client)
    page = client.get(end).content.decode()
    assert f'value="{token_of(end)}"' in page
    assert Subscription.objects.exists()


def test_who_ended_may_begin_again(client: Client):
    end = told_to(client)
    client.post(end, {"List-Unsubscribe": "One-Click"})
    publish(document("visit", "between"))
    subscribe(client)
    publish(document("visit", "after"))
    [message] = follow()
    assert "between" not in message.body
    assert "after" in message.body


def test_links_of_old_mails_lead_there_for_two_years(client: Client):
    end = told_to(client)
    Token.objects.update(made_at=timezone.now() - signing_up.LINKS + datetime.timedelta(hours=1))
    assert client.get(end).status_code == 200
    Token.objects.update(made_at=timezone.now() - signing_up.LINKS)
    assert client.get(end).status_code == 410
    erasing.erase("subscriptions", timezone.now())
    assert not Token.objects.exists()


def test_what_was_told_is_forgotten_and_still_told_once(client: Client):
    told_to(client)
    erasing.erase("subscriptions", timezone.now() + erasing.TOLD - datetime.timedelta(hours=1))
    assert Notice.objects.count() == 1
    erasing.erase("subscriptions", timezone.now() + erasing.TOLD + datetime.timedelta(hours=1))
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()
    from portal.publication.models import ConsumerPosition

    ConsumerPosition.objects.filter(consumer="subscriptions").update(seq=0)
    assert follow() == []
    publish(document("visit", "w"))
    assert len(follow()) == 1


def test_counts_are_forgotten(client: Client):
    ask(client)
    erasing.erase("subscriptions", timezone.now() + datetime.timedelta(days=3))
    assert not Allowance.objects.exists()


def test_the_keeper_erases_an_address_that_is_not_on_the_command_line(client: Client, monkeypatch, capsys):
    subscribe(client)
    monkeypatch.setattr("sys.stdin", io.StringIO(" Reader@Example.org\n"))
    call_command("subscriptions", "forget")
    assert capsys.readouterr().out == "Erased 1 subscriptions and sign-ups.\n"
    assert kept() == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("nobody\n"))
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("subscriptions", "forget")


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_the_admin_shows_numbers_and_no_address(client: Client, language):
    subscribe(client, pace="daily")
    ask(client, "waiting@example.org")
    client.force_login(account(superuser=True, language=language))
    page = client.get("/admin/subscriptions/").content.decode()
    assert ("電子郵件訂閱" if language == "zh-hant" else "E-mail subscriptions") in page
    assert READER not in page
    assert "waiting@example.org" not in page
    client.logout()
    assert client.get("/admin/subscriptions/").status_code == 302


def test_the_command_tells_numbers(client: Client, capsys):
    subscribe(client)
    call_command("subscriptions", "status")
    out = capsys.readouterr().out
    assert '"subscriptions": 1' in out
    assert READER not in out
