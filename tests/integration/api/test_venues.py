"""Which venues there are, and when each is taken: for anybody, and without a word of who has booked."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from portal.resources.reserving import reserve
from tests import icalendars
from tests.factories.bookings import booked
from tests.factories.cases import moved
from tests.factories.resources import MONDAY, hours, meeting_room, room, slot, vehicle
from tests.integration.api.test_errors import problem

pytestmark = pytest.mark.django_db

BUSY = "/api/v1/venues/siwei-hall/busy/?from=2031-03-03&to=2031-03-09"
NOW = MONDAY - datetime.timedelta(days=20)


def written(first: float, last: float) -> dict[str, str]:
    begin, end = hours(first, last)
    return {"starts_at": begin.isoformat().replace("+00:00", "Z"), "ends_at": end.isoformat().replace("+00:00", "Z")}


def test_the_venues_that_can_be_booked_are_listed(client: Client):
    room()
    meeting_room(place_en="", capacity=None)
    vehicle()
    room("closed", is_offered=False)
    listed = client.get("/api/v1/venues/").json()
    assert (listed["count"], [each["code"] for each in listed["results"]]) == (2, ["siwei-302", "siwei-hall"])
    hall = listed["results"][1]
    assert hall == client.get(hall["url"]).json()
    assert hall["name"] == {"zh-Hant": "四維大禮堂", "en": "Siwei Hall"}
    assert (hall["facility"], hall["capacity"], hall["busy"]) == ("venues", 300, "/api/v1/venues/siwei-hall/busy/")
    english = client.get("/api/v1/venues/siwei-302/?lang=en").json()
    assert (english["name"], english["place"], english["capacity"]) == ("Meeting room 302", "四維行政中心1樓", None)
    assert client.get("/api/v1/").json()["venues"].endswith("/api/v1/venues/")
    problem(client.get("/api/v1/venues/van-1/"), 404, "not-found")
    problem(client.get("/api/v1/venues/closed/busy/"), 404, "not-found")


def test_it_is_told_when_it_is_taken_and_nothing_else(client: Client):
    room()
    case = booked()
    booked(first=2, last=3, values={"organiser": "王小明婚宴籌備處"})
    booked(first=5, last=6)
    answer = client.get(BUSY)
    assert answer.json() == {
        "venue": "siwei-hall",
        "from": "2031-03-03",
        "to": "2031-03-09",
        "busy": [written(0, 3), written(5, 6)],
    }
    for told in (answer.content.decode(), client.get("/api/v1/venues/siwei-hall/busy.ics").content.decode()):
        assert not re.search(f"王小明|林小美|文史|0912|{case.reference}|talk", told)
    etag = answer["ETag"]
    assert client.get(BUSY, headers={"if-none-match": etag}).status_code == 304
    moved(case, "withdraw", now=NOW)
    again = client.get(BUSY, headers={"if-none-match": etag})
    assert (again.status_code, again.json()["busy"]) == (200, [written(2, 3), written(5, 6)])


def test_days_are_those_of_taipei_and_roc_dates_are_taken(client: Client):
    hall = room()
    # From six in the evening of Monday to six in the morning of Tuesday.
    reserve(slot(hall, 9, 21))
    monday = client.get("/api/v1/venues/siwei-hall/busy/?from=120-03-03&to=120-03-03").json()["busy"]
    tuesday = client.get("/api/v1/venues/siwei-hall/busy/?from=2031-03-04&to=2031-03-04").json()["busy"]
    assert (monday, tuesday) == ([written(9, 15)], [written(15, 21)])


@pytest.mark.parametrize(
    "query",
    ["from=x", "to=x", "from=1999-12-31", "from=9999-12-31", "from=2031-03-03&to=2031-03-02", "week=1"]
    + ["from=2031-01-01&to=2032-01-02", "to=9999-12-31", "lang=fr", "from=0001-01-01"],
)
def test_days_that_cannot_be_are_told(client: Client, query):
    room()
    code = "unknown-parameter" if query == "week=1" else "invalid-parameter"
    problem(client.get(f"/api/v1/venues/siwei-hall/busy/?{query}"), 400, code)


def test_a_calendar_program_is_told_the_same(client: Client, monkeypatch):
    hall = room()
    reserve(slot(hall, 0, 2))
    reserve(slot(hall, 2, 3))
    reserve(slot(hall, 24, 25))
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    answer = client.get("/api/v1/venues/siwei-hall/busy.ics?lang=en")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    # How often something changed, and when it was made, nobody is told.
    untold = ("SEQUENCE", "CREATED")
    assert [fault for fault in icalendars.faults(answer.content) if not fault.endswith(untold)] == []
    told = icalendars.events(answer.content)
    assert len(told) == 2
    first = told["siwei-hall-20310303T010000000000"]
    assert str(first["SUMMARY"]) == "Siwei Hall: taken"
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == hours(0, 3)
    assert str(first["TRANSP"]) == "OPAQUE"
    assert "「四維大禮堂」已借用" in client.get("/api/v1/venues/siwei-hall/busy.ics").content.decode().replace(
        "\r\n ", ""
    )
    assert client.get("/api/v1/venues/siwei-hall/busy.ics?lang=en")["ETag"] == answer["ETag"]
