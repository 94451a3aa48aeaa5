"""Closed outlines of a drawing: cut to a window, simplified, and written as SVG."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import hypot

from portal.rendering.geography.projection import Box, Point

Outline = Sequence[Point]


def clipped(outline: Outline, window: Box) -> list[Point]:
    """The part of an outline's inside that lies in a window (Sutherland and Hodgman): parts that hang together outside
    of it are joined along its edges, which a fill does not show.
    """
    sides: tuple[Callable[[Point], float], ...] = (
        lambda point: point.x - window.left,
        lambda point: window.right - point.x,
        lambda point: point.y - window.top,
        lambda point: window.bottom - point.y,
    )
    points = list(outline)
    for inside in sides:
        points = _cut(points, inside)
    return points


def _cut(outline: Outline, inside: Callable[[Point], float]) -> list[Point]:
    """What lies on the side of a line where ``inside``, a distance from it, is not negative."""
    kept: list[Point] = []
    for start, end in pairwise([*outline, *outline[:1]]):
        before, after = inside(start), inside(end)
        if before >= 0:
            kept.append(start)
        if (before >= 0) != (after >= 0):
            share = before / (before - after)
            kept.append(Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y)))
    return kept


def simplified(outline: Outline, tolerance: float) -> list[Point]:
    """The outline with fewer of its points: none that is left out lies farther than ``tolerance`` from what is drawn
    instead (Douglas and Peucker).
    """
    start = outline[0] if outline else None
    if start is None or len(outline) < 4:
        return list(outline)
    far = max(range(len(outline)), key=lambda place: _distance(outline[place], start, start))
    there, back = outline[: far + 1], [*outline[far:], start]
    return [*_along(there, tolerance)[:-1], *_along(back, tolerance)[:-1]]


def _along(line: Outline, tolerance: float) -> list[Point]:
    """The same of a line between its ends."""
    kept = {0, len(line) - 1}
    stretches = [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        offs = [(_distance(line[place], line[first], line[last]), place) for place in range(first + 1, last)]
        off, place = max(offs, default=(0.0, first))
        if off > tolerance:
            kept.add(place)
            stretches += [(first, place), (place, last)]
    return [line[place] for place in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the stretch between two others."""
    length = hypot(end.x - start.x, end.y - start.y)
    if not length:
        return hypot(point.x - start.x, point.y - start.y)
    along = ((point.x - start.x) * (end.x - start.x) + (point.y - start.y) * (end.y - start.y)) / length**2
    along = min(max(along, 0.0), 1.0)
    return hypot(point.x - start.x - along * (end.x - start.x), point.y - start.y - along * (end.y - start.y))


def area(outline: Outline) -> float:
    """The area inside, of an outline that does not cross itself."""
    closed = pairwise([*outline, *outline[:1]])
    return abs(sum(start.x * end.y - end.x * start.y for start, end in closed)) / 2


def written(outline: Outline) -> str:
    """A closed subpath in whole units, each point by its difference from the one before."""
    places = [(round(point.x), round(point.y)) for point in outline]
    steps = ((x - left, y - top) for (left, top), (x, y) in pairwise(places))
    x, y = places[0]
    return f"M{_pair(x, y)}l" + "".join(_after(_pair(*step)) for step in steps if step != (0, 0)).strip() + "z"


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def _after(pair: str) -> str:
    return pair if pair.startswith("-") else f" {pair}"
