"""Following by e-mail as a reader does it: without scripts, with the keyboard, on a phone, in both languages."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from portal.subscriptions.models import Subscription
from tests.browser.looking import faults, violations
from tests.factories.documents import both, document, publish
from tests.factories.subscribers import READER, follow, link

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

WORDS = {
    "": {
        "follow": "電子郵件訂閱",
        "cities": "城市",
        "city": "釜山市",
        "address": "您的電子郵件地址",
        "sign_up": "訂閱",
        "sent": "請到信箱收信",
        "yes": "是，請寄信給我",
        "confirmed": "已確認",
        "save": "儲存",
        "saved": "已儲存",
        "end": "取消訂閱",
        "ended": "已取消訂閱",
        "problem": "請輸入電子郵件地址",
    },
    "/en": {
        "follow": "Follow by e-mail",
        "cities": "Cities",
        "city": "Busan",
        "address": "Your e-mail address",
        "sign_up": "Sign up",
        "sent": "Look into your mailbox",
        "yes": "Yes, send me these mails",
        "confirmed": "Confirmed.",
        "save": "Save",
        "saved": "Your choice is saved.",
        "end": "End my e-mails",
        "ended": "Your e-mails have ended",
        "problem": "Enter an e-mail address",
    },
}


@pytest.mark.parametrize(("prefix", "width"), [("", 390), ("/en", 1280)])
def test_from_the_footer_to_the_end(site, watched, settings, prefix, width):
    settings.BASE_URL = site
    words, reader = WORDS[prefix], watched(width, java_script_enabled=False)
    page = reader.page
    page.goto(f"{site}{prefix}/about/")
    page.locator("footer").get_by_role("link", name=words["follow"]).click()
    page.locator("summary", has_text=words["cities"]).click()
    page.get_by_label(words["city"], exact=True).check()
    page.get_by_label(words["address"]).fill(READER)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=words["sent"]).wait_for()
    [message] = follow()
    page.goto(site + link(message, "confirm"))
    page.get_by_role("button", name=words["yes"]).click()
    page.get_by_text(words["confirmed"]).wait_for()
    assert Subscription.objects.get().language == ("en" if prefix else "zh-Hant")
    expect(page.get_by_label(words["city"], exact=True)).to_be_checked()
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["saved"]).wait_for()

    publish(document("visit", "busan", cities=("city:busan",), title=both("釜山來訪", "Busan visits")))
    publish(document("visit", "other", title=both("別市來訪", "Another visits")))
    [message] = follow()
    assert ("Busan visits" if prefix else "釜山來訪") in message.body
    assert "other" not in message.body
    page.goto(site + link(message, "unsubscribe"))
    page.get_by_role("button", name=words["end"]).click()
    page.get_by_role("heading", level=1, name=words["ended"]).wait_for()
    assert not Subscription.objects.exists()
    assert reader.complaints == []
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_mistake_is_found_with_the_keyboard_and_nothing_is_lost(site, watched, prefix):
    words, page = WORDS[prefix], watched(390, java_script_enabled=False).page
    page.goto(f"{site}{prefix}/follow/email/?follow=city:busan")
    page.get_by_label(words["address"]).fill("nobody@")
    page.get_by_role("button", name=words["sign_up"], exact=True).click()
    summary = page.get_by_role("alert")
    summary.get_by_role("link").press("Enter")
    field = page.get_by_label(words["address"])
    expect(page).to_have_url(re.compile("#address$"))
    expect(field).to_have_value("nobody@")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label(words["city"], exact=True)).to_be_checked()
    expect(page.locator("#address-problem")).to_contain_text(words["problem"])


@pytest.mark.parametrize(
    ("width", "scheme", "prefix"),
    [(1280, "light", ""), (390, "dark", "/en"), (390, "light", ""), (1280, "dark", "/en")],
)
def test_the_pages_are_for_everybody(site, watched, width, scheme, prefix):
    page = watched(width, color_scheme=scheme).page
    problems = []
    for path in ("/follow/email/", "/follow/email/sent/", "/follow/email/manage/?token=x"):
        page.goto(f"{site}{prefix}{path}")
        problems += [f"{path}: {each}" for each in faults(page)]
    page.goto(f"{site}{prefix}/follow/email/")
    page.get_by_role("button", name=WORDS[prefix]["sign_up"], exact=True).click()
    problems += [f"form with problems: {each}" for each in violations(page)]
    assert problems == []


def test_the_field_for_programs_is_reached_by_nobody(site, watched):
    page = watched().page
    page.goto(f"{site}/en/follow/email/")
    page.get_by_label(WORDS["/en"]["address"]).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Sign up"
    assert page.get_by_role("textbox", name="Leave this empty").count() == 0
