"""The page of what can be followed, and the links to it."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from portal.publication.types import LISTED
from tests.factories.documents import day, document, publish, withdraw
from tests.validity import parse


def addresses(page: str) -> list[str]:
    return [each.get("href") for each in parse(page).iter("a")]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_leads_to_every_feed_and_calendar(client: Client, portal, settings, prefix):
    found = addresses(client.get(f"{prefix}/follow/").content.decode())
    feeds = {address for address in found if address.endswith(".atom")}
    calendars = {address for address in found if address.endswith("calendar.ics")}
    paths = ["/", "/exhibits/", "/visits/", "/works/", "/cities/busan/"]
    assert feeds == {
        f"{prefix}/changes.atom",
        f"{prefix}/cities/busan/feed.atom",
        *(f"{prefix}/{kind.plural}/feed.atom" for kind in LISTED),
    }
    host = urlsplit(settings.BASE_URL).netloc
    assert calendars == {
        f"{scheme}://{host}{prefix}{path}calendar.ics"
        for path in paths
        for scheme in ("webcal", urlsplit(settings.BASE_URL).scheme)
    }
    for address in feeds | {urlsplit(each).path for each in calendars}:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_leads_to_the_form_for_e_mail(client: Client, db, prefix):
    assert f"{prefix}/follow/email/" in addresses(client.get(f"{prefix}/follow/").content.decode())
    assert client.get(f"{prefix}/follow/email/").status_code == 200


def test_record_pages_offer_their_event(client: Client, portal):
    for path, offered in (
        ("/", "/exhibits/keys/event.ics"),
        ("/exhibits/keys/", "/exhibits/keys/event.ics"),
        ("/en/visits/mayor/", "/en/visits/mayor/event.ics"),
        ("/works/lift/", "/works/lift/event.ics"),
        ("/en/cities/busan/", "/en/cities/busan/feed.atom"),
        ("/en/visits/", "/en/visits/feed.atom"),
        ("/en/visits/", "/en/follow/#visits"),
        ("/alerts/", "/follow/#alerts"),
    ):
        assert offered in addresses(client.get(path).content.decode())
        assert client.get(offered.partition("#")[0]).status_code == 200
    for path in ("/activities/masks/", "/visits/mayor/versions/1/", "/about/"):
        assert "event.ics" not in client.get(path).content.decode()
    assert 'id="visits"' in client.get("/follow/").content.decode()


def test_pages_name_their_feeds_and_calendars_in_the_head(client: Client, portal, settings):
    def named(path: str) -> set[tuple[str, str]]:
        links = parse(client.get(path).content.decode()).iter("link")
        kinds = ("application/atom+xml", "text/calendar")
        return {(each.get("type"), each.get("href")) for each in links if each.get("type") in kinds}

    assert named("/en/cities/busan/") == {
        ("application/atom+xml", "/en/cities/busan/feed.atom"),
        ("text/calendar", f"{settings.BASE_URL}/en/cities/busan/calendar.ics"),
    }
    assert ("text/calendar", f"{settings.BASE_URL}/exhibits/calendar.ics") in named("/exhibits/")
    assert ("text/calendar", f"{settings.BASE_URL}/calendar.ics") in named("/")


def test_a_city_that_is_gone_cannot_be_followed(client: Client, db):
    publish(document("city", "busan"), document("visit", "a", cities=("city:busan",), dates=day("2022-03-17")))
    withdraw("city:busan")
    assert "busan" not in client.get("/follow/").content.decode()
