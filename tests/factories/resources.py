"""Rooms and vehicles for tests, and the periods for which they are taken."""

import datetime
from typing import Any

from portal.resources.models import Resource
from portal.resources.reserving import Slot

AGENCY = "general-affairs"
#: A Monday long from now, at nine in Taipei.
MONDAY = datetime.datetime(2031, 3, 3, 1, tzinfo=datetime.UTC)


def room(code: str = "siwei-hall", **changes: Any) -> Resource:
    """An event venue."""
    given = {
        "type": Resource.Type.VENUE,
        "name_zh_hant": "四維大禮堂",
        "name_en": "Siwei Hall",
        "place_zh_hant": "四維行政中心1樓",
        "place_en": "Siwei Administration Center, 1st floor",
        "facility": Resource.Facility.VENUES,
        "capacity": 300,
        "agency": AGENCY,
    }
    return Resource.objects.create(code=code, **given | changes)


def meeting_room(code: str = "siwei-302", **changes: Any) -> Resource:
    """A meeting room."""
    given = {"name_zh_hant": "302會議室", "name_en": "Meeting room 302", "facility": Resource.Facility.MEETING_ROOMS}
    return room(code, **given | changes)


def vehicle(code: str = "van-1", **changes: Any) -> Resource:
    """A vehicle."""
    given = {
        "type": Resource.Type.VEHICLE,
        "name_zh_hant": "九人座公務車",
        "name_en": "Nine-seater",
        "facility": "",
        "capacity": 9,
        "agency": AGENCY,
    }
    return Resource.objects.create(code=code, **given | changes)


def hours(first: float, last: float, *, day: int = 0) -> tuple[datetime.datetime, datetime.datetime]:
    """A period from hour to hour after nine o'clock, on the Monday or ``day`` days after."""
    morning = MONDAY + datetime.timedelta(days=day)
    return morning + datetime.timedelta(hours=first), morning + datetime.timedelta(hours=last)


def slot(resource: Resource, first: float, last: float) -> Slot:
    """Such a period of a resource."""
    return Slot(resource.pk, *hours(first, last))
