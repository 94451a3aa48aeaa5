"""Following along, as a reader of a phone without scripts does it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.icalendars import events, faults

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def calendar_behind(page, site: str, name: str) -> bytes:
    """What a calendar program gets from the link of a name."""
    link = page.get_by_role("link", name=name, exact=True)
    expect(link).to_be_visible()
    address = urlsplit(link.get_attribute("href"))
    assert address.scheme == "webcal"
    response = page.request.get(site + address.path)
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    return response.body()


@pytest.mark.parametrize(
    ("prefix", "menu", "cities", "subscribe"),
    [("", "選單", "城市", "訂閱行事曆"), ("/en", "Menu", "Cities", "Subscribe in your calendar")],
)
def test_a_city_is_subscribed_to_in_four_steps(site, watched, prefix, menu, cities, subscribe):
    page = watched(390, java_script_enabled=False).page
    page.goto(f"{site}{prefix}/")
    page.locator("summary", has_text=menu).click()
    page.get_by_role("link", name=cities, exact=True).first.click()
    page.get_by_role("link", name="Busan" if prefix else "釜山市", exact=True).click()
    content = calendar_behind(page, site, subscribe)
    assert faults(content) == []
    assert set(events(content)) == {"exhibit:keys", "visit:mayor"}


def test_exhibits_are_subscribed_to_from_their_list(site, watched):
    page = watched(390, java_script_enabled=False).page
    page.goto(f"{site}/en/exhibits/")
    assert set(events(calendar_behind(page, site, "Subscribe in your calendar"))) == {"exhibit:keys"}
    page.get_by_role("link", name="More ways to follow").click()
    expect(page).to_have_url(f"{site}/en/follow/#exhibits")
    row = page.locator("tr:target")
    expect(row.get_by_role("link", name=re.compile("Subscribe ?: Exhibits"))).to_be_visible()
    expect(row.get_by_role("link", name=re.compile("Atom ?: Exhibits"))).to_be_visible()


def test_one_exhibit_goes_into_a_calendar(site, watched):
    page = watched().page
    page.goto(f"{site}/exhibits/keys/")
    with page.expect_download() as download:
        page.get_by_role("link", name="加入行事曆").click()
    assert download.value.suggested_filename == "keys.ics"
