"""What the pages of cities show beside their records: maps, the band of time, how lively the exchange is."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from portal.core.languages import CHINESE, in_language
from portal.core.periods import ROC_OFFSET
from portal.publication.topics import TOPICS
from portal.publication.types import TYPES
from portal.rendering import dates
from portal.rendering.computed import computed
from portal.rendering.contents import CityPage, Record
from portal.rendering.harbour import cities_of, city_of, country_anchor, formula, harbour_of, way
from portal.rendering.harbour_map import cutout, world_map
from portal.rendering.rows import Row, row
from portal.rendering.texts import LanguageMap, plain
from portal.rendering.theme import theme
from portal.rendering.time_bands import Band, Group, Line, Span, span_of, time_band

#: The kinds of exchange in the order of the band, those of one group together.
_GROUPS = (("exhibit",), ("visit",), ("agreement", "activity"))


@dataclass(frozen=True)
class YearCount:
    """How many exchanges began in a year, by kind and in all."""

    year: dates.DateText | None
    numbers: Sequence[int]
    total: int


@dataclass(frozen=True)
class Liveliness:
    """How many exchanges there were: ``kinds`` names the columns of ``years``; ``topics`` has the name and the number
    of each field, the commonest first.
    """

    kinds: Sequence[str]
    years: Sequence[YearCount]
    topics: Sequence[tuple[LanguageMap, int]]


@dataclass(frozen=True)
class ListedCity:
    """A city in the list: its row, and how far away it is and in which direction, if that can be told."""

    row: Row
    way: str


@dataclass(frozen=True)
class Country:
    """A country's cities of one kind. ``anchor`` is its id on the page; None where another kind has it already."""

    name: LanguageMap
    anchor: str | None
    cities: Sequence[ListedCity]


def map_context(records: Iterable[Record], language: str) -> dict[str, Any]:
    """What ``parts/harbour_map.html`` needs: the world from the theme's harbour, and how it is computed."""
    harbour = harbour_of(theme().identity)
    drawing = world_map(harbour, cities_of(records), language) if harbour else None
    if harbour is None or drawing is None:
        return {}
    lines = [
        *formula(harbour),
        gettext("On the map a distance d is drawn as d to the power of 0.58; bearings are drawn as they are."),
        gettext("Land: Natural Earth, in the public domain."),
    ]
    return {
        "map": drawing,
        "map_sum": computed(gettext("Bearings and distances on the map"), lines),
        "cities_address": in_language("/cities/", language),
    }


def city_context(
    record: Record, exchanges: Sequence[Record], shown: CityPage, language: str, today: datetime.date
) -> dict[str, Any]:
    """What a city's page shows beside its own facts. ``exchanges`` are its records, the newest first."""
    return {
        "cutout": _cutout(record, shown.cities, language),
        "band": _band(exchanges, language),
        "undated": [each for each in (row(one, language, today) for one in exchanges) if each.when is None],
        "timeline": [each for each in (row(one, language, today) for one in exchanges) if each.when is not None],
        "liveliness": _liveliness(exchanges, language) if exchanges else None,
        "same_country": [row(each, language, today) for each in shown.same_country],
        "neighbours": [
            each
            for each in shown.cities
            if each["country"] == record["country"] and each["uid"] != record["uid"] and each["url"]
        ],
        "country": record["labels"]["country"],
    }


def countries(records: Sequence[Record], language: str, today: datetime.date) -> list[tuple[str, list[Country]]]:
    """The list of cities: the name of each kind with its countries in the order of their names."""
    kinds = {"sister": gettext("Sister cities"), "friendship": gettext("Friendship cities")}
    anchored: set[str] = set()
    found = []
    for kind, name in kinds.items():
        of_kind = sorted(
            (each for each in records if each["kind"] == kind),
            key=lambda each: (plain(each["labels"]["country"], language), plain(each["title"], language)),
        )
        by_country: dict[str, list[Record]] = {}
        for each in of_kind:
            by_country.setdefault(each["country"], []).append(each)
        parts = []
        for code, cities in by_country.items():
            anchor = None if code in anchored else country_anchor(code)
            anchored.add(code)
            listed = [ListedCity(row(each, language, today), _way(each)) for each in cities]
            parts.append(Country(cities[0]["labels"]["country"], anchor, listed))
        if parts:
            found.append((name, parts))
    return found


def _way(record: Record) -> str:
    harbour, city = harbour_of(theme().identity), city_of(record)
    return way(harbour, city.place) if harbour and city else ""


def _cutout(record: Record, cities: Sequence[Record], language: str) -> Any:
    harbour, city = harbour_of(theme().identity), city_of(record)
    return cutout(harbour, city, cities_of(cities), language) if harbour and city else None


def _band(exchanges: Iterable[Record], language: str) -> Band | None:
    """The dated exchanges by kind, the earliest first."""
    spans = [(each, span) for each in exchanges if (span := _span(each)) is not None]
    spans.sort(key=lambda pair: (pair[1].start or pair[1].end, pair[0]["uid"]))
    groups = []
    for kinds in _GROUPS:
        lines = [_line(each, span, language) for each, span in spans if each["type"] in kinds]
        name = pgettext("between kinds", ", ").join(str(TYPES[kind].plural_label) for kind in kinds)
        groups.append(Group(name, lines, gettext("No dated record")))
    return time_band("exchanges", groups, language)


def _span(record: Record) -> Span | None:
    """When an exchange was. Of an exhibition of several cities that has ended, only the time of the whole is known: the
    part of one city lay somewhere within.
    """
    span = span_of(record["dates"])
    if span is None or record["type"] != "exhibit" or len(record["relations"]["cities"]) == 1 or not span.end:
        return span
    return Span(span.start, span.end, within=True)


def _line(record: Record, span: Span, language: str) -> Line:
    when = dates.display_dates(record["dates"], language)
    url = record["url"][language] if record["url"] else None
    return Line(record["title"], url, span, words=when.primary if when else "")


def _liveliness(exchanges: Sequence[Record], language: str) -> Liveliness:
    kinds = [kind for group in _GROUPS for kind in group]
    per_year: dict[str, Counter[str]] = {}
    topics: Counter[str] = Counter()
    for each in exchanges:
        year = (each["dates"]["start"] or each["dates"]["end"] or "")[:4]
        per_year.setdefault(year, Counter())[each["type"]] += 1
        topics.update(each["topics"])
    years = [
        YearCount(_year(year, language), [numbers[kind] for kind in kinds], numbers.total())
        for year, numbers in sorted(per_year.items(), reverse=True)
    ]
    order = list(TOPICS)
    known = [item for item in topics.items() if item[0] in TOPICS]
    commonest = sorted(known, key=lambda item: (-item[1], order.index(item[0])))
    return Liveliness(
        [str(TYPES[kind].plural_label) for kind in kinds],
        years,
        [(TOPICS[uid], number) for uid, number in commonest],
    )


def _year(year: str, language: str) -> dates.DateText | None:
    if not year:
        return None
    if language != CHINESE:
        return dates.DateText(year, "", year)
    return dates.DateText(f"{int(year) - ROC_OFFSET}年", year, year)
