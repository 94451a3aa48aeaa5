"""Whatever is booked, moved and given back, in whatever order: what cases keep never overlaps, and is what they say."""

import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.cases import verify
from portal.cases.kinds.venue_booking import KIND
from portal.cases.models import Case, Held
from portal.cases.refusals import Refused
from portal.cases.reservations import named
from portal.cases.transitions import amend, reopen
from portal.resources.models import Reservation, Resource
from portal.resources.reserving import Slot, slot_of
from tests.factories.bookings import NOW, OFFICER, booked
from tests.factories.cases import Remembering, moved
from tests.factories.resources import MONDAY, meeting_room, room

ZONES = st.sampled_from([datetime.UTC, ZoneInfo("Asia/Taipei"), ZoneInfo("America/St_Johns")])
ROOMS = st.sampled_from(["siwei-hall", "siwei-302"])


@st.composite
def periods(draw):
    """Values of a period of some quarters of an hour on one day, in any zone."""
    first = draw(st.integers(0, 30))
    last = first + draw(st.integers(1, 10))
    return {
        name: (MONDAY + datetime.timedelta(minutes=15 * quarters)).astimezone(draw(ZONES)).isoformat()
        for name, quarters in (("starts_at", first), ("ends_at", last))
    }


PLACES = st.integers(0, 9)
STEPS = st.one_of(
    st.tuples(st.just("book"), ROOMS, periods()),
    st.tuples(st.just("amend"), PLACES, st.one_of(periods(), ROOMS.map(lambda room: {"venue": room}))),
    st.tuples(st.just("move"), PLACES, st.tuples(ROOMS, periods())),
    st.tuples(st.sampled_from(["confirm", "withdraw", "use"]), PLACES, st.none()),
    st.tuples(st.just("reopen"), PLACES, st.none()),
)


class AnyOrder(TestCase):
    """Hypothesis chooses who wants what."""

    @settings(max_examples=40)
    @given(st.lists(STEPS, min_size=1, max_size=20))
    def test_no_room_is_in_two_places_at_once(self, steps):
        room()
        meeting_room()
        for step in steps:
            before = standing()
            wanted = self.wanted(step)
            try:
                self.take(step)
            except Refused as refusal:
                assert standing() == before
                if step[0] == "book":
                    # Nobody is sent away from a room that is free.
                    assert refusal.code == "taken"
                    assert any(wanted.meets(each) for each in before[1])
        found = sorted(slot_of(each) for each in Reservation.objects.all())
        assert not any(one.meets(other) for one, other in zip(found, found[1:], strict=False))
        keeping = {case.pk for case in Case.objects.all() if named(KIND.reserves, case.state, case.data)}
        assert set(Held.objects.values_list("case", flat=True)) == keeping
        assert len(found) == len(keeping)
        assert list(verify.faults()) == []

    def wanted(self, step):
        """The slot that a booking asks for."""
        if step[0] != "book":
            return None
        code, first, last = named(KIND.reserves, "requested", {"venue": step[1], **step[2]})
        return Slot(Resource.objects.get(code=code).pk, first, last)

    def take(self, step):
        """One step; a number means one of the cases."""
        name, which, more = step
        if name == "book":
            booked(which, values=more)
            return
        cases = list(Case.objects.order_by("pk"))
        if not cases:
            return
        case = cases[which % len(cases)]
        given = {"case_reference": case.reference, "actor": OFFICER, "personal": Remembering(), "now": NOW}
        if name == "amend":
            amend(values=more, **given)
        elif name == "reopen":
            reopen(**given)
        else:
            moved(case, name, {"venue": more[0], **more[1]} if name == "move" else {}, now=NOW)


def standing():
    """All cases, and all that they keep."""
    return list(Case.objects.order_by("pk").values()), sorted(slot_of(each) for each in Reservation.objects.all())
