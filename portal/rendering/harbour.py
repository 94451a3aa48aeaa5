"""The harbour that distances are taken from, and the partner cities around it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from portal.rendering.geography.sphere import RADIUS_KM, Place, bearing, distance_km
from portal.rendering.texts import LanguageMap
from portal.statistics.units import grouped


@dataclass(frozen=True, slots=True)
class Harbour:
    """Where the chart is charted from."""

    name: LanguageMap
    place: Place


@dataclass(frozen=True, slots=True)
class City:
    """A partner city that has coordinates. ``url`` has an address per language."""

    uid: str
    title: LanguageMap
    url: Mapping[str, str] | None
    country: str
    country_name: LanguageMap
    place: Place


def harbour_of(identity: Mapping[str, Any]) -> Harbour | None:
    """The harbour that a theme's identity names; None where it names none, and there is no map then."""
    given = identity.get("harbour")
    return Harbour(given["name"], Place(given["latitude"], given["longitude"])) if given else None


def city_of(record: Mapping[str, Any]) -> City | None:
    """The city of a ready record; None where it has no coordinates."""
    place = record["location"]
    if not place:
        return None
    return City(
        record["uid"],
        record["title"],
        record["url"],
        record["country"],
        record["labels"]["country"],
        Place(float(place["latitude"]), float(place["longitude"])),
    )


def cities_of(records: Iterable[Mapping[str, Any]]) -> list[City]:
    """The cities of ready records that have coordinates."""
    return [city for city in map(city_of, records) if city is not None]


def country_anchor(country: str) -> str:
    """The id, on the list of cities, of the first city of a country."""
    return f"country-{country.lower()}"


def way(harbour: Harbour, place: Place) -> str:
    """Distance and bearing in words."""
    return gettext("%(distance)s km, bearing %(bearing)s°") % {
        "distance": grouped(str(round(distance_km(harbour.place, place)))),
        "bearing": round(bearing(harbour.place, place)) % 360,
    }


def formula(harbour: Harbour, place: Place | None = None) -> tuple[str, ...]:
    """How distance and bearing are computed, line by line; with their results where a place is given."""
    numbers = {"latitude": harbour.place.latitude, "longitude": harbour.place.longitude}
    lines = [
        gettext("From the harbour at φ₁ = %(latitude)s°, λ₁ = %(longitude)s°.") % numbers,
        gettext("Distance, along the great circle: %(formula)s, with r = %(radius)s km")
        % {
            "formula": "d = 2r arcsin √(sin²((φ₂ − φ₁)/2) + cos φ₁ cos φ₂ sin²((λ₂ − λ₁)/2))",
            "radius": grouped(str(RADIUS_KM)),
        },
        gettext("Bearing at the harbour, clockwise from north: %(formula)s")
        % {
            "formula": "θ = atan2(sin(λ₂ − λ₁) cos φ₂, cos φ₁ sin φ₂ − sin φ₁ cos φ₂ cos(λ₂ − λ₁))",
        },
    ]
    if place is not None:
        lines.append(
            gettext("With φ₂ = %(latitude)s°, λ₂ = %(longitude)s°: %(way)s.")
            % {"latitude": place.latitude, "longitude": place.longitude, "way": way(harbour, place)}
        )
    return tuple(lines)
