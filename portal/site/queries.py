"""What the address of a list asks for, read from its query string. Parameters that no list knows are ignored."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from portal.core.periods import PeriodError, parse_date_input
from portal.publication.codelists import code_list
from portal.publication.selectors import RecordQuery
from portal.publication.topics import TOPICS
from portal.rendering.sections import SECTIONED
from portal.site.cities import MOST_CITIES

LIMIT = 20
#: Of a list in sections, which come on one page as far as that goes.
LIMIT_OF_SECTIONS = 100
_LONGEST = 160
#: The parameters in their order. Those after the topic are members whose codes a type has.
_NAMES = ("year", "city", "topic", "country", "kind", "direction", "mode", "status", "cursor")
#: Type → the members that its list can be filtered by.
CODED = {
    "city": ("country", "kind"),
    "visit": ("country", "direction", "mode"),
    "agreement": ("kind",),
    "activity": ("kind",),
    "announcement": ("kind",),
    "alert": ("kind",),
    "works": ("status",),
}
_COUNTRY = re.compile("[A-Z]{2}")


class BadQuery(ValueError):
    """A parameter with a value that no page of this site links to."""


@dataclass(frozen=True)
class ListQuery:
    """Filters of a list: a year (Gregorian, four digits), a city's uid, a topic's uid, codes of members that the type
    has, and a cursor. ``country`` of a visit is its own or that of a city that it names.
    """

    type: str
    year: str = ""
    city: str = ""
    topic: str = ""
    country: str = ""
    kind: str = ""
    direction: str = ""
    mode: str = ""
    status: str = ""
    cursor: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether this is less than the whole list from its beginning."""
        return any(getattr(self, name) for name in _NAMES)

    @property
    def limit(self) -> int:
        """So many records come on a page: all cities are on one."""
        if self.type == "city":
            return MOST_CITIES
        return LIMIT_OF_SECTIONS if self.type in SECTIONED else LIMIT

    @property
    def string(self) -> str:
        """The query string, with its question mark; the same for the same page."""
        given = {name: value for name in _NAMES if (value := getattr(self, name))}
        return f"?{urlencode(given, safe=':')}" if given else ""

    def changed(self, **filters: str) -> "ListQuery":
        """The same list with other filters, from its beginning."""
        return replace(self, **{"cursor": "", **filters})

    def records(self) -> RecordQuery:
        """The selection of records. Raises `BadQuery`."""
        start = end = None
        if self.year:
            try:
                start, end = parse_date_input(self.year)
            except PeriodError as error:
                raise BadQuery(str(error)) from None
        return RecordQuery(
            types=(self.type,),
            city=self.city or None,
            topic=self.topic or None,
            country=self.country or None,
            coded=tuple(
                (name, value)
                for name in CODED.get(self.type, ())
                if name != "country" and (value := getattr(self, name))
            ),
            start=start,
            end=end,
            # Cities have no dates of their own; this order puts them by name.
            sort="date" if self.type == "city" else "-date",
        )


def read(record_type: str, parameters: QueryDict) -> ListQuery:
    """The query of an address. Raises `BadQuery` for a value that cannot be meant."""
    known = ("year", "city", "topic", *CODED.get(record_type, ()), "cursor")
    values = {name: parameters.get(name, "").strip() for name in known}
    for name, value in values.items():
        if "\x00" in value or len(value) > (400 if name == "cursor" else _LONGEST):
            raise BadQuery(name)
    if values["topic"] and values["topic"] not in TOPICS:
        raise BadQuery("topic")
    if values["city"] and not values["city"].startswith("city:"):
        raise BadQuery("city")
    for name in CODED.get(record_type, ()):
        if values[name] and not _is_code(record_type, name, values[name]):
            raise BadQuery(name)
    query = ListQuery(record_type, **values)
    query.records()
    return query


def _is_code(record_type: str, name: str, value: str) -> bool:
    return bool(_COUNTRY.fullmatch(value)) if name == "country" else value in (code_list(record_type, name) or {})
