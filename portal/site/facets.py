"""The filters that a list offers, each with how many records it leaves."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, JSONField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from portal.core.countries import country_names
from portal.core.languages import CHINESE, ENGLISH, in_language
from portal.core.periods import ROC_OFFSET
from portal.publication.codelists import code_list
from portal.publication.models import Citation, CurrentRecord
from portal.publication.selectors import public_among
from portal.publication.selectors.queries import has_code
from portal.publication.topics import TOPICS
from portal.publication.types import TYPES
from portal.rendering.contents import Choice, ChoiceGroup
from portal.rendering.members import term
from portal.site.queries import CODED, ListQuery

_FEWEST = 2
_NO_END = 9999


def groups(query: ListQuery, language: str) -> list[ChoiceGroup]:
    """Years, codes of the type's own, cities and topics of a list, in the active language; at most nine queries.

    The counts of one group take the other groups' filters into account. A group with a single choice is left
    out unless it is on.
    """
    offered = (
        ChoiceGroup(_("Year"), _years(query, language)),
        *(ChoiceGroup(term(query.type, name), _coded(query, language, name)) for name in CODED.get(query.type, ())),
        ChoiceGroup(_("City"), _cities(query, language)),
        ChoiceGroup(_("Topic"), _topics(query, language)),
    )
    return [
        group for group in offered if len(group.choices) >= _FEWEST or any(choice.is_on for choice in group.choices)
    ]


def counts() -> dict[str, int]:
    """How many public records there are of each type; one query."""
    public = CurrentRecord.objects.filter(state=CurrentRecord.State.PUBLIC)
    return dict(public.values_list("type").annotate(Count("uid")))


def _choice(query: ListQuery, language: str, label: Any, count: int | None, **filters: str) -> Choice:
    ((name, value),) = filters.items()
    is_on = getattr(query, name) == value
    leads_to = query.changed(**{name: "" if is_on else value})
    path = in_language(f"/{TYPES[query.type].plural}/", language)
    return Choice(label, path + leads_to.string, count, is_on)


def _years(query: ListQuery, language: str) -> list[Choice]:
    """The years in which a record begins or ends; each counts the records that overlap with it, as the filter
    selects them.
    """
    spans = [
        ((starts or ends).year, _NO_END if goes_on and starts else (ends or starts).year)
        for starts, ends, goes_on in query.changed(year="")
        .records()
        .selection()
        .filter(sort_date__isnull=False)
        .values_list("starts", "ends", "ongoing")
    ]
    years = sorted({year for span in spans for year in span if year != _NO_END}, reverse=True)
    return [
        _choice(query, language, _year_label(year), sum(first <= year <= last for first, last in spans), year=str(year))
        for year in years
    ]


def _year_label(year: int) -> dict[str, str | None]:
    return {CHINESE: f"{year - ROC_OFFSET}年" if year > ROC_OFFSET else str(year), ENGLISH: str(year)}


def _coded(query: ListQuery, language: str, name: str) -> list[Choice]:
    """The codes of a member that records of the list have, most first."""
    others = query.changed(**{name: ""}).records().selection()
    found = _countries(query, others) if name == "country" else _codes(query, others, name)
    return [
        _choice(query, language, label, count, **{name: code})
        for code, (label, count) in sorted(found.items(), key=lambda each: (-each[1][1], each[0]))
        if count
    ]


def _codes(query: ListQuery, others: QuerySet[CurrentRecord], name: str) -> dict[str, tuple[Any, int]]:
    labels = code_list(query.type, name) or {}
    numbers = others.aggregate(
        **{f"n{place}": Count("uid", filter=has_code(name, code)) for place, code in enumerate(labels)}
    )
    return {code: (labels[code], numbers[f"n{place}"]) for place, code in enumerate(labels)}


def _countries(query: ListQuery, others: QuerySet[CurrentRecord]) -> dict[str, tuple[Any, int]]:
    """Country → its name, and how many records are of it, or name a city of it."""
    own = _country_of(others)
    cities = _country_of(CurrentRecord.objects.filter(type="city", state=CurrentRecord.State.PUBLIC))
    named = Citation.objects.filter(role="city", target__in=cities).values_list("source", "target")
    pairs = {(uid, country) for uid, country in own.items() if country}
    pairs |= {(source, country) for source, target in named if source in own and (country := cities[target])}
    names = country_names()
    return {
        code: (names[code], number) for code, number in Counter(code for _uid, code in pairs).items() if code in names
    }


def _country_of(records: QuerySet[CurrentRecord]) -> dict[str, str | None]:
    """Uid → the code of the country that each record has itself."""
    parsed = records.annotate(parsed=Cast("ready", JSONField()))
    return dict(parsed.values_list("uid", KT("parsed__country")))


def _cities(query: ListQuery, language: str) -> list[Choice]:
    found = list(_cited(query.changed(city=""), "city"))
    public = public_among(uid for uid, _count in found)
    return [_choice(query, language, public[uid].title, count, city=uid) for uid, count in found if uid in public]


def _topics(query: ListQuery, language: str) -> list[Choice]:
    found = _cited(query.changed(topic=""), "topic")
    return [_choice(query, language, TOPICS[uid], count, topic=uid) for uid, count in found if uid in TOPICS]


def _cited(query: ListQuery, role: str) -> Iterable[tuple[str, int]]:
    uids = query.records().selection().values("uid")
    return (
        Citation.objects.filter(role=role, source__in=uids)
        .values_list("target")
        .annotate(number=Count("source"))
        .order_by("-number", "target")
    )
