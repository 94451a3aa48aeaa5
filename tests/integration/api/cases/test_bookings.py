"""Programs that book: venues and vehicles through the module API."""

import pytest
from django.test import Client

from portal.cases.models import Case, CaseEvent
from portal.resources.models import Reservation
from tests.factories.bookings import booking_values, soon, trip_values
from tests.factories.modules import Sender
from tests.factories.resources import AGENCY, room, vehicle

pytestmark = pytest.mark.django_db

BOOKINGS, TRIPS = "/api/v1/cases/venue-booking/", "/api/v1/cases/vehicle-dispatch/"


@pytest.fixture
def sender() -> Sender:
    module = Sender(
        *(f"cases:{kind}:{verb}" for kind in ("venue-booking", "vehicle-dispatch") for verb in ("read", "write")),
        agency=AGENCY,
    )
    room()
    vehicle()
    return module


def book(sender, first=0, last=2, **given):
    return sender.post(BOOKINGS, {"values": booking_values(**soon(first, last), **given)})


def test_a_booking_that_meets_another_is_a_conflict_that_names_the_fields(sender):
    assert book(sender).status_code == 201
    refused = book(sender, 1, 3)
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    told = refused.json()
    assert told["code"] == "taken"
    assert [each["pointer"] for each in told["errors"]] == ["/values/venue", "/values/starts_at", "/values/ends_at"]
    assert "四維大禮堂" in told["detail"]
    assert Case.objects.count() == CaseEvent.objects.count() == Reservation.objects.count() == 1


def test_what_is_counted_of_it_comes_back_and_is_not_sent(sender):
    assert book(sender).json()["values"]["facility"] == "venues"
    refused = book(sender, facility="venues")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/values/facility")


def test_the_kinds_say_which_venues_there_are(sender):
    schemas = sender.get("/api/v1/cases/kinds/venue-booking/").json()["schemas"]
    venue = schemas["received"]["properties"]["venue"]
    assert venue["enum"] == ["siwei-hall"]
    assert venue["x-choices"][0]["x-label"] == {"zh-Hant": "四維大禮堂", "en": "Siwei Hall"}
    assert schemas["move"]["properties"]["venue"]["enum"] == ["siwei-hall"]
    dispatch = sender.get("/api/v1/cases/kinds/vehicle-dispatch/").json()["schemas"]["dispatch"]
    assert dispatch["properties"]["vehicle"]["enum"] == ["van-1"]
    Reservation.objects.all().delete()
    room("second")
    again = sender.get("/api/v1/cases/kinds/venue-booking/").json()["schemas"]["received"]
    assert again["properties"]["venue"]["enum"] == ["second", "siwei-hall"]


def test_a_booking_goes_its_way_and_the_feed_tells_it(sender):
    made = book(sender)
    case = made.json()
    moved = sender.post(
        f"{made['Location']}events/",
        {"type": "move", "values": {"venue": "siwei-hall", **soon(4, 6)}},
        If_Match=made["ETag"],
    )
    assert moved.status_code == 201, moved.content
    sender.post(f"{made['Location']}events/", {"type": "withdraw", "values": {}}, If_Match=moved["ETag"])
    feed = sender.get("/api/v1/cases/feed/", kind="venue-booking").json()["results"]
    assert [(each["type"], each["state"]) for each in feed] == [
        ("received", "requested"),
        ("move", "confirmed"),
        ("withdraw", "withdrawn"),
    ]
    assert {each["reference"] for each in feed} == {case["reference"]}
    assert not Reservation.objects.exists()


def test_a_vehicle_is_dispatched_once(sender):
    first, second = (sender.post(TRIPS, {"values": trip_values(**soon(begin, begin + 2))}) for begin in (0, 1))
    step = {"type": "dispatch", "values": {"vehicle": "van-1"}}
    assert sender.post(f"{first['Location']}events/", step, If_Match=first["ETag"]).status_code == 201
    refused = sender.post(f"{second['Location']}events/", step, If_Match=second["ETag"])
    assert (refused.status_code, refused.json()["code"]) == (409, "taken")
    assert "/values/vehicle" in [each["pointer"] for each in refused.json()["errors"]]


def test_in_bulk_each_line_has_its_own_answer(sender):
    lines = [{"values": booking_values(**soon(*hours))} for hours in ((0, 2), (1, 3), (2, 4))]
    results = sender.bulk(*lines, address=f"{BOOKINGS}bulk/")
    assert [each["status"] for each in results] == [201, 409, 201]
    assert results[1]["code"] == "taken"


def test_another_agency_books_nothing_of_ours(sender):
    other = Sender("cases:venue-booking:write", agency="another")
    refused = other.post(BOOKINGS, {"values": booking_values(**soon())})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "resource-unknown")
    assert not Case.objects.exists()
    assert Client().post(BOOKINGS).status_code == 401
