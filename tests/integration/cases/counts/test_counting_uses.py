"""Uses of rooms and trips of vehicles, counted by the codes of the report's datasets."""

import datetime

import pytest

from portal.cases.counts import describing
from portal.cases.counts.counting import count
from portal.cases.kinds import KINDS
from portal.core.periods import parse_period
from tests.factories.bookings import NOW, booked, trip
from tests.factories.cases import moved
from tests.factories.resources import meeting_room, room, vehicle

pytestmark = pytest.mark.django_db

FEBRUARY = parse_period("2031-02")
LATER = NOW + datetime.timedelta(days=90)


def test_uses_are_counted_by_what_the_room_was_when_it_was_booked():
    room()
    small = meeting_room()
    cases = [booked(), booked(first=2, last=3), booked("siwei-302")]
    small.facility = "venues"
    small.save()
    for case in cases[1:]:
        moved(case, "confirm", now=NOW)
        moved(case, "use", now=NOW)
    counts = count(KINDS["venue-booking"], FEBRUARY, ("facility", "outcome"), LATER)
    assert counts.received == {("venues",): 2, ("meeting-rooms",): 1}
    assert counts.closed == {("venues", "used"): {0: 1}, ("meeting-rooms", "used"): {0: 1}}
    assert count(KINDS["venue-booking"], FEBRUARY, ("audience",), LATER).received == {("public",): 3}


def test_trips_are_counted_by_who_uses_the_vehicle():
    vehicle()
    own, lent = trip(values={"user": "department", "channel": "online"}), trip(3, 4)
    for case in (own, lent):
        moved(case, "dispatch", {"vehicle": "van-1"}, now=NOW)
    moved(lent, "return", now=NOW)
    counts = count(KINDS["vehicle-dispatch"], FEBRUARY, ("user", "outcome"), LATER)
    assert counts.received == {("department",): 1, ("other-agencies",): 1}
    assert counts.closed == {("other-agencies", "returned"): {0: 1}}
    assert count(KINDS["vehicle-dispatch"], FEBRUARY, ("channel",), LATER).received == {("online",): 1, ("paper",): 1}


@pytest.mark.parametrize(
    ("kind", "dimension", "codes"),
    [
        ("venue-booking", "facility", {"venues", "meeting-rooms"}),
        ("vehicle-dispatch", "user", {"department", "other-agencies"}),
    ],
)
def test_a_new_dataset_begins_with_the_reports_own_dimension(kind, dimension, codes):
    usual = describing.usual(KINDS[kind])
    assert usual == (dimension, "outcome")
    [first, _outcome] = describing.dimensions(KINDS[kind], usual)
    assert {each.code for each in first.codes} == codes | {"total"}
