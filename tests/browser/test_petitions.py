"""A petition as a citizen files it and follows it to its reply: without scripts, on a phone, in both languages."""

import pytest
from playwright.sync_api import expect

from portal.cases.models import Case
from tests.browser.forms import fill, handed_out
from tests.browser.looking import faults
from tests.factories.filing import PETITION, PETITIONED, TRACK, advanced

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

WORDS = {
    "": {
        "begin": "開始填寫 提出陳情",
        "on": "下一步",
        "send": "送出陳情",
        "received": "已收到您的陳情",
        "reference": "案件編號",
        "secret": "查詢碼",
        "show": "查詢辦理情形",
        "extended": "須調查或現場會勘",
    },
    "/en": {
        "begin": "Begin File a petition",
        "on": "Go on",
        "send": "File the petition",
        "received": "We have received your petition",
        "reference": "Reference number",
        "secret": "Secret",
        "show": "Show where it stands",
        "extended": "It has to be investigated",
    },
}


@pytest.mark.parametrize(("prefix", "width", "scheme"), [("", 390, "dark"), ("/en", 1280, "light")])
def test_from_the_list_of_services_to_the_reply(site, watched, settings, prefix, width, scheme):
    settings.BASE_URL = site
    words, reader = WORDS[prefix], watched(width, color_scheme=scheme)
    page = reader.page
    problems: list[str] = []

    def look(name: str) -> None:
        problems.extend(f"{name}: {each}" for each in faults(page))

    page.goto(f"{site}{prefix}/services/")
    look("services")
    page.get_by_role("link", name=words["begin"]).click()
    fill(page, PETITIONED)
    look("form")
    page.get_by_role("button", name=words["on"]).click()
    look("check")
    page.get_by_role("button", name=words["send"]).click()
    page.get_by_role("heading", level=1, name=words["received"]).wait_for()
    look("filed")
    reference, secret = handed_out(page)
    assert Case.objects.get().data["confidential"] is True
    advanced(reference, "extend", more_days=10, more_time_for="investigation", note="須會勘現場")
    advanced(reference, "reply", reply="路燈已修復。")
    page.goto(f"{site}{prefix}{TRACK}")
    page.get_by_label(words["reference"], exact=True).fill(reference)
    page.get_by_label(words["secret"], exact=True).fill(secret)
    page.get_by_role("button", name=words["show"]).click()
    look("standing")
    for said in (words["extended"], "路燈已修復。"):
        expect(page.locator("main")).to_contain_text(said)
    assert problems == []
    assert reader.complaints == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_confidential_is_chosen_with_the_keyboard(site, watched, prefix):
    page = watched(390, java_script_enabled=False).page
    page.goto(f"{site}{prefix}{PETITION}")
    page.locator("[name=confidential]").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=confidential][value=true]")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=confidential][value=false]")).to_be_checked()
