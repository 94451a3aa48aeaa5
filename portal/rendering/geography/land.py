"""The land of the Earth as one SVG path of a chart.

``land.json`` holds the outlines, of Natural Earth, which is in the public domain; ``scripts/land.py`` makes it. An
outline is a ring of longitudes and latitudes in hundredths of a degree, each as its difference from the one before.
"""

import functools
import json
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from portal.rendering.geography.projection import Box, Chart, Point
from portal.rendering.geography.shapes import area, clipped, simplified, written
from portal.rendering.geography.sphere import FARTHEST_KM, Place, bearing, distance_km

_FILE = Path(__file__).with_name("land.json")
_UNITS = 100
#: Longer stretches of an outline, in degrees, are drawn in steps of this length, since they are not straight here.
_STEP = 2.0
#: How far an outline may be drawn from where it is, and the area of the smallest ring that is drawn.
_TOLERANCE, _SMALLEST = 1.8, 9.0
#: Corners of the polygon that stands for the circle of the other side of the Earth.
_CORNERS = 180

#: Distance in kilometres and bearing in degrees.
_Polar = tuple[float, float]


@functools.lru_cache(maxsize=128)
def land_path(chart: Chart, window: Box) -> str:
    """The ``d`` of the land within a window, to be filled with the even-odd rule."""
    rings = [[chart.at(*polar) for polar in ring] for ring in _from(chart.harbour)]
    if _is_land(chart.harbour.antipode):
        # An outline around the other side of the Earth turns inside out: the land is what lies between it and the edge.
        rings.append(_edge(chart))
    drawn = (simplified(clipped(ring, window), _TOLERANCE) for ring in rings)
    return "".join(written(ring) for ring in drawn if area(ring) >= _SMALLEST)


@functools.cache
def outlines() -> tuple[tuple[Place, ...], ...]:
    """The rings of all land; lakes that are cut out of it are rings too."""
    rings = json.loads(_FILE.read_text("utf-8"))["rings"]
    return tuple(
        tuple(
            Place(latitude / _UNITS, longitude / _UNITS)
            for longitude, latitude in zip(accumulate(ring[::2]), accumulate(ring[1::2]), strict=True)
        )
        for ring in rings
    )


@functools.lru_cache(maxsize=4)
def _from(harbour: Place) -> tuple[tuple[_Polar, ...], ...]:
    """Every outline as seen from a harbour."""
    return tuple(
        tuple((distance_km(harbour, place), bearing(harbour, place)) for place in _stepped(ring)) for ring in outlines()
    )


def _stepped(ring: Sequence[Place]) -> Iterable[Place]:
    for start, end in pairwise([*ring, ring[0]]):
        north, east = end.latitude - start.latitude, end.longitude - start.longitude
        steps = int(max(abs(north), abs(east)) / _STEP) + 1
        for step in range(steps):
            yield Place(start.latitude + north * step / steps, start.longitude + east * step / steps)


def _is_land(place: Place) -> bool:
    """Whether a place lies in an odd number of outlines. Taken on the plane of degrees, in which they are drawn."""
    crossings = 0
    for ring in outlines():
        for start, end in pairwise([*ring, ring[0]]):
            if (start.latitude > place.latitude) != (end.latitude > place.latitude):
                share = (place.latitude - start.latitude) / (end.latitude - start.latitude)
                crossings += place.longitude < start.longitude + share * (end.longitude - start.longitude)
    return crossings % 2 == 1


def _edge(chart: Chart) -> list[Point]:
    return [chart.at(FARTHEST_KM, 360 * corner / _CORNERS) for corner in range(_CORNERS)]
