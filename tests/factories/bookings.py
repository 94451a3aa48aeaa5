"""Bookings of venues and requests of vehicles for tests."""

import datetime
from typing import Any

from django.utils import timezone

from portal.cases.models import Case
from tests.factories.cases import received
from tests.factories.resources import AGENCY, hours

#: When the bookings of tests are received: some weeks before they begin.
NOW = datetime.datetime(2031, 2, 3, 2, tzinfo=datetime.UTC)
OFFICER = "user:1"


def period(first: float = 0, last: float = 2, *, day: int = 0) -> dict[str, str]:
    """The values of a period, as somebody in Taipei writes them."""
    names = ("starts_at", "ends_at")
    return {
        name: timezone.localtime(at).isoformat() for name, at in zip(names, hours(first, last, day=day), strict=True)
    }


def soon(first: float = 0, last: float = 2) -> dict[str, str]:
    """The same some weeks from now, for what goes by the clock."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + datetime.timedelta(days=21)
    names = ("starts_at", "ends_at")
    return {
        name: (noon + datetime.timedelta(hours=at)).isoformat() for name, at in zip(names, (first, last), strict=True)
    }


def booking_values(venue: str = "siwei-hall", first: float = 0, last: float = 2, **changes: Any) -> dict[str, Any]:
    """A booking of a venue from hour to hour; a change to None leaves a value out."""
    values = {
        "venue": venue,
        **period(first, last),
        "purpose": "talk",
        "audience": "public",
        "attendees": 120,
        "organiser": "高雄市文史協會",
        "contact_name": "林小美",
        "contact_phone": "0912-345-678",
    } | changes
    return {name: value for name, value in values.items() if value is not None}


def booked(venue: str = "siwei-hall", first: float = 0, last: float = 2, **given: Any) -> Case:
    """A booking that has just been received."""
    values = booking_values(venue, first, last) | given.pop("values", {})
    given = {"agency": AGENCY, "received_at": NOW, "now": NOW} | given
    return received("venue-booking", values=values, **given)


def trip_values(first: float = 0, last: float = 2, **changes: Any) -> dict[str, Any]:
    """A request for a vehicle."""
    return {
        "user": "other-agencies",
        "channel": "paper",
        "agency_name": "觀光局",
        **period(first, last),
        "purpose": "inspection",
        "destination": "旗津",
        "distance_km": 24,
        "passengers": 4,
        "requester": "陳大文",
    } | changes


def trip(first: float = 0, last: float = 2, **given: Any) -> Case:
    """A request for a vehicle that has just been received."""
    values = trip_values(first, last) | given.pop("values", {})
    return received("vehicle-dispatch", **{"agency": AGENCY, "received_at": NOW, "now": NOW} | given, values=values)
