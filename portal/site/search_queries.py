"""What the address of the search page asks for. Parameters that the page does not know are ignored."""

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.core.periods import PeriodError, parse_date_input
from portal.core.typed import one_line
from portal.publication.topics import TOPICS
from portal.publication.types import FRAME_TYPES, TYPES
from portal.site.queries import LIMIT, BadQuery
from search.answers import LONGEST_QUERY, SORTS, Question

PATH = "/search/"
#: Parameter of the address → member of `SearchQuery`, in the order in which addresses have them.
_MEMBERS = {
    "q": "text",
    "type": "type",
    "city": "city",
    "topic": "topic",
    "from": "first",
    "to": "last",
    "sort": "sort",
    "cursor": "cursor",
}
#: Members that readers type themselves.
_TYPED = ("text", "first", "last")
_FILTERS = ("type", "city", "topic", "first", "last")
_CITY = re.compile(r"city:[a-z0-9-]{1,120}")


@dataclass(frozen=True)
class SearchQuery:
    """A search as its address has it: each member is the parameter's text, empty where it is not given.

    ``first`` and ``last`` are dates as people type them; `problems` says what cannot be read.
    """

    text: str = ""
    type: str = ""
    city: str = ""
    topic: str = ""
    first: str = ""
    last: str = ""
    sort: str = ""
    cursor: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the text narrows the results."""
        return any(getattr(self, name) for name in _FILTERS)

    @property
    def path(self) -> str:
        """The Chinese address; the same for the same page."""
        given = self.given()
        return f"{PATH}?{urlencode(given, safe=':')}" if given else PATH

    def given(self, *, without: tuple[str, ...] = ()) -> dict[str, str]:
        """The parameters that are given, without some members."""
        return {
            parameter: value
            for parameter, member in _MEMBERS.items()
            if member not in without and (value := getattr(self, member))
        }

    def changed(self, **members: str) -> "SearchQuery":
        """The same search with other members, from its beginning."""
        return replace(self, **{"cursor": "", **members})

    def unfiltered(self) -> "SearchQuery":
        """The text alone."""
        return self.changed(**dict.fromkeys(_FILTERS, ""))

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day of the filter by dates. Raises `PeriodError`."""
        first = parse_date_input(self.first)[0] if self.first else None
        last = parse_date_input(self.last)[1] if self.last else None
        return first, last

    def problems(self) -> dict[str, str]:
        """What cannot be taken of what a reader typed, by parameter, in the active language."""
        found = {}
        if len(self.text) > LONGEST_QUERY:
            found["q"] = _("This is longer than %(most)s characters. Please shorten it.") % {"most": LONGEST_QUERY}
        for parameter, typed in (("from", self.first), ("to", self.last)):
            try:
                parse_date_input(typed or "2000")
            except PeriodError as error:
                found[parameter] = str(error)
        if not found:
            first, last = self.days()
            if first and last and first > last:
                found["from"] = _("The first date is after the last one.")
        return found

    def question(self, language: str) -> Question:
        """What is asked of the search; only without `problems`."""
        first, last = self.days()
        return Question(
            text=self.text,
            language=language,
            type=self.type or None,
            city=self.city or None,
            topic=self.topic or None,
            first=first,
            last=last,
            sort=self.sort or SORTS[0],
            limit=LIMIT,
            cursor=self.cursor or None,
        )


def read(parameters: QueryDict) -> SearchQuery:
    """The search of an address. Raises `BadQuery` for a value that no page of this site links to and no form sends."""
    given = {member: parameters.get(name, "").strip() for name, member in _MEMBERS.items()}
    given |= {member: one_line(given[member]).strip() for member in _TYPED}
    query = SearchQuery(**given)
    allowed = {"type": [code for code in TYPES if code not in FRAME_TYPES], "topic": TOPICS, "sort": SORTS}
    for name, values in allowed.items():
        if given[name] and given[name] not in values:
            raise BadQuery(name)
    if query.city and not _CITY.fullmatch(query.city):
        raise BadQuery("city")
    return query
