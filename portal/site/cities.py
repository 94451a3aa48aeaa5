"""What the pages of cities take from other records."""

import re
from typing import Any

import orjson
from django.db.models import F

from portal.core.countries import country_names
from portal.core.languages import CHINESE
from portal.publication.current import EXCHANGES
from portal.publication.selectors import RecordQuery
from portal.rendering.contents import CityPage

#: All partner cities fit on one page, and on one map.
MOST_CITIES = 200
_EXCHANGES_READ = 200
_SAME_COUNTRY_SHOWN = 6


def all_cities() -> list[dict[str, Any]]:
    """Every public city, ready to be shown, by uid; one query."""
    found = RecordQuery(types=("city",)).selection().order_by("uid")
    return [orjson.loads(text) for text in found.values_list("ready", flat=True)[:MOST_CITIES]]


def beside(city: dict[str, Any]) -> CityPage:
    """What is shown on the page of a city beside its own exchanges. Of the exchanges with its country, the last ones
    are looked through: those that name another of its cities but not this one, and calls of its offices. Two queries.
    """
    cities = all_cities()
    compatriots = {each["uid"] for each in cities if each["country"] == city["country"]} - {city["uid"]}
    latest = RecordQuery(types=EXCHANGES).selection().order_by(F("sort_date").desc(nulls_last=True), "uid")
    same_country = [
        record
        for record in map(orjson.loads, latest.values_list("ready", flat=True)[:_EXCHANGES_READ])
        if city["uid"] not in record["relations"]["cities"]
        and (compatriots.intersection(record["relations"]["cities"]) or _country_of(record) == city["country"])
    ]
    return CityPage(cities, same_country[:_SAME_COUNTRY_SHOWN])


def _country_of(record: dict[str, Any]) -> str | None:
    """The country that an exchange states, or else the one that the Chinese name of a calling office says:
    駐台北韓國代表部 is South Korea's.
    """
    office = record.get("office")
    return record.get("country") or (named_country(office[CHINESE]) if office else None)


def named_country(words: str) -> str | None:
    """The code of the country whose Chinese name stands in the name of an office; of several the longest name. Where
    the office is does not count, and would mislead: 台北韓國 is not 北韓.
    """
    named = re.sub("[台臺][北灣]", " ", words)
    found = [(len(name[CHINESE]), code) for code, name in country_names().items() if name[CHINESE] in named]
    return max(found)[1] if found else None
