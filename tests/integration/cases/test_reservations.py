"""What cases reserve: a venue from the request on, a vehicle from its dispatch on, and never one that is taken."""

import pytest

from portal.cases import verify
from portal.cases.merging import merge
from portal.cases.models import Case, CaseEvent, Held
from portal.cases.receiving import Receipt, receive_all
from portal.cases.refusals import Taken, ValuesInvalid
from portal.cases.transitions import amend, reopen
from portal.resources.models import Reservation, Resource
from portal.resources.reserving import slot_of
from tests.factories.bookings import NOW, OFFICER, booked, booking_values, period, trip
from tests.factories.cases import Remembering, moved, received
from tests.factories.resources import AGENCY, meeting_room, room, slot, vehicle

pytestmark = pytest.mark.django_db


def held(case):
    """What a case holds; None where that is nothing."""
    found = Held.objects.filter(case=case).select_related("reservation").first()
    return slot_of(found.reservation) if found else None


def step(case, transition, values=None, **given):
    return moved(case, transition, values, now=NOW, **given)


def amended(case, **values):
    return amend(case_reference=case.reference, values=values, actor=OFFICER, personal=Remembering(), now=NOW)


@pytest.fixture
def hall():
    return room()


def test_a_request_keeps_the_room_and_is_counted_as_the_room_is(hall):
    case = booked()
    assert held(case) == slot(hall, 0, 2)
    assert case.data["facility"] == "venues"
    assert case.data["starts_at"] == "2031-03-03T01:00:00Z"
    other = meeting_room()
    assert booked("siwei-302").data["facility"] == "meeting-rooms"
    assert Reservation.objects.filter(resource=other).count() == 1


@pytest.mark.parametrize("again", [(0, 2), (1, 3), (-1, 1), (0.5, 1)])
def test_a_room_that_is_taken_is_refused_and_no_case_is_made(hall, again):
    booked()
    with pytest.raises(Taken) as refusal:
        booked(first=again[0], last=again[1])
    assert refusal.value.fields == ("venue", "starts_at", "ends_at")
    [problem] = refusal.value.problems
    assert problem.name == "venue"
    assert "2031-03-03" not in problem.messages["zh-Hant"]
    assert "四維大禮堂" in problem.messages["zh-Hant"]
    assert f"120年3月3日 {'10' if again[0] == 1 else '09'}:" in problem.messages["zh-Hant"]
    assert "Siwei Hall" in problem.messages["en"]
    assert Case.objects.count() == CaseEvent.objects.count() == Reservation.objects.count() == 1


def test_one_may_begin_as_another_ends_whatever_the_zone_that_it_is_written_in(hall):
    booked()
    case = booked(values={"starts_at": "2031-03-03T03:00:00+00:00", "ends_at": "2031-03-03T12:30:00+09:00"})
    assert held(case) == slot(hall, 2, 2.5)


@pytest.mark.parametrize(
    ("steps", "keeps"),
    [
        (["confirm"], True),
        (["confirm", "use"], True),
        (["refuse"], False),
        (["withdraw"], False),
        (["confirm", "withdraw"], False),
        (["confirm", "cancel"], False),
    ],
)
def test_it_is_kept_until_it_is_given_back(hall, steps, keeps):
    case = booked()
    for name in steps:
        step(case, name, {"ground": "own-use"} if name in ("refuse", "cancel") else {})
    assert held(case) == (slot(hall, 0, 2) if keeps else None)
    if keeps:
        with pytest.raises(Taken):
            booked()
    else:
        booked()
    assert list(verify.faults()) == []


def test_a_booking_is_moved_if_the_new_time_is_free(hall):
    first, second = booked(), booked(first=2, last=4)
    with pytest.raises(Taken):
        amended(first, **period(1, 3))
    assert held(first) == slot(hall, 0, 2)
    amended(first, **period(0.5, 1.5))
    assert held(first) == slot(hall, 0.5, 1.5)
    other = meeting_room()
    step(second, "move", {"venue": "siwei-302", **period(0, 5)})
    second.refresh_from_db()
    assert held(second) == slot(other, 0, 5)
    assert (second.state, second.data["facility"]) == ("confirmed", "meeting-rooms")
    assert list(verify.faults()) == []


