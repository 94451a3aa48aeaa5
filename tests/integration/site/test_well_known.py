"""robots.txt and security.txt."""

import datetime
from urllib.robotparser import RobotFileParser

from django.test import Client
from django.utils import timezone

from portal.settings.themes import PORTAL_IDENTITY

SECURITY = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, list[str]]:
    response = client.get(SECURITY)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    found: dict[str, list[str]] = {}
    for line in response.content.decode().splitlines():
        name, _colon, value = line.partition(": ")
        found.setdefault(name, []).append(value)
    return found


def test_robots_read_all_but_searches(client: Client, db, settings):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.site_maps() == [f"{settings.BASE_URL}/sitemap.xml"]
    assert client.get("/sitemap.xml").status_code == 200
    for path in ("/", "/en/visits/", "/visits/mayor/share.png", "/media/x", "/api/v1/"):
        assert robots.can_fetch("*", path)
    for path in ("/search/?q=a", "/en/search/"):
        assert not robots.can_fetch("*", path)
    assert "admin" not in response.content.decode()


def test_security_says_whom_to_tell(client: Client, db, settings):
    settings.BASE_URL = "https://record.example"
    found = fields(client)
    assert found["Contact"] == ["https://record.example/contact/", "https://record.example/en/contact/"]
    assert found["Canonical"] == [f"https://record.example{SECURITY}"]
    assert found["Preferred-Languages"] == ["zh-Hant, en"]
    [expires] = found["Expires"]
    left = datetime.datetime.fromisoformat(expires) - timezone.now()
    assert datetime.timedelta(days=180) < left < datetime.timedelta(days=365)


def test_security_names_the_address_that_the_theme_has(client: Client, db, settings):
    contact = {"path": "/contact/", "email": "desk@record.example"}
    settings.PORTAL_IDENTITY = {**PORTAL_IDENTITY, "contact": contact}
    assert fields(client)["Contact"] == ["mailto:desk@record.example"]
    settings.PORTAL_IDENTITY = {**PORTAL_IDENTITY, "contact": {**contact, "security": "mailto:cert@record.example"}}
    assert fields(client)["Contact"] == ["mailto:cert@record.example"]


def test_they_are_not_sent_again(client: Client, db):
    for address in ("/robots.txt", SECURITY):
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
