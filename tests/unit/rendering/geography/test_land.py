"""The land is where it is, also on the far side, where outlines turn inside out."""

import re

import pytest

from portal.rendering.geography.land import land_path, outlines
from portal.rendering.geography.projection import Box, Chart, Point
from portal.rendering.geography.shapes import area, clipped, simplified, written
from portal.rendering.geography.sphere import FARTHEST_KM, Place
from tests.unit.rendering.geography.test_sphere import HARBOUR

WORLD = Box(-500, -500, 1500, 1500)
CHART = Chart(HARBOUR, Point(500, 500), 1.4)
#: A harbour whose other side is water: that of Brisbane is in the Atlantic.
BRISBANE = Chart(Place(-27.4698, 153.0251), Point(500, 500), 1.4)


def rings(path: str) -> list[list[Point]]:
    """The outlines of a path of relative lines."""
    found = []
    for subpath in re.findall(r"M[^z]*", path):
        numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", subpath)]
        x = y = 0.0
        ring = []
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            ring.append(Point(x, y))
        found.append(ring)
    return found


def is_filled(path: str, point: Point) -> bool:
    """Whether the even-odd rule fills a point."""
    crossings = 0
    for ring in rings(path):
        for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (start.y > point.y) != (end.y > point.y):
                crossings += point.x < start.x + (point.y - start.y) / (end.y - start.y) * (end.x - start.x)
    return crossings % 2 == 1


@pytest.mark.parametrize("chart", [CHART, BRISBANE])
@pytest.mark.parametrize(
    ("place", "is_land"),
    [
        (Place(23.9, 121.0), True),
        (Place(24.5, 119.0), False),
        (Place(35.0, 105.0), True),
        (Place(42.0, 51.0), False),
        (Place(40.0, -100.0), True),
        (Place(-10.0, -55.0), True),
        (Place(-23.0, -60.0), True),
        (Place(-40.0, -20.0), False),
        (Place(-80.0, 90.0), True),
        # On either side of the 180th meridian, farther inland than the drawing is coarse.
        (Place(66.0, 179.0), True),
        (Place(67.0, -176.0), True),
        (Place(0.0, -160.0), False),
        (Place(47.0, -30.0), False),
    ],
)
def test_land_is_land_and_water_is_water(chart, place, is_land):
    assert is_filled(land_path(chart, WORLD), chart.point(place)) is is_land


def test_nothing_lies_beyond_the_other_side_of_the_earth():
    beyond = CHART.radius(FARTHEST_KM) + 3
    path = land_path(CHART, WORLD)
    for corner in range(0, 360, 10):
        point = Chart(HARBOUR, CHART.centre, 1.0).at(beyond ** (1 / 0.58), corner)
        assert not is_filled(path, point)


def test_a_window_has_what_lies_in_it():
    window = Box(400, 300, 600, 560)
    path = land_path(CHART, window)
    for place in (Place(23.9, 121.0), Place(35.0, 105.0), Place(36.0, 128.0)):
        assert is_filled(path, CHART.point(place))
    assert all(399.9 <= p.x <= 600.1 and 299.9 <= p.y <= 560.1 for ring in rings(path) for p in ring)
    assert len(path) < len(land_path(CHART, WORLD)) / 2


def test_the_file_holds_the_world_and_is_small():
    everything = [place for ring in outlines() for place in ring]
    assert min(place.latitude for place in everything) == -90
    assert max(place.longitude for place in everything) == 180
    assert 3000 < len(everything) < 12000


def test_shapes():
    square = [Point(0, 0), Point(10, 0), Point(10, 10), Point(0, 10)]
    assert area(square) == 100
    assert area(clipped(square, Box(5, 5, 20, 20))) == 25
    assert clipped(square, Box(20, 20, 30, 30)) == []
    bumps = [Point(0, 0), Point(5, 0.9), Point(10, 0), Point(10, 5), Point(8, 5), Point(10, 6), Point(10, 10)]
    assert simplified(bumps, 1.0) == [Point(0, 0), Point(10, 0), Point(10, 5), Point(8, 5), Point(10, 6), Point(10, 10)]
    assert simplified([], 1.0) == []
    assert written([Point(0.2, -1), Point(10, 0), Point(10.4, 0.3), Point(10, 10.6)]) == "M0-1l10 1 0 11z"
