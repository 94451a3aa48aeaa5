"""The chart keeps what it promises: true bearings, the order of distances, everything in its frame."""

from math import atan2, degrees, hypot

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.rendering.geography.projection import Box, Chart, Point, fitted
from portal.rendering.geography.sphere import bearing, distance_km
from tests.unit.rendering.geography.test_sphere import HARBOUR, PLACES

CHART = Chart(HARBOUR, Point(312, 358), 1.4)
FRAME = Box(90, 60, 640, 540)


def length(point: Point) -> float:
    return hypot(point.x - CHART.centre.x, point.y - CHART.centre.y)


@given(PLACES)
def test_every_place_lies_at_its_true_bearing(place):
    point = CHART.point(place)
    assume(length(point) > 0.01)
    drawn = degrees(atan2(point.x - CHART.centre.x, CHART.centre.y - point.y)) % 360
    off = abs(drawn - bearing(HARBOUR, place))
    assert min(off, 360 - off) < 1e-6


@given(PLACES, PLACES)
def test_what_is_farther_lies_farther_out(one, other):
    nearer, farther = sorted((one, other), key=lambda place: distance_km(HARBOUR, place))
    assert length(CHART.point(nearer)) <= length(CHART.point(farther)) + 1e-9
    assert length(CHART.point(farther)) <= CHART.edge + 1e-6


def test_distances_are_drawn_together():
    assert CHART.radius(2000) < 2 * CHART.radius(1000)
    assert CHART.radius(1000) == pytest.approx(1.4 * 1000**0.58)


@given(st.lists(PLACES, min_size=1, max_size=40))
def test_a_fitted_chart_has_all_its_places_in_its_frame(places):
    chart = fitted(HARBOUR, places, FRAME, most=1.5)
    around = Box.around([chart.centre, *map(chart.point, places)])
    assert FRAME.grown(1e-6).holds(around)
    assert 0 < chart.scale <= 1.5
