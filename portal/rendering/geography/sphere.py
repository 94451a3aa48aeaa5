"""Distances and bearings between places on the globe, taken as a sphere."""

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt

#: The mean radius of the Earth (IUGG), in kilometres.
RADIUS_KM = 6371.0088
#: The way to the other side of the Earth, in kilometres.
FARTHEST_KM = RADIUS_KM * radians(180)


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees: north and east are positive."""

    latitude: float
    longitude: float

    @property
    def antipode(self) -> "Place":
        """The point on the other side of the Earth."""
        return Place(-self.latitude, self.longitude - 180 if self.longitude > 0 else self.longitude + 180)


def distance_km(start: Place, end: Place) -> float:
    """The length of the great circle between two places, by the haversine formula."""
    latitude, other = radians(start.latitude), radians(end.latitude)
    across = sin((other - latitude) / 2) ** 2
    along = cos(latitude) * cos(other) * sin(radians(end.longitude - start.longitude) / 2) ** 2
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(across + along)))


def bearing(start: Place, end: Place) -> float:
    """The course on which the great circle to a place begins: degrees from north, clockwise, from 0 to below 360.
    0 for the place itself.
    """
    latitude, other = radians(start.latitude), radians(end.latitude)
    between = radians(end.longitude - start.longitude)
    east = sin(between) * cos(other)
    north = cos(latitude) * sin(other) - sin(latitude) * cos(other) * cos(between)
    # A bearing a hair to the west of north would be rounded to 360 the first time.
    return degrees(atan2(east, north)) % 360 % 360
