"""Where the names on a chart stand: beside their points, apart from each other, and off the lines where there is room.

The same names always stand in the same places: each in turn takes the best place that is left, and one that finds none
is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import hypot

from portal.rendering.geography.projection import Box, Point

START, MIDDLE, END = "start", "middle", "end"

#: How far from its point a name begins, the nearest first, in heights of its line.
_OFFSETS = (0.55, 1.0, 1.7, 2.6)
#: Where from its point a name stands, the best first: to the right, down, and which part of it is at that place.
_SIDES = (
    (1.0, 0.0, START),
    (-1.0, 0.0, END),
    (0.7, -0.7, START),
    (0.7, 0.7, START),
    (-0.7, -0.7, END),
    (-0.7, 0.7, END),
    (0.0, -1.0, MIDDLE),
    (0.0, 1.0, MIDDLE),
)
#: What it costs to stand farther off, on a worse side, by a worse one of its points, across a line, over a point, and
#: no farther from the point of another name than from its own.
_FARTHER, _WORSE, _ANOTHER, _ACROSS, _OVER, _MISTAKEN = 3.0, 0.3, 0.8, 2.0, 9.0, 6.0
#: Between two names, in heights of a line.
_APART = 0.12
_WIDE, _NARROW, _SPACE = 1.0, 0.6, 0.3
_FIRST_WIDE = 0x2E80


@dataclass(frozen=True, slots=True)
class Label:
    """A name to place: its lines, the height of one, and the points that it may stand beside, the best first."""

    key: str
    lines: tuple[str, ...]
    height: float
    points: tuple[Point, ...]

    @property
    def width(self) -> float:
        """About how wide its longest line is."""
        return max(map(text_width, self.lines)) * self.height / 1.25


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in its place: ``x`` and the baseline of its first line; ``anchor`` as in SVG's ``text-anchor``."""

    key: str
    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    box: Box


def text_width(text: str) -> float:
    """About how wide a text in bold is, in sizes of its type."""
    widths = (_WIDE if ord(each) >= _FIRST_WIDE else _SPACE if each == " " else _NARROW for each in text)
    return sum(widths)


def placed(
    labels: Sequence[Label],
    frame: Box,
    *,
    points: Sequence[Point] = (),
    lines: Sequence[tuple[Point, Point]] = (),
) -> list[Placed]:
    """The labels that have found a place within a frame, in their order. ``points`` are all that should stay in sight,
    ``lines`` what is better not crossed.
    """
    found: list[Placed] = []
    for label in labels:
        free = [
            each
            for each in _places(label)
            if frame.holds(each[1].box)
            and not any(each[1].box.grown(_APART * label.height).meets(other.box) for other in found)
        ]
        best = min(free, key=lambda each: each[0] + _cost(each[1].box, label, points, lines), default=None)
        if best is not None:
            found.append(best[1])
    return found


def _cost(box: Box, label: Label, points: Iterable[Point], lines: Iterable[tuple[Point, Point]]) -> float:
    """What it costs a label to stand there, for what else is there."""
    own = min(_distance(box, point) for point in label.points)
    others = [_distance(box, point) for point in points if point not in label.points]
    return (
        _OVER * sum(each == 0 for each in others)
        + _MISTAKEN * any(each <= own + _APART * label.height for each in others)
        + _ACROSS * sum(crosses(start, end, box) for start, end in lines)
    )


def _distance(box: Box, point: Point) -> float:
    """From a box to a point; 0 within."""
    return hypot(max(box.left - point.x, 0, point.x - box.right), max(box.top - point.y, 0, point.y - box.bottom))


def _places(label: Label) -> Iterator[tuple[float, Placed]]:
    """Every place that a label can take, with what it costs by itself."""
    width, height = label.width, label.height * len(label.lines)
    for rank, point in enumerate(label.points):
        for farther, offset in zip(count(), _OFFSETS):
            for side, (right, down, anchor) in enumerate(_SIDES):
                reach = offset * label.height
                x, middle = point.x + right * reach, point.y + down * (reach + (height - label.height) / 2)
                if anchor == MIDDLE:
                    middle += down * height / 2 - down * label.height * 0.2
                left = x - {START: 0.0, MIDDLE: width / 2, END: width}[anchor]
                box = Box(left, middle - height / 2, left + width, middle + height / 2)
                baseline = box.top + label.height * 0.78
                cost = _FARTHER * farther + _WORSE * side + _ANOTHER * rank
                yield cost, Placed(label.key, label.lines, x, baseline, anchor, box)


def crosses(start: Point, end: Point, box: Box) -> bool:
    """Whether a line from one point to another runs through a box (Liang and Barsky)."""
    right, down = end.x - start.x, end.y - start.y
    enters, leaves = 0.0, 1.0
    for step, room in (
        (-right, start.x - box.left),
        (right, box.right - start.x),
        (-down, start.y - box.top),
        (down, box.bottom - start.y),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enters = max(enters, room / step)
        else:
            leaves = min(leaves, room / step)
    return enters < leaves
