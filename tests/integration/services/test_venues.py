"""When venues are free, for whoever wants to book one."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from portal.resources.reserving import reserve
from portal.services import weeks
from tests.factories.filing import main
from tests.factories.resources import MONDAY, meeting_room, room, slot, vehicle
from tests.validity import faults, parse

pytestmark = pytest.mark.django_db

HALL = "/services/venues/siwei-hall/"
WEEK = f"{HALL}?week=2031-W10"


@pytest.fixture(autouse=True)
def some_weeks_before(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MONDAY - datetime.timedelta(days=20))


@pytest.fixture
def hall():
    return room()


def rows(client: Client, page: str = WEEK) -> list[list[str]]:
    """The rows of the week: the day and what is taken."""
    table = parse(client.get(page).content.decode()).find(".//table")
    return [["".join(cell.itertext()).strip() for cell in row][:2] for row in table.findall(".//tbody/tr")]


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-Hant"), ("/en", "en")])
def test_the_way_to_a_venue_and_its_week(client: Client, hall, prefix, language):
    meeting_room()
    vehicle()
    listed = client.get(f"{prefix}/services/venues/")
    assert faults(listed.content.decode(), language) == []
    addresses = {each.get("href") for each in parse(listed.content.decode()).iter("a")}
    assert {f"{prefix}{HALL}", f"{prefix}/services/venues/siwei-302/", f"{prefix}/services/bookings/new/"} <= addresses
    assert "van-1" not in listed.content.decode()
    shown = client.get(f"{prefix}{HALL}")
    assert faults(shown.content.decode(), language) == []
    addresses = {each.get("href") for each in parse(shown.content.decode()).iter("a")}
    assert f"{prefix}/services/bookings/new/?venue=siwei-hall" in addresses
    assert any(each and each.startswith("/api/v1/venues/siwei-hall/busy.ics") for each in addresses)


def test_the_hours_that_are_taken_stand_in_their_days(client: Client, hall):
    reserve(slot(hall, 0, 3))
    reserve(slot(hall, 9, 39))
    reserve(slot(hall, 48.5, 49.25))
    found = [said for _day, said in rows(client)]
    assert found == ["09:00–12:00，18:00–24:00", "整日", "09:30–10:15"] + ["整日可借用"] * 4
    assert rows(client, f"/en{WEEK}")[0][0].startswith("Monday")
    drawn = parse(client.get(WEEK).content.decode()).findall(".//{*}rect[@class='taken']")
    assert [(each.get("x"), each.get("width")) for each in drawn][:3] == [
        ("9.00", "3.00"),
        ("18.00", "6.00"),
        ("0.00", "24.00"),
    ]


def test_nobody_who_has_booked_is_named(client: Client, hall):
    reserve(slot(hall, 0, 3))
    reserve(slot(hall, 3, 5))
    assert rows(client)[0][1] == "09:00–14:00"


@pytest.mark.parametrize(
    "week", ["x", "2031-W54", "2031-W00", "2031-W06", "2033-W10", "9999-W52", "0001-W01", "٢٠٣١-W10"]
)
def test_weeks_that_are_not_shown_are_not_found(client: Client, hall, week):
    assert client.get(f"{HALL}?week={week}").status_code == 404


def test_week_leads_to_week_as_far_as_they_are_shown(client: Client, hall):
    this = weeks.code_of(weeks.this_monday())
    assert this == "2031-W07"
    assert "week=2031-W06" not in client.get(HALL).content.decode()
    assert "week=2031-W08" in client.get(HALL).content.decode()
    last = weeks.code_of(weeks.this_monday() + datetime.timedelta(weeks=weeks.AHEAD))
    assert client.get(f"{HALL}?week={last}").status_code == 200
    assert 'rel="next"' not in client.get(f"{HALL}?week={last}").content.decode()


def test_what_is_no_venue_is_not_found(client: Client, hall):
    vehicle()
    room("closed", is_offered=False)
    for code in ("nothing", "van-1", "closed"):
        assert client.get(f"/services/venues/{code}/").status_code == 404


def test_pages_are_the_same_for_all_and_may_be_kept(client: Client, hall):
    answer = client.get(HALL)
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert client.get(HALL, headers={"if-none-match": answer["ETag"]}).status_code == 304
    reserve(slot(hall, -19 * 24, -19 * 24 + 1))
    assert client.get(HALL, headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_where_there_is_no_venue_that_is_said(client: Client):
    assert "目前沒有可線上借用的場地" in main(client.get("/services/venues/"))
