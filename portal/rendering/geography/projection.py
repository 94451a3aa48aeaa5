"""The chart from a harbour: every place at its true bearing, and nearer than it is the farther it lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

from portal.rendering.geography.sphere import FARTHEST_KM, Place, bearing, distance_km

#: A distance on the chart goes as this power of the distance on the globe.
POWER = 0.58


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a drawing: x to the right, y down."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a drawing."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> "Box":
        """The smallest one that has all these points, of which there is at least one."""
        xs, ys = zip(*((point.x, point.y) for point in points), strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def grown(self, by: float) -> "Box":
        """The same with so much more on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: "Box") -> bool:
        """Whether all of another lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two have some area in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Chart:
    """An azimuthal chart: where the harbour lies in the drawing, and how many units of the drawing a kilometre to the
    power of `POWER` is.
    """

    harbour: Place
    centre: Point
    scale: float

    @property
    def edge(self) -> float:
        """The radius of the circle that stands for the other side of the Earth."""
        return self.radius(FARTHEST_KM)

    def radius(self, kilometres: float) -> float:
        """How far from the harbour's point all that is so far from the harbour lies."""
        return self.scale * kilometres**POWER

    def at(self, kilometres: float, degrees: float) -> Point:
        """What lies so far away on a bearing."""
        radius, angle = self.radius(kilometres), radians(degrees)
        return Point(self.centre.x + radius * sin(angle), self.centre.y - radius * cos(angle))

    def point(self, place: Place) -> Point:
        """A place."""
        return self.at(distance_km(self.harbour, place), bearing(self.harbour, place))


def fitted(harbour: Place, places: Iterable[Place], within: Box, *, most: float) -> Chart:
    """The largest chart, of no more than ``most`` units of scale, on which the harbour and all these places lie in a
    box, with their middle in its middle.
    """
    plain = Chart(harbour, Point(0.0, 0.0), 1.0)
    around = Box.around([plain.centre, *(plain.point(place) for place in places)])
    scale = min(most, within.width / max(around.width, 1e-9), within.height / max(around.height, 1e-9))
    middle = Point((within.left + within.right) / 2, (within.top + within.bottom) / 2)
    centre = Point(
        middle.x - scale * (around.left + around.right) / 2, middle.y - scale * (around.top + around.bottom) / 2
    )
    return Chart(harbour, centre, scale)
