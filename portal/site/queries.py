"""What the address of a list asks for, read from its query string. Parameters that no list knows are ignored."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from portal.core.periods import PeriodError, parse_date_input
from portal.publication.selectors import RecordQuery
from portal.publication.topics import TOPICS
from portal.site.cities import MOST_CITIES

LIMIT = 20
_LONGEST = 160


class BadQuery(ValueError):
    """A parameter with a value that no page of this site links to."""


@dataclass(frozen=True)
class ListQuery:
    """Filters of a list: a year (Gregorian, four digits), a city's uid, a topic's uid, and a cursor."""

    type: str
    year: str = ""
    city: str = ""
    topic: str = ""
    cursor: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether this is less than the whole list from its beginning."""
        return bool(self.year or self.city or self.topic or self.cursor)

    @property
    def string(self) -> str:
        """The query string, with its question mark; the same for the same page."""
        given = {name: value for name in ("year", "city", "topic", "cursor") if (value := getattr(self, name))}
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
            start=start,
            end=end,
            # Cities have no dates of their own; this order puts them by name.
            sort="date" if self.type == "city" else "-date",
        )


def limit(record_type: str) -> int:
    """How many records a page of the list has: all cities are on one."""
    return MOST_CITIES if record_type == "city" else LIMIT


def read(record_type: str, parameters: QueryDict) -> ListQuery:
    """The query of an address. Raises `BadQuery` for a value that cannot be meant."""
    values = {name: parameters.get(name, "").strip() for name in ("year", "city", "topic", "cursor")}
    for name, value in values.items():
        if "\x00" in value or len(value) > (400 if name == "cursor" else _LONGEST):
            raise BadQuery(name)
    if values["topic"] and values["topic"] not in TOPICS:
        raise BadQuery("topic")
    if values["city"] and not values["city"].startswith("city:"):
        raise BadQuery("city")
    query = ListQuery(record_type, **values)
    query.records()
    return query
