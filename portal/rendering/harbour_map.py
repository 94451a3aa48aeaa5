"""The world from the harbour: partner cities at their true bearing, drawn as SVG. Pure: cities in, a drawing out.

`world_map` is the map of them all, `cutout` the part of it that has one city. Both are drawn by
``parts/harbour_drawing.html``; their colours are classes of ``theme/map.css``. Names stand in one size for wide
drawings and in another for narrow ones, which name countries only; the same drawing holds both. Texts are in the active
language.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import hypot

from django.utils.translation import gettext, ngettext, pgettext

from portal.core.languages import in_language
from portal.rendering.geography.labels import Label, Placed, placed
from portal.rendering.geography.land import land_path
from portal.rendering.geography.projection import Box, Chart, Point, fitted
from portal.rendering.geography.sphere import distance_km
from portal.rendering.harbour import City, Harbour, country_anchor, way
from portal.rendering.texts import LanguageMap, plain
from portal.statistics.units import grouped

#: The drawing of the world, and the part of it that holds the cities.
_WORLD, _WORLD_INSIDE = Box(0, 0, 730, 620), Box(96, 62, 650, 545)
_CUTOUT, _CUTOUT_INSIDE = Box(0, 0, 440, 450), Box(84, 80, 356, 370)
#: Land beyond the drawing, which shows where the room for it is wider or higher than it.
_BLEED = Box(-420, -40, 1150, 660)
#: Units per kilometre to the power of the projection, at most.
_WORLD_SCALE, _CUTOUT_SCALE = 1.5, 1.95
#: The circles around the harbour, in kilometres, and the one that is drawn whole.
_RINGS, _WHOLE_RING = (1000, 2500, 5000, 10000, 15000), 5000
#: Cities of a country that are all nearer than this share one name.
_NEAR_KM = 5000
#: The height of a line of names: in a wide drawing, in a narrow one, of a ring.
_WIDE_LINE, _NARROW_LINE, _RING_LINE, _CUTOUT_LINE = 20.0, 37.0, 17.0, 24.0
#: Longer names are broken in two.
_LONGEST_LINE = 16
_ASIDE = re.compile(r"\s*[(（].*?[)）]")


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle of equal distance."""

    radius: float
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A city on the drawing: its name, what is said of it, and its name beside it, if that stands there by itself.
    ``tip`` is where the name appears for whoever points at a city whose name does not.
    """

    point: Point
    name: str
    said: str
    url: str | None
    label: Placed | None = None
    tip: Point | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands for several cities, and where the list of them is."""

    label: Placed
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the SVG is made of. ``kind`` is world or cutout; ``frame`` is what has to be seen of it, ``window``
    all that is drawn; ``countries`` are the names of a wide drawing, ``narrow`` those of a narrow one.
    """

    kind: str
    frame: Box
    window: Box
    title: str
    description: str
    land: str
    centre: Point
    edge: float
    rings: Sequence[Ring]
    ring_labels: Sequence[Placed]
    harbour: Placed | None
    harbour_narrow: Placed | None
    spots: Sequence[Spot]
    countries: Sequence[Named] = ()
    narrow: Sequence[Named] = ()


def world_map(harbour: Harbour, cities: Sequence[City], language: str) -> Drawing | None:
    """The map of all these cities, the nearest first; None where there are none."""
    if not cities:
        return None
    chart = fitted(harbour.place, (city.place for city in cities), _WORLD_INSIDE, most=_WORLD_SCALE)
    ordered = sorted(cities, key=lambda city: (distance_km(harbour.place, city.place), city.uid))
    points = {city.uid: chart.point(city.place) for city in ordered}
    countries = _by_country(ordered)
    sharing = [each for each in countries if len(each) > 1 and _is_near(harbour, each)]
    alone = [each for each in ordered if not any(each in group for group in sharing)]
    labels = [
        _harbour_label(harbour, chart, language, _WIDE_LINE),
        *(_country_label(group, points, language, _WIDE_LINE) for group in sharing),
        *(Label(city.uid, _lines(city.title, language), _WIDE_LINE, (points[city.uid],)) for city in reversed(alone)),
        *_ring_labels(chart, _RING_LINE),
    ]
    wide = _placed(labels, _WORLD, chart, points)
    narrow = _placed(
        [
            _harbour_label(harbour, chart, language, _NARROW_LINE),
            *(_country_label(group, points, language, _NARROW_LINE) for group in countries),
        ],
        _WORLD,
        chart,
        points,
    )
    return Drawing(
        kind="world",
        frame=_WORLD,
        window=_BLEED,
        title=gettext("The partner cities, charted from the harbour of %(harbour)s") % _named(harbour, language),
        description=gettext(
            "A map of the world with the harbour of %(harbour)s in its middle. Each city lies in the direction in "
            "which it is from there; the farther it is, the more its distance is drawn together. Circles show the "
            "distance."
        )
        % _named(harbour, language),
        land=land_path(chart, _BLEED),
        centre=chart.centre,
        edge=chart.edge,
        rings=_rings(chart),
        ring_labels=[label for key, label in wide.items() if key.startswith("ring")],
        harbour=wide.get("harbour"),
        harbour_narrow=narrow.get("harbour"),
        spots=[_spot(harbour, city, points, language, wide.get(city.uid)) for city in ordered],
        countries=_names(sharing, wide, language),
        narrow=_names(countries, narrow, language),
    )


def cutout(harbour: Harbour, city: City, others: Sequence[City], language: str) -> Drawing:
    """The part of the map with one city and the harbour; ``others`` are shown as points."""
    chart = fitted(harbour.place, [city.place], _CUTOUT_INSIDE, most=_CUTOUT_SCALE)
    point = chart.point(city.place)
    found = _placed(
        [
            Label(city.uid, _lines(city.title, language), _CUTOUT_LINE, (point,)),
            _harbour_label(harbour, chart, language, _CUTOUT_LINE),
            *_ring_labels(chart, _RING_LINE),
        ],
        _CUTOUT.grown(-8),
        chart,
        {city.uid: point},
    )
    near = {each.uid: chart.point(each.place) for each in others if each.uid != city.uid}
    names = {"city": plain(city.title, language), **_named(harbour, language)}
    return Drawing(
        kind="cutout",
        frame=_CUTOUT,
        window=_CUTOUT,
        title=gettext("%(city)s from the harbour of %(harbour)s") % names,
        description=way(harbour, city.place),
        land=land_path(chart, _CUTOUT.grown(4)),
        centre=chart.centre,
        edge=chart.edge,
        rings=_rings(chart),
        ring_labels=[label for key, label in found.items() if key.startswith("ring")],
        harbour=found.get("harbour"),
        harbour_narrow=None,
        spots=[
            *(Spot(each, "", "", None) for each in near.values() if _holds(_CUTOUT, each)),
            Spot(point, names["city"], way(harbour, city.place), None, label=found.get(city.uid), is_chosen=True),
        ],
    )


def _named(harbour: Harbour, language: str) -> dict[str, str]:
    return {"harbour": plain(harbour.name, language)}


def _holds(frame: Box, point: Point) -> bool:
    return frame.holds(Box(point.x, point.y, point.x, point.y))


def _is_near(harbour: Harbour, cities: Iterable[City]) -> bool:
    return all(distance_km(harbour.place, city.place) < _NEAR_KM for city in cities)


def _by_country(cities: Iterable[City]) -> list[list[City]]:
    """The cities of each country, in the order of their first ones."""
    ordered = list(cities)
    first = {city.country: place for place, city in reversed(list(enumerate(ordered)))}
    ordered.sort(key=lambda city: first[city.country])
    return [list(group) for _country, group in groupby(ordered, key=lambda city: city.country)]


def _lines(title: LanguageMap, language: str) -> tuple[str, ...]:
    """A name as the map has it: without what stands in brackets, a long one in two lines."""
    name = _ASIDE.sub("", plain(title, language))
    breaks = [place for place, each in enumerate(name) if each == " "]
    if len(name) <= _LONGEST_LINE or not breaks:
        return (name,)
    place = min(breaks, key=lambda each: (abs(len(name) / 2 - each), each))
    return (name[:place], name[place + 1 :])


def _harbour_label(harbour: Harbour, chart: Chart, language: str, height: float) -> Label:
    return Label("harbour", (plain(harbour.name, language),), height, (chart.centre,))


def _country_key(group: Sequence[City]) -> str:
    return f"country:{group[0].country}"


def _country_label(group: Sequence[City], points: Mapping[str, Point], language: str, height: float) -> Label:
    name = plain(group[0].country_name, language)
    if len(group) > 1:
        name = pgettext("on the map", "%(country)s, %(number)s") % {"country": name, "number": len(group)}
    return Label(_country_key(group), (name,), height, _middle_first([points[city.uid] for city in group]))


def _middle_first(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points, the nearest to all the others first."""
    return tuple(sorted(points, key=lambda each: sum(hypot(each.x - one.x, each.y - one.y) for one in points)))


