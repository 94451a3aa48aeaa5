"""What the pages of cities take from other records."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.db.models import F

from portal.publication.current import EXCHANGES
from portal.publication.selectors import RecordQuery
from portal.rendering.contents import CityPage

#: So many cities fit on one map.
MOST_CITIES = 200
_SAME_COUNTRY_SHOWN = 6


def all_cities() -> list[dict[str, Any]]:
    """Every public city, ready to be shown, by uid; one query."""
    found = RecordQuery(types=("city",)).selection().order_by("uid")
    return [orjson.loads(text) for text in found.values_list("ready", flat=True)[:MOST_CITIES]]


def beside(city: Mapping[str, Any], exchanges: Iterable[Mapping[str, Any]]) -> CityPage:
    """What is shown on the page of a city beside its own exchanges: the last others with its country. Two queries."""
    others = RecordQuery(types=EXCHANGES, country=city["country"]).selection()
    others = others.exclude(uid__in=[each["uid"] for each in exchanges])
    latest = others.order_by(F("sort_date").desc(nulls_last=True), "uid").values_list("ready", flat=True)
    return CityPage(all_cities(), [orjson.loads(text) for text in latest[:_SAME_COUNTRY_SHOWN]])
