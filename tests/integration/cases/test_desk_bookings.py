"""Bookings and vehicles at the officers' desk: steps are buttons, and a room that is taken is told at its field."""

import pytest
from django.urls import reverse

from portal.cases import selectors
from portal.cases.models import Officer
from portal.resources.models import Reservation
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.bookings import booking_values, soon, trip_values
from tests.factories.cases import received
from tests.factories.cases_officers import officer
from tests.factories.pages import home, signed_in
from tests.factories.resources import AGENCY, meeting_room, room, vehicle

pytestmark = pytest.mark.django_db


@pytest.fixture(params=UI_LANGUAGES)
def client(request):
    home()
    rights = {"agency": AGENCY, "may_decide": True}
    user = officer(language=request.param, kind="venue-booking", **rights)
    Officer.objects.create(user=user, kind="vehicle-dispatch", **rights)
    return signed_in(user)


def booking(first=0, last=2, venue="siwei-hall"):
    return received("venue-booking", agency=AGENCY, values=booking_values(venue, **soon(first, last)))


def request_of(first=0, last=2):
    return received("vehicle-dispatch", agency=AGENCY, values=trip_values(**soon(first, last)))


def url(name, case, *more):
    return reverse(f"cases_desk:{name}", args=[case.reference, *more])


def typed(first, last):
    """A period as the desk's inputs have it."""
    return {name: value[:16] for name, value in soon(first, last).items()}


def state(case):
    return selectors.case(case.reference).state


def test_a_booking_is_confirmed_by_a_button(client):
    room()
    case = booking()
    page = client.get(url("case", case)).content.decode()
    assert ("四維大禮堂" in page) or ("Siwei Hall" in page)
    assert url("step", case, "confirm") in page
    assert client.post(url("step", case, "confirm"), {"version": 1}).status_code == 302
    assert state(case) == "confirmed"
    assert client.post(url("step", case, "use"), {"version": 2}).status_code == 302
    assert state(case) == "used"


def test_another_time_that_is_taken_is_told_at_the_venue(client):
    room()
    meeting_room()
    case, _other = booking(), booking(4, 6)
    sent = {"version": 1, "venue": "siwei-hall", **typed(5, 7)}
    refused = client.post(url("step", case, "move"), sent)
    assert refused.status_code == 200
    assert refused.context["form"].errors.keys() == {"venue"}
    assert state(case) == "requested"
    assert client.post(url("step", case, "move"), sent | {"venue": "siwei-302"}).status_code == 302
    assert selectors.case(case.reference).data["facility"] == "meeting-rooms"


def test_an_amendment_that_meets_another_is_told_too(client):
    room()
    case, _other = booking(), booking(4, 6)
    form = client.get(url("amend", case)).context["form"]
    shown = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    refused = client.post(url("amend", case), shown | typed(3, 5))
    assert refused.context["form"].errors.keys() == {"venue"}
    assert client.post(url("amend", case), shown | typed(2, 4)).status_code == 302
    assert Reservation.objects.count() == 2


def test_a_vehicle_is_chosen_from_the_list_and_goes_once(client):
    vehicle()
    first, second = request_of(), request_of(1, 3)
    asked = client.get(url("step", first, "dispatch")).content.decode()
    assert 'value="van-1"' in asked
    assert client.post(url("step", first, "dispatch"), {"version": 1, "vehicle": "van-1"}).status_code == 302
    refused = client.post(url("step", second, "dispatch"), {"version": 1, "vehicle": "van-1"})
    assert refused.context["form"].errors.keys() == {"vehicle"}
    assert (state(first), state(second)) == ("dispatched", "requested")


def test_a_withdrawn_booking_is_reopened_only_if_it_is_free(client):
    room()
    case = booking()
    client.post(url("step", case, "withdraw"), {"version": 1})
    other = booking()
    refused = client.post(url("reopen", case), {"version": 2})
    assert refused.context["form"].errors.keys() == {"__all__"}
    client.post(url("step", other, "withdraw"), {"version": 1})
    assert client.post(url("reopen", case), {"version": 2}).status_code == 302
    assert state(case) == "requested"
