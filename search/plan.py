"""What is asked of an engine, and what it answers: plain data, the same for every engine.

Whether a record is a hit is decided by ``match`` and the filters alone, on whole tokens; ``score`` only orders the
hits. Both are written in tokens of `search.analysis`, so that an engine analyses nothing.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A field has a token. As part of a score: the token's BM25 in that field times ``boost``."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A field has these tokens (two or more) one after the other."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; never, where there are none."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``number`` of the parts hold."""

    parts: tuple["Node", ...]
    number: int


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold. Stands only within an `AllOf`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every record."""


Node = Term | Phrase | AllOf | AnyOf | AtLeast | Not | Everything


@dataclass(frozen=True, slots=True)
class Constant:
    """Part of a score: ``score`` for every record that ``part`` holds for."""

    part: Node
    score: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the hits besides the words. ``city`` and ``topic`` are uids. ``first`` and ``last`` select by
    overlap with the days that a record's own dates can mean; an undated record is left out when either is given.
    """

    type: str | None = None
    city: str | None = None
    topic: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A search for one page of hits.

    ``sort`` is relevance, newest or oldest. ``after`` is the last hit that the reader has seen: ``(score, key)`` by
    relevance, ``(order,)`` otherwise. ``score`` counts by relevance only. ``facets`` asks for counts.
    """

    match: Node
    score: tuple[Term | Constant, ...] = ()
    filters: Filters = Filters()
    sort: str = "relevance"
    limit: int = 20
    after: tuple[float, ...] | None = None
    facets: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A record by the key of its entry, with what the order was made by: ``score``, or ``order`` of newest / oldest."""

    key: int
    score: float | None = None
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits in order, how many there are in all, and per facet its values with counts."""

    count: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]


#: The facets; each is a field of the index document.
FACETS = ("type", "topic", "city", "year")
#: The most values that a facet lists.
FACET_VALUES = 100
