"""What the values of facets are called."""

import functools
from collections.abc import Mapping, Sequence

from django.utils.translation import override

from portal.core.languages import DJANGO_CODES, ENGLISH, text
from portal.core.periods import period_label
from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.publication.topics import TOPICS
from portal.publication.types import TYPES
from search.answers import FacetValue

_TITLES = ("uid", "title_zh_hant", "title_en")


def labelled(facets: Mapping[str, Sequence[tuple[str, int]]], language: str) -> dict[str, list[FacetValue]]:
    """Each facet's values with their names in a language; a city that is no longer public is left out."""
    names = {
        "type": _types(language),
        "topic": _topics(language),
        "city": _named([value for value, _count in facets.get("city", ())], language),
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


class _Cities:
    """What public cities are called, in both languages. A process keeps what it has read for as long as nothing else is
    published: the records are long, and a facet may list a hundred of them.
    """

    def __init__(self) -> None:
        self._known: tuple[str, dict[str, tuple[str, str]]] = ("", {})

    def titles(self, uids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """The Chinese and the English title of those that are public; the English one may be empty."""
        stamp, known = self._known
        # Read before the titles: what is read after it says at least as much.
        now = selectors.stamp()
        if stamp != now:
            known = {}
        if missing := [uid for uid in uids if uid not in known]:
            public = CurrentRecord.objects.filter(uid__in=missing, state=CurrentRecord.State.PUBLIC)
            read = {uid: (chinese, english) for uid, chinese, english in public.values_list(*_TITLES)}
            known = known | read
            self._known = now, known
        return {uid: known[uid] for uid in uids if uid in known}


_cities = _Cities()


def _named(uids: Sequence[str], language: str) -> dict[str, str]:
    return {
        uid: english if language == ENGLISH and english else chinese
        for uid, (chinese, english) in _cities.titles(uids).items()
    }
