"""What the values of facets are called."""

from collections.abc import Mapping, Sequence

from django.utils.translation import override

from portal.core.languages import CHINESE, DJANGO_CODES, ENGLISH, text
from portal.core.periods import period_label
from portal.publication.models import CurrentRecord
from portal.publication.topics import TOPICS
from portal.publication.types import TYPES
from search.answers import FacetValue

#: The entry's texts by language.
COLUMNS = {CHINESE: "shown_zh_hant", ENGLISH: "shown_en"}


def labelled(facets: Mapping[str, Sequence[tuple[str, int]]], language: str) -> dict[str, list[FacetValue]]:
    """Each facet's values with their names in a language; a city that is no longer public is left out."""
    names = {
        "type": _types(language),
        "topic": {uid: text(name, language) for uid, name in TOPICS.items()},
        "city": _cities([value for value, _count in facets.get("city", ())], language),
        "year": {value: period_label(value, language) for value, _count in facets.get("year", ())},
    }
    return {
        facet: [FacetValue(value, names[facet][value], count) for value, count in values if value in names[facet]]
        for facet, values in facets.items()
    }


def _types(language: str) -> dict[str, str]:
    with override(DJANGO_CODES[language]):
        return {code: str(record_type.plural_label) for code, record_type in TYPES.items()}


def _cities(uids: Sequence[str], language: str) -> dict[str, str]:
    titles = CurrentRecord.objects.filter(uid__in=uids, state=CurrentRecord.State.PUBLIC).values_list(
        "uid", "title_zh_hant", "title_en"
    )
    return {uid: english if language == ENGLISH and english else chinese for uid, chinese, english in titles}
