"""A complaint as a citizen files and follows it: without scripts, with the keyboard, on a phone, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from portal.cases.models import Case
from tests.browser.forms import fill, handed_out
from tests.browser.looking import faults
from tests.factories.filing import NEW, TRACK, TYPED, advanced

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

WORDS = {
    "": {
        "services": "線上服務",
        "begin": "開始填寫 提出消費申訴",
        "business_name": "企業經營者名稱",
        "on": "下一步",
        "mask": "遮蔽身分證字號",
        "send": "送出申訴",
        "received": "已收到您的申訴",
        "reference": "案件編號",
        "secret": "查詢碼",
        "show": "查詢辦理情形",
        "state": "業者處理中",
        "withdraw": "撤回申訴",
        "yes": "是，撤回",
        "withdrawn": "已撤回",
        "required": "「企業經營者名稱」為必填",
    },
    "/en": {
        "services": "Services: file a complaint",
        "begin": "Begin File a consumer complaint",
        "business_name": "Name of the business",
        "on": "Go on",
        "mask": "Mask it",
        "send": "File the complaint",
        "received": "We have received your complaint",
        "reference": "Reference number",
        "secret": "Secret",
        "show": "Show where it stands",
        "state": "With the business",
        "withdraw": "Withdraw the complaint",
        "yes": "Yes, withdraw it",
        "withdrawn": "Withdrawn",
        "required": "“Name of the business” is required",
    },
}


@pytest.mark.parametrize(("prefix", "width"), [("", 390), ("/en", 1280)])
def test_from_the_footer_to_the_withdrawal(site, watched, settings, prefix, width):
    settings.BASE_URL = site
    words, reader = WORDS[prefix], watched(width, java_script_enabled=False)
    page = reader.page
    page.goto(f"{site}{prefix}/about/")
    page.locator("footer").get_by_role("link", name=words["services"]).click()
    page.get_by_role("link", name=words["begin"]).click()
    fill(page, TYPED | {"description": "賣家說要身分證A123456789才退款"})
    page.get_by_role("button", name=words["on"]).click()
    page.get_by_role("button", name=words["mask"]).click()
    expect(page.locator("main")).to_contain_text("A12****789")
    page.get_by_role("button", name=words["send"]).click()
    page.get_by_role("heading", level=1, name=words["received"]).wait_for()
    reference, secret = handed_out(page)
    assert Case.objects.get().reference == reference
    page.reload()
    assert handed_out(page) == [reference, secret]
    assert Case.objects.count() == 1

    advanced(reference, "forward", note="已函轉業者")
    page.goto(f"{site}{prefix}{TRACK}")
    page.get_by_label(words["reference"], exact=True).fill(reference.lower())
    page.get_by_label(words["secret"], exact=True).fill(secret)
    page.keyboard.press("Enter")
    page.locator(".course").get_by_text(words["state"]).wait_for()
    expect(page.locator(".course")).to_contain_text("已函轉業者")
    page.get_by_role("button", name=words["withdraw"], exact=True).click()
    page.get_by_role("button", name=words["yes"]).click()
    page.locator(".facts").get_by_text(words["withdrawn"], exact=True).wait_for()
    assert Case.objects.get().state == "withdrawn"
    assert reader.complaints == []
    assert not page.context.cookies()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_mistake_is_found_with_the_keyboard_and_nothing_is_lost(site, watched, prefix):
    words, page = WORDS[prefix], watched(390, java_script_enabled=False).page
    page.goto(f"{site}{prefix}{NEW}")
    fill(page, TYPED | {"business_name": ""})
    page.get_by_role("button", name=words["on"]).press("Enter")
    page.get_by_role("alert").get_by_role("link", name=words["required"]).press("Enter")
    field = page.get_by_label(words["business_name"], exact=True)
    expect(page).to_have_url(re.compile("#business_name$"))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("main [name=description]")).to_have_value(TYPED["description"])
    expect(page.locator("[name=demand][value=refund]")).to_be_checked()


@pytest.mark.parametrize(("prefix", "width", "scheme"), [("", 390, "dark"), ("/en", 1280, "light")])
def test_the_pages_are_for_everybody(site, watched, prefix, width, scheme):
    page = watched(width, color_scheme=scheme).page
    problems: list[str] = []

    def look(name: str) -> None:
        problems.extend(f"{name}: {each}" for each in faults(page))

    for path in ("/services/", NEW, TRACK):
        page.goto(f"{site}{prefix}{path}")
        look(path)
    page.get_by_role("button", name=WORDS[prefix]["show"]).click()
    look("tracking with problems")
    page.goto(f"{site}{prefix}{NEW}")
    page.get_by_role("button", name=WORDS[prefix]["on"]).click()
    look("form with problems")
    fill(page, TYPED | {"description": "A123456789 " + "字" * 200})
    page.get_by_role("button", name=WORDS[prefix]["on"]).click()
    look("check")
    page.get_by_role("button", name=WORDS[prefix]["send"]).click()
    look("filed")
    reference, secret = handed_out(page)
    advanced(reference, "request-supplement", missing="請補附收據")
    page.goto(f"{site}{prefix}{TRACK}")
    page.get_by_label(WORDS[prefix]["reference"], exact=True).fill(reference)
    page.get_by_label(WORDS[prefix]["secret"], exact=True).fill(secret)
    page.get_by_role("button", name=WORDS[prefix]["show"]).click()
    look("standing")
    page.get_by_role("button", name=WORDS[prefix]["withdraw"], exact=True).click()
    look("sure")
    assert problems == []


def test_the_field_for_programs_is_reached_by_nobody(site, watched):
    page = watched().page
    page.goto(f"{site}/en{NEW}")
    page.locator("#files").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Go on")
    assert page.get_by_role("textbox", name="Leave this empty").count() == 0
