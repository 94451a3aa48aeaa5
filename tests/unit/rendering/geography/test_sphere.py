"""Distances and bearings on the globe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rendering.geography.sphere import FARTHEST_KM, Place, bearing, distance_km

HARBOUR = Place(22.62, 120.28)
LATITUDES = st.floats(-89, 89)
LONGITUDES = st.floats(-179.9, 179.9)
PLACES = st.builds(Place, LATITUDES, LONGITUDES)


@pytest.mark.parametrize(
    ("place", "kilometres", "degrees"),
    [
        (Place(35.1796, 129.0756), 1636, 29),
        (Place(-27.4698, 153.0251), 6587, 146),
        (Place(22.62, 121.28), 103, 90),
        (Place(90, 0), 7492, 0),
        (Place(-90, 0), 12523, 180),
    ],
)
def test_known_ways(place, kilometres, degrees):
    assert round(distance_km(HARBOUR, place)) == kilometres
    assert round(bearing(HARBOUR, place)) == degrees


@given(PLACES, PLACES)
def test_a_way_is_as_long_back_and_no_longer_than_half_the_globe(one, other):
    assert distance_km(one, other) == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= distance_km(one, other) <= FARTHEST_KM + 1e-6
    assert 0 <= bearing(one, other) < 360


@given(PLACES)
def test_the_other_side_is_half_the_globe_away(place):
    assert distance_km(place, place.antipode) == pytest.approx(FARTHEST_KM, rel=1e-6)
    assert -180 <= place.antipode.longitude <= 180
