"""The menus and banners, as whoever builds a front end of their own gets them."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.documents import both, document, publish, withdraw
from tests.integration.api.test_errors import problem

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2022, 8, 1, 4, 0, tzinfo=datetime.UTC)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime.datetime) -> None:
    """Let it be that moment."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def written(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def banners(client: Client, **headers: str):
    return client.get("/api/v1/banners/?lang=en", headers=headers)


def uids(response) -> list[str]:
    return [each["uid"] for each in response.json()["results"]]


def items(*links: tuple[str, str | None, str | None]) -> list[dict]:
    return [{"label": both(label, label.title()), "uid": uid, "address": address} for label, uid, address in links]


def test_menus_lead_to_what_is_public_alone(client: Client):
    publish(
        document("page", "about", path="/about/"),
        document("page", "old", path="/old/"),
        document(
            "menu",
            "main",
            items=items(("about", "page:about", None), ("old", "page:old", None), ("api", None, "/api/v1/")),
        ),
        document("menu", "low", slot="footer", items=items(("elsewhere", None, "https://example.org/"))),
    )
    withdraw("page:old")
    listed = client.get("/api/v1/menus/?lang=en").json()
    assert listed["count"] == 3
    assert [(each["slot"], each["uid"]) for each in listed["results"]] == [
        ("main", "menu:main"),
        ("footer", "menu:low"),
        ("utility", None),
    ]
    assert listed["results"][0]["items"] == [
        {"label": "About", "url": "/en/about/"},
        {"label": "Api", "url": "/api/v1/"},
    ]
    main = client.get("/api/v1/menus/main/").json()
    assert main["items"][0] == {
        "label": {"zh-Hant": "about", "en": "About"},
        "url": {"zh-Hant": "/about/", "en": "/en/about/"},
    }
    assert client.get("/api/v1/menus/utility/").json()["items"] == []
    body = problem(client.get("/api/v1/menus/side/?lang=en"), 404, "not-found", allowed=["main", "footer", "utility"])
    assert "side" in body["detail"]


def test_without_a_main_menu_the_lists_stand_in_its_place(client: Client):
    found = client.get("/api/v1/menus/main/?lang=en").json()
    assert found["uid"] is None
    assert {"label": "Cities", "url": "/en/cities/"} in found["items"]


def test_a_banner_shows_in_its_time_alone(client: Client, monkeypatch):
    hour = datetime.timedelta(hours=1)
    publish(
        document("page", "about", path="/about/"),
        document("banner", "always", link={"label": both("看", "See"), "uid": "page:about", "address": None}),
        document("banner", "limited", level="urgent", starts_at=written(NOW), ends_at=written(NOW + hour)),
    )
    expected = {
        NOW - hour: ["banner:always"],
        NOW: ["banner:always", "banner:limited"],
        NOW + hour - datetime.timedelta(microseconds=1): ["banner:always", "banner:limited"],
        NOW + hour: ["banner:always"],
    }
    for moment, shown in expected.items():
        at(monkeypatch, moment)
        assert uids(banners(client)) == shown
    at(monkeypatch, NOW)
    first, second = banners(client).json()["results"]
    assert (first["link"], first["starts_at"]) == ({"label": "See", "url": "/en/about/"}, None)
    assert (second["level"], second["text"], second["ends_at"]) == ("urgent", "Notice", written(NOW + hour))


def test_nobody_keeps_an_answer_beyond_the_next_turn(client: Client, monkeypatch):
    publish(document("banner", "soon", starts_at=written(NOW), ends_at=written(NOW + datetime.timedelta(hours=1))))

    def seconds(before: float) -> int:
        at(monkeypatch, NOW - datetime.timedelta(seconds=before))
        policy = dict(part.partition("=")[::2] for part in banners(client)["Cache-Control"].split(", "))
        assert policy["max-age"] == "0"
        return int(policy["s-maxage"])

    assert [seconds(each) for each in (3600, 31, 29.9, 5.5, 0.4, 0)] == [30, 30, 29, 5, 0, 30]


def test_who_has_an_answer_hears_when_the_clock_has_changed_it(client: Client, monkeypatch):
    publish(document("banner", "soon", starts_at=written(NOW)))
    at(monkeypatch, NOW - datetime.timedelta(days=1))
    before = banners(client)
    assert banners(client, **{"If-None-Match": before["ETag"]}).status_code == 304
    at(monkeypatch, NOW + datetime.timedelta(days=1))
    after = banners(client, **{"If-None-Match": before["ETag"]})
    assert (after.status_code, uids(after)) == (200, ["banner:soon"])
    assert after["ETag"] != before["ETag"]
