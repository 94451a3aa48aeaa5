"""Makes the outlines of the harbour chart: `python -m scripts.land ne_50m_land.json`, a GeoJSON file of Natural Earth.

Natural Earth (naturalearthdata.com) is in the public domain; the GeoJSON that the file in the project is made of is
that of martynafford/natural-earth-geojson (CC0 1.0), 50m/physical. What a chart from the harbour does not show is left
out: points are dropped where the outline stays within half a unit of the largest chart's drawing, and so are islands of
less than a few square units. A portal at another harbour gives its own latitude and longitude.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from pathlib import Path

from portal.rendering.geography.projection import Chart, Point
from portal.rendering.geography.shapes import area
from portal.rendering.geography.sphere import Place

TARGET = Path(__file__).resolve().parents[1] / "portal/rendering/geography/land.json"
_SOURCE = "Natural Earth, 1:50m land, public domain; GeoJSON by martynafford/natural-earth-geojson, CC0 1.0"
#: Units of the drawing per kilometre to the power of the projection, of the largest chart there is.
_SCALE = 2.0
_TOLERANCE, _SMALLEST = 0.5, 4.0
#: How many units of the file a degree is.
_UNITS = 100


def main() -> None:
    """Read, simplify, write, and say how many outlines and points are left."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("geojson", type=Path)
    options.add_argument("--latitude", type=float, default=22.62)
    options.add_argument("--longitude", type=float, default=120.28)
    chosen = options.parse_args()
    chart = Chart(Place(chosen.latitude, chosen.longitude), Point(0.0, 0.0), _SCALE)
    rings = [ring for ring in map(_whole, _rings(chosen.geojson)) if area(_drawn(chart, ring)) >= _SMALLEST]
    kept = [_simplified(chart, ring) for ring in rings]
    lines = ",\n".join(json.dumps(_differences(ring), separators=(",", ":")) for ring in kept)
    TARGET.write_text(f'{{"source": {json.dumps(_SOURCE)},\n"rings": [\n{lines}\n]}}\n', "utf-8")
    print(f"{len(kept)} outlines, {sum(map(len, kept))} points, {TARGET.stat().st_size} bytes")


def _rings(path: Path) -> Iterator[Sequence[Sequence[float]]]:
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for polygon in polygons:
            yield from polygon


def _whole(ring: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The ring in units of the file, its first point not said again at its end."""
    return [(round(longitude * _UNITS), round(latitude * _UNITS)) for longitude, latitude in ring[:-1]]


def _drawn(chart: Chart, ring: Sequence[tuple[int, int]]) -> list[Point]:
    return [chart.point(Place(latitude / _UNITS, longitude / _UNITS)) for longitude, latitude in ring]


def _simplified(chart: Chart, ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ring without what the drawing does not show (Douglas and Peucker), its ends on the date line and at the pole
    kept, so that what was cut there still fits together.
    """
    closed = [*ring, ring[0]]
    points = _drawn(chart, closed)
    kept = {0, len(ring) // 2, len(ring)} | {place for place, point in enumerate(closed) if _is_seam(point)}
    open_stretches = list(pairwise(sorted(kept)))
    while open_stretches:
        first, last = open_stretches.pop()
        place, off = max(
            ((each, _distance(points[each], points[first], points[last])) for each in range(first + 1, last)),
            key=lambda found: found[1],
            default=(first, 0.0),
        )
        if off > _TOLERANCE:
            kept.add(place)
            open_stretches += [(first, place), (place, last)]
    return [ring[place] for place in sorted(kept) if place < len(ring)]


def _is_seam(point: tuple[int, int]) -> bool:
    return abs(point[0]) == 180 * _UNITS or point[1] == -90 * _UNITS


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a line; to its beginning where it has no length."""
    length = hypot(end.x - start.x, end.y - start.y)
    if length == 0:
        return hypot(point.x - start.x, point.y - start.y)
    across = (end.x - start.x) * (start.y - point.y) - (start.x - point.x) * (end.y - start.y)
    return abs(across) / length


def _differences(ring: Sequence[tuple[int, int]]) -> list[int]:
    before = [(0, 0), *ring]
    return [step for (x, y), (right, up) in zip(before, ring, strict=False) for step in (right - x, up - y)]


if __name__ == "__main__":
    main()
