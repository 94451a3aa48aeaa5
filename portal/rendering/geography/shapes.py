"""Closed outlines of a drawing: cut to a window, thinned out, and written as SVG."""

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


def thinned(outline: Outline, finest: float) -> list[Point]:
    """The outline without points that lie nearer than ``finest`` to the one kept before them."""
    kept: list[Point] = []
    for point in outline:
        if not kept or hypot(point.x - kept[-1].x, point.y - kept[-1].y) >= finest:
            kept.append(point)
    return kept


def area(outline: Outline) -> float:
    """The area inside, of an outline that does not cross itself."""
    closed = pairwise([*outline, *outline[:1]])
    return abs(sum(start.x * end.y - end.x * start.y for start, end in closed)) / 2


def written(outline: Outline) -> str:
    """A closed subpath in tenths, each point by its difference from the one before."""
    places = [(round(point.x * 10), round(point.y * 10)) for point in outline]
    steps = ((x - left, y - top) for (left, top), (x, y) in pairwise(places))
    x, y = places[0]
    return f"M{_pair(x, y)}l" + "".join(_after(_pair(*step)) for step in steps if step != (0, 0)).strip() + "z"


def _pair(x: int, y: int) -> str:
    down = _tenths(y)
    return _tenths(x) + (down if down.startswith("-") else f" {down}")


def _after(pair: str) -> str:
    return pair if pair.startswith("-") else f" {pair}"


def _tenths(number: int) -> str:
    whole, rest = divmod(abs(number), 10)
    digits = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{digits}" if number < 0 else digits
