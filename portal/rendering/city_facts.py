"""The facts of a city that are derived or computed: where it is, and what the records say of the exchange with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from portal.core.languages import LANGUAGES, in_language
from portal.publication.types import TYPES
from portal.rendering import dates
from portal.rendering.computed import computed
from portal.rendering.date_elements import time_element
from portal.rendering.harbour import city_of, formula, harbour_of, way
from portal.rendering.members import term
from portal.rendering.texts import link
from portal.rendering.theme import theme


def location(record: Mapping[str, Any], member: str, language: str) -> Iterable[SafeString]:
    """Latitude and longitude in words."""
    place = record["location"]
    if not place:
        return []
    north, east = not place["latitude"].startswith("-"), not place["longitude"].startswith("-")
    latitude = gettext("%(degrees)s° N") if north else gettext("%(degrees)s° S")
    longitude = gettext("%(degrees)s° E") if east else gettext("%(degrees)s° W")
    return [
        format_html(
            "{}{}{}",
            latitude % {"degrees": place["latitude"].lstrip("-")},
            pgettext("between coordinates", ", "),
            longitude % {"degrees": place["longitude"].lstrip("-")},
        )
    ]


def distance(record: Mapping[str, Any], member: str, language: str) -> Iterable[SafeString]:
    """How far from the theme's harbour a city is, and in which direction, with the sum."""
    harbour, city = harbour_of(theme().identity), city_of(record)
    if harbour is None or city is None:
        return []
    sum_of = computed(term(record["type"], member), formula(harbour, city.place))
    return [format_html("{}{}", way(harbour, city.place), sum_of)]


def last_exchange(record: Mapping[str, Any], member: str, language: str) -> Iterable[SafeString]:
    """The last dated exchange that names a city, as a link. Old versions have nothing derived and say nothing."""
    if "last_exchange" not in record["derived"]:
        return []
    last = record["derived"]["last_exchange"]
    if not last:
        return [format_html('<span class="missing">{}</span>', gettext("None is recorded with a date"))]
    when = time_element(dates.display_date({"date": last["date"], "precision": last["precision"]}, language))
    kind, _, slug = last["uid"].partition(":")
    url = {each: in_language(f"/{TYPES[kind].plural}/{slug}/", each) for each in LANGUAGES}
    return [
        format_html(
            "{}{}{}",
            when,
            pgettext("between a date and a title", ", "),
            link(last["title"], last.get("url", url), language),
        )
    ]


def counts(record: Mapping[str, Any], member: str, language: str) -> Iterable[SafeString]:
    """How many records of each kind name a city."""
    numbers = record["derived"].get("counts") or {}
    if not numbers:
        return []
    shown = [f"{TYPES[kind].plural_label}\u00a0{number}" for kind, number in numbers.items()]
    sum_of = computed(
        term(record["type"], member),
        [gettext("Counted are the public records of each kind that name this city, once each.")],
    )
    return [format_html("{}{}", pgettext("between counts", ", ").join(shown), sum_of)]
