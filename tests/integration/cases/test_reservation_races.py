"""Two who want one room, or one vehicle, at the same moment."""

import random

import pytest

from portal.cases import verify
from portal.cases.models import Case, CaseEvent, Held
from portal.cases.refusals import Refused, Taken
from portal.cases.transitions import amend
from portal.resources.models import Reservation
from portal.resources.reserving import slot_of
from tests.factories.bookings import NOW, OFFICER, booked, period, trip
from tests.factories.cases import Remembering, moved
from tests.factories.resources import meeting_room, room, vehicle
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def overlaps():
    """Reservations of one resource that meet."""
    found = sorted(slot_of(each) for each in Reservation.objects.all())
    return [(one, next_one) for one, next_one in zip(found, found[1:], strict=False) if one.meets(next_one)]


def test_two_bookings_of_one_room_racing_200_times_never_overlap():
    room()
    for turn in range(200):
        # Five hours for each turn; the two want hours that meet.
        begin, later = 5 * turn, random.Random(turn).choice([0, 0.5, 1, 1.75])
        wanted = [(begin, begin + 2), (begin + later, begin + 3)]
        faults = at_once([lambda at=at: booked(first=at[0], last=at[1]) for at in wanted])
        assert [type(fault) for fault in faults] == [Taken], (turn, faults)
    assert Case.objects.count() == CaseEvent.objects.count() == Held.objects.count() == 200
    assert overlaps() == []
    assert list(verify.faults()) == []


def test_who_books_moves_withdraws_and_reopens_at_once_leaves_no_overlap():
    room()
    meeting_room()
    rooms = ("siwei-hall", "siwei-302")
    cases = [booked(venue, first=3 * place, last=3 * place + 2) for venue in rooms for place in (0, 1)]

    def act(number):
        chance = random.Random(number)
        for _turn in range(12):
            case = Case.objects.get(pk=chance.choice(cases).pk)
            venue, begin = chance.choice(rooms), chance.randrange(8)
            known = {"case_reference": case.reference, "actor": OFFICER, "personal": Remembering(), "now": NOW}
            try:
                match chance.randrange(3):
                    case 0:
                        booked(venue, first=begin, last=begin + 2)
                    case 1:
                        values = {"venue": venue, **period(begin, begin + 2)}
                        amend(values=values, **known)
                    case 2 if case.state == "requested":
                        moved(case, "withdraw", now=NOW, expected_version=case.version)
            except Refused:
                # Another was faster, or there is no room.
                continue

    assert at_once([lambda number=number: act(number) for number in range(6)]) == []
    assert overlaps() == []
    assert list(verify.faults()) == []


def test_one_vehicle_goes_to_one_of_eight_trips():
    vehicle()
    trips = [trip(number / 4, 4) for number in range(8)]
    faults = at_once([lambda case=case: moved(case, "dispatch", {"vehicle": "van-1"}, now=NOW) for case in trips])
    assert [type(fault) for fault in faults] == [Taken] * 7
    assert Reservation.objects.count() == Case.objects.filter(state="dispatched").count() == 1