def _ring_labels(chart: Chart, height: float) -> list[Label]:
    """Where each circle meets the line to the south, or else the one to the north."""
    return [
        Label(
            f"ring{kilometres}",
            (gettext("%(number)s km") % {"number": grouped(str(kilometres))},),
            height,
            (chart.at(kilometres, 180), chart.at(kilometres, 0)),
        )
        for kilometres in _RINGS
    ]


def _placed(labels: Sequence[Label], frame: Box, chart: Chart, points: Mapping[str, Point]) -> dict[str, Placed]:
    lines = [(chart.centre, point) for point in points.values()]
    found = placed(labels, frame, points=[chart.centre, *points.values()], lines=lines)
    return {each.key: each for each in found}


def _rings(chart: Chart) -> list[Ring]:
    return [Ring(chart.radius(each), each == _WHOLE_RING) for each in _RINGS]


def _spot(harbour: Harbour, city: City, points: Mapping[str, Point], language: str, label: Placed | None) -> Spot:
    said = gettext("%(city)s, %(country)s: %(way)s") % {
        "city": plain(city.title, language),
        "country": plain(city.country_name, language),
        "way": way(harbour, city.place),
    }
    point = points[city.uid]
    tip = Point(min(max(point.x, _WORLD_INSIDE.left), _WORLD_INSIDE.right), point.y)
    url = city.url[language] if city.url else None
    return Spot(point, " ".join(_lines(city.title, language)), said, url, label, tip)


def _names(groups: Iterable[Sequence[City]], found: Mapping[str, Placed], language: str) -> list[Named]:
    names = []
    for group in groups:
        label = found.get(_country_key(group))
        if label is not None:
            said = ngettext("%(country)s: %(number)s city", "%(country)s: %(number)s cities", len(group)) % {
                "country": plain(group[0].country_name, language),
                "number": len(group),
            }
            address = in_language("/cities/", language)
            names.append(Named(label, said, f"{address}#{country_anchor(group[0].country)}"))
    return names
