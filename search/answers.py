"""What a search is asked and what it answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from portal.core.languages import CHINESE

#: The orders of results.
SORTS = ("relevance", "newest", "oldest")
#: Characters of a query.
LONGEST_QUERY = 1000


class BadCursor(ValueError):
    """A cursor that no search of this order has handed out."""


@dataclass(frozen=True)
class Question:
    """A search. ``text`` is what was typed, ``language`` the language of titles, snippets and labels; the filters are
    those of `search.plan.Filters`. Without any text everything is found, newest first.
    """

    text: str = ""
    language: str = CHINESE
    type: str | None = None
    city: str | None = None
    topic: str | None = None
    first: date | None = None
    last: date | None = None
    sort: str = "relevance"
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True)
class Result:
    """A hit. ``title``, ``snippet`` and ``highlights`` are safe HTML whose only element is ``<mark>``; ``plain_title``
    is text. ``url`` is None for a record without a page of its own. ``date`` has start, end, precision and ongoing, or
    is None for an undated record. ``score`` is None where results are by date.
    """

    uid: str
    type: str
    title: str
    plain_title: str
    url: str | None
    snippet: str
    highlights: dict[str, str]
    date: dict[str, Any] | None
    score: float | None


class FacetValue(TypedDict):
    """A value of a facet, what it is called, and how many results have it under all other filters."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Answer:
    """One page of results. ``relaxed`` says that some have only a part of what was asked for; ``suggestion`` is a
    better spelling of the query; ``engine`` is what answered, ``fallback`` that it stands in for another.
    """

    count: int
    results: tuple[Result, ...]
    next_cursor: str | None
    facets: dict[str, list[FacetValue]]
    suggestion: str | None
    engine: str
    fallback: bool = False
    relaxed: bool = False
    previous_cursor: str | None = None