def test_what_was_given_back_is_had_again_on_reopening_if_it_is_still_free(hall):
    case = booked()
    step(case, "withdraw")
    other = booked()
    with pytest.raises(Taken):
        reopen(case_reference=case.reference, actor=OFFICER, personal=Remembering(), now=NOW)
    step(other, "withdraw")
    reopen(case_reference=case.reference, actor=OFFICER, personal=Remembering(), now=NOW)
    assert held(case) == slot(hall, 0, 2)


def test_a_duplicate_that_is_merged_gives_back_what_it_kept(hall):
    kept, duplicate = booked(), booked(first=2, last=4)
    merge(case_reference=duplicate.reference, into=kept.reference, actor=OFFICER, personal=Remembering(), now=NOW)
    assert (held(kept), held(duplicate)) == (slot(hall, 0, 2), None)
    assert list(verify.faults()) == []


@pytest.mark.parametrize(
    ("values", "name", "code"),
    [
        ({"venue": "nowhere"}, "venue", "resource-unknown"),
        ({"venue": "Not a code"}, "venue", "resource-unknown"),
        ({"venue": "van-1"}, "venue", "resource-unknown"),
        ({"venue": "closed"}, "venue", "resource-unknown"),
        ({"venue": "elsewhere"}, "venue", "resource-unknown"),
        ({"venue": 7}, "venue", "resource-unknown"),
        (period(2, 2), "ends_at", "ends-before"),
        (period(2, 1), "ends_at", "ends-before"),
        (period(0, 32 * 24), "ends_at", "too-long"),
        (period(day=400), "starts_at", "too-far"),
        ({"starts_at": "2031-02-01T09:00:00+08:00"}, "starts_at", "before-receipt"),
        ({"starts_at": "2031-03-03T09:00:00"}, "starts_at", "type"),
        ({"facility": "venues"}, "facility", "unknown-field"),
    ],
)
def test_what_cannot_be_is_told_by_the_field(hall, values, name, code):
    vehicle()
    room("closed", is_offered=False)
    room("elsewhere", agency="another")
    with pytest.raises(ValuesInvalid) as refusal:
        booked(values=values)
    assert [(problem.name, problem.code) for problem in refusal.value.problems] == [(name, code)]
    assert not Case.objects.exists()
    assert not Reservation.objects.exists()


def test_of_many_at_once_the_first_has_it_and_the_others_are_told(hall):
    meeting_room()
    wanted = [("siwei-hall", 0, 2), ("siwei-hall", 1, 3), ("siwei-302", 1, 3), ("siwei-hall", 2, 3)]
    receipts = [Receipt("venue-booking", AGENCY, booking_values(*each), NOW, "module:m") for each in wanted]
    outcomes = receive_all(receipts, personal=Remembering(), now=NOW)
    assert [type(each) for each in outcomes] == [Case, Taken, Case, Case]
    assert Reservation.objects.count() == Case.objects.count() == 3


def test_a_vehicle_is_kept_from_its_dispatch_until_it_is_back():
    van, other = vehicle(), vehicle("van-2")
    case, second = trip(), trip(1, 3)
    assert held(case) is None
    step(case, "dispatch", {"vehicle": "van-1"})
    assert held(case) == slot(van, 0, 2)
    with pytest.raises(Taken):
        step(second, "dispatch", {"vehicle": "van-1"})
    step(second, "dispatch", {"vehicle": "van-2"})
    with pytest.raises(Taken):
        step(second, "exchange", {"vehicle": "van-1"})
    step(case, "exchange", {"vehicle": "van-1"})
    step(case, "cancel", {"ground": "not-needed"})
    step(second, "exchange", {"vehicle": "van-1"})
    assert held(second) == slot(van, 1, 3)
    assert not Reservation.objects.filter(resource=other).exists()
    step(second, "return", {"driven_km": 26})
    assert held(second) == slot(van, 1, 3)
    assert list(verify.faults()) == []


def test_a_reservation_that_is_not_what_its_case_says_is_found(hall):
    case = booked()
    Reservation.objects.update(ends_at=slot(hall, 0, 5).ends_at)
    assert list(verify.faults()) == [f"{case.reference}: what it keeps is not what it says"]
    Held.objects.all().delete()
    assert list(verify.faults()) == [f"{case.reference}: what it keeps is not what it says"]


def test_other_cases_keep_nothing():
    received()
    assert not Held.objects.exists()
    assert Resource.objects.count() == 0
