"""What the values of facets are called."""

import functools
from collections.abc import Mapping, Sequence

from django.utils.translation import override

from portal.core.languages import DJANGO_CODES, text
from portal.core.periods import period_label
from portal.publication.topics import TOPICS
from portal.publication.types import TYPES
from search import kept, lookups
from search.answers import FacetValue


def labelled(
    facets: Mapping[str, Sequence[tuple[str, int]]], language: str, stamp: str | None = None
) -> dict[str, list[FacetValue]]:
    """Each facet's values with their names in a language; a city that is no longer public is left out. ``stamp`` is
    that of the entries, where it has been read.
    """
    cities = [value for value, _count in facets.get("city", ())]
    names = {
        "type": _types(language),
        "topic": _topics(language),
        "city": kept.titles(cities, language, lookups.stamp() if stamp is None else stamp) if cities else {},
        "year": {value: _year(value, language) for value, _count in facets.get("year", ())},
    }
    return {
        facet: [{"value": value, "label": called[value], "count": count} for value, count in values if value in called]
        for facet, called in names.items()
        if (values := facets.get(facet)) is not None
    }


@functools.lru_cache(maxsize=1000)
def _year(code: str, language: str) -> str:
    return period_label(code, language)


@functools.cache
def _topics(language: str) -> dict[str, str]:
    return {uid: text(name, language) for uid, name in TOPICS.items()}


@functools.cache
def _types(language: str) -> dict[str, str]:
    with override(DJANGO_CODES[language]):
        return {code: str(record_type.plural_label) for code, record_type in TYPES.items()}
