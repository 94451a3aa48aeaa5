"""A venue as a citizen finds, books and gives it back: without scripts, on a phone, in both languages."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.cases.models import Case
from portal.resources.models import Reservation
from portal.resources.reserving import Slot, reserve
from tests.browser.forms import fill, handed_out
from tests.browser.looking import overflow, violations
from tests.factories.filing import TRACK
from tests.factories.resources import room
from tests.integration.services.test_bookings import typed

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

WORDS = {
    "": {
        "free": "查看場地可借用時段",
        "venue": "四維大禮堂",
        "next": "下一週",
        "all_day": "整日可借用",
        "book": "申請借用",
        "on": "下一步",
        "taken": "已有人登記",
        "send": "送出申請",
        "received": "已收到您的借用申請",
        "withdraw": "撤回借用申請",
        "yes": "是，撤回申請",
        "withdrawn": "已撤回申請",
    },
    "/en": {
        "free": "See when the venues are free",
        "venue": "Siwei Hall",
        "next": "The next week",
        "all_day": "free all day",
        "book": "Book it",
        "on": "Go on",
        "taken": "is taken from",
        "send": "Send the booking",
        "received": "We have received your booking",
        "withdraw": "Withdraw the booking",
        "yes": "Yes, withdraw it",
        "withdrawn": "Withdrawn",
    },
}


@pytest.mark.parametrize(("prefix", "width", "scheme"), [("", 390, "dark"), ("/en", 1280, "light")])
def test_a_venue_is_found_booked_and_given_back(site, watched, settings, prefix, width, scheme):
    settings.BASE_URL = site
    hall, words = room(), WORDS[prefix]
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + datetime.timedelta(days=21)
    taken = reserve(Slot(hall.pk, noon - datetime.timedelta(hours=3), noon + datetime.timedelta(hours=1)))
    reader = watched(width, java_script_enabled=False, color_scheme=scheme)
    page = reader.page
    too_wide: list[str] = []

    def look(name: str) -> None:
        if overflow(page):
            too_wide.append(name)

    page.goto(f"{site}{prefix}/services/")
    look("home")
    page.get_by_role("link", name=words["free"]).click()
    look("venues")
    page.get_by_role("link", name=words["venue"]).click()
    page.get_by_role("link", name=words["next"]).click()
    expect(page.get_by_text(words["all_day"]).nth(4)).to_be_attached()
    look("week")
    page.get_by_role("link", name=words["book"]).click()
    expect(page.locator("[name=venue][value=siwei-hall]")).to_be_checked()
    fill(page, typed() | {"attendees": "80"})
    look("form")
    page.get_by_role("button", name=words["on"]).click()
    page.get_by_role("alert").get_by_role("link", name=words["taken"]).wait_for()
    look("taken")
    expect(page.locator("main [name=organiser]")).to_have_value(typed()["organiser"])
    taken.delete()
    page.get_by_role("button", name=words["on"]).click()
    look("check")
    page.get_by_role("button", name=words["send"]).click()
    page.get_by_role("heading", level=1, name=words["received"]).wait_for()
    look("sent")
    reference, secret = handed_out(page)
    assert Case.objects.get().reference == reference
    page.goto(f"{site}{prefix}{TRACK}")
    page.locator("#reference").fill(reference)
    page.locator("#secret").fill(secret)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=words["withdraw"], exact=True).click()
    page.get_by_role("button", name=words["yes"]).click()
    page.locator(".facts").get_by_text(words["withdrawn"], exact=True).wait_for()
    assert not Reservation.objects.exists()
    # Browsers complain of the one answer that says no.
    assert [each for each in reader.complaints if "422" not in each] == []
    assert too_wide == []
    assert not page.context.cookies()


@pytest.mark.parametrize(("prefix", "width", "scheme"), [("", 390, "dark"), ("/en", 1280, "light")])
def test_the_pages_are_for_everybody(site, watched, prefix, width, scheme):
    hall = room()
    now = timezone.localtime()
    reserve(Slot(hall.pk, now, now + datetime.timedelta(days=2, hours=3)))
    page = watched(width, color_scheme=scheme).page
    problems: list[str] = []
    for path in ("", "venues/", "venues/siwei-hall/", "bookings/new/?venue=siwei-hall"):
        page.goto(f"{site}{prefix}/services/{path}")
        problems += [f"{path}: {each}" for each in violations(page)]
    page.get_by_role("button", name=WORDS[prefix]["on"]).click()
    problems += [f"with problems: {each}" for each in violations(page)]
    assert problems == []
