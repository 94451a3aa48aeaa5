"""What a request must give, computed in plain Python from the index documents: the measure of every engine.

Nothing here is shared with an engine but the plan's own classes. Scores are BM25 as Lucene computes them (k1 1.2,
b 0.75, no factor k1 + 1, lengths rounded down as its norms store them), of an index into which each document was
written once: engines count what was deleted or replaced until they merge it away.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from search.plan import (
    FACET_VALUES,
    FACETS,
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    Everything,
    Filters,
    Hit,
    Hits,
    Node,
    Not,
    Phrase,
    Request,
    Term,
)

K1, B = 1.2, 0.75

#: Fields that are scored.
TEXTS = (
    "title_zh",
    "title_en",
    "names",
    "summary_zh",
    "summary_en",
    "body_zh",
    "body_en",
    "data",
    "files",
    "near",
)
#: Fields whose values are tokens separated by one space; the others of `Term` are whole values.
TOKEN_FIELDS = frozenset(("all", "run", *TEXTS))


class Reference:
    """A set of index documents (dicts as in ``EntryData.source``), and what each request gives over it."""

    def __init__(self, documents: Iterable[dict[str, Any]]) -> None:
        self.documents = {document["key"]: document for document in documents}
        self._postings: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        self._lengths: dict[str, dict[int, int]] = defaultdict(dict)
        self._known: dict[Node, frozenset[int]] = {}
        for key, document in self.documents.items():
            for field, value in document.items():
                counts = Counter(_tokens(field, value))
                self._lengths[field][key] = counts.total()
                for token, count in counts.items():
                    self._postings[field, token][key] = count
        self._average = {field: sum(lengths.values()) / len(lengths) for field, lengths in self._lengths.items()}

    @classmethod
    def of_sources(cls, sources: Iterable[str]) -> "Reference":
        """The same, of the JSON texts that engines are given."""
        return cls(json.loads(source) for source in sources)

    def search(self, request: Request) -> Hits:
        """The page, count and facets that the request must give."""
        keys = self.matching(request.match)
        found = {key for key in keys if self._passes(key, request.filters)}
        hits = [hit for hit in self._ordered(found, request) if _is_after(hit, request)]
        facets = {facet: self._facet(keys, facet, request.filters) for facet in FACETS} if request.facets else {}
        return Hits(len(found), tuple(hits[: request.limit]), facets)

    def matching(self, node: Node) -> frozenset[int]:
        """Keys of the documents that a node holds for."""
        if node not in self._known:
            self._known[node] = frozenset(self._matching(node))
        return self._known[node]

    def _matching(self, node: Node) -> set[int]:
        match node:
            case Term(field, token):
                return set(self._postings.get((field, token), ()))
            case Phrase(field, tokens):
                return {key for key in self.documents if self._has_phrase(key, field, tokens)}
            case AllOf(parts):
                return set(self.documents).intersection(*(self.matching(part) for part in parts))
            case AnyOf(parts):
                return set().union(*(self.matching(part) for part in parts))
            case AtLeast(parts, number):
                counts = Counter(key for part in parts for key in self.matching(part))
                return {key for key in self.documents if counts[key] >= number}
            case Not(part):
                return set(self.documents) - self.matching(part)
            case Everything():
                return set(self.documents)
        raise TypeError(node)

    def score(self, key: int, parts: Sequence[Term | Constant]) -> float:
        """A document's score by relevance."""
        total = sum(self._part(key, part) for part in parts)
        return total * math.log2(2 + self.documents[key].get("recency", 0))

    def _part(self, key: int, part: Term | Constant) -> float:
        if isinstance(part, Constant):
            return part.score if key in self.matching(part.part) else 0.0
        postings = self._postings.get((part.field, part.token), {})
        if key not in postings:
            return 0.0
        lengths, average = self._lengths[part.field], self._average[part.field]
        total = len(lengths)
        idf = math.log(1 + (total - len(postings) + 0.5) / (len(postings) + 0.5))
        frequency = postings[key]
        return part.boost * idf * frequency / (frequency + K1 * (1 - B + B * norm(lengths[key]) / average))

    def _has_phrase(self, key: int, field: str, tokens: Sequence[str]) -> bool:
        text = _tokens(field, self.documents[key].get(field, ""))
        wanted = list(tokens)
        return any(text[at : at + len(wanted)] == wanted for at in range(len(text) - len(wanted) + 1))

    def _passes(self, key: int, filters: Filters) -> bool:
        document = self.documents[key]
        for field in ("type", "city", "topic"):
            wanted = getattr(filters, field)
            if wanted is not None and wanted not in _tokens(field, document.get(field, [])):
                return False
        if filters.first is None and filters.last is None:
            return True
        if "starts" not in document or "ends" not in document:
            return False
        first, last = filters.first or date.min, filters.last or date.max
        return document["starts"] <= last.toordinal() and document["ends"] >= first.toordinal()

    def _ordered(self, keys: Iterable[int], request: Request) -> list[Hit]:
        if request.sort == "relevance":
            hits = [Hit(key, score=self.score(key, request.score)) for key in keys]
            return sorted(hits, key=lambda hit: (-hit.score, hit.key))
        hits = [Hit(key, order=self.documents[key][request.sort]) for key in keys]
        return sorted(hits, key=lambda hit: -hit.order)

    def _facet(self, keys: Iterable[int], facet: str, filters: Filters) -> list[tuple[str, int]]:
        own = {"first": None, "last": None} if facet == "year" else {facet: None}
        others = replace(filters, **own)
        counts: Counter[str] = Counter()
        for key in keys:
            if self._passes(key, others):
                counts.update(set(_tokens(facet, self.documents[key].get(facet, []))))
        return sorted(counts.items(), key=lambda value: (-value[1], value[0]))[:FACET_VALUES]


@cache
def norm(length: int) -> int:
    """A length as Lucene's norms give it back: exact to 40, then only the four highest bits of what is above 24."""
    above = length - 24
    if above < 16:
        return length
    shift = above.bit_length() - 4
    return 24 + (above >> shift << shift)


def assert_same(got: Hits, request: Request, reference: Reference, *, scores: bool = True) -> None:
    """Check an engine's answer to a request without ``after`` against the reference: count, facets, hits and order.

    Scores are single precision: what lies closer together than that may change places. With ``scores`` False (an index
    in which documents were replaced) the order by relevance need only agree with the engine's own scores.
    """
    want = reference.search(request)
    assert got.count == want.count, (request, got.count, want.count)
    assert got.facets == want.facets, request
    if request.sort != "relevance":
        assert got.hits == want.hits, request
        return
    keys = [hit.key for hit in got.hits]
    assert len(set(keys)) == len(keys) == len(want.hits), (request, got.hits, want.hits)
    assert all(hit.order is None for hit in got.hits)
    assert list(got.hits) == sorted(got.hits, key=lambda hit: (-hit.score, hit.key)), (request, got.hits)
    allowed = {hit.key for hit in reference.search(replace(request, limit=want.count)).hits}
    assert set(keys) <= allowed, (request, set(keys) - allowed)
    if not scores:
        return
    for mine, theirs in zip(got.hits, want.hits, strict=True):
        # Rank by rank the same score, and each hit the score that is its own.
        assert close(mine.score, theirs.score), (request, mine, theirs)
        assert close(mine.score, reference.score(mine.key, request.score)), (request, mine)


def close(left: float, right: float) -> bool:
    """Whether two scores are the same in single precision, sums of several terms allowed for."""
    return math.isclose(left, right, rel_tol=2e-5, abs_tol=1e-6)


def _tokens(field: str, value: Any) -> list[str]:
    if field in TOKEN_FIELDS:
        return value.split(" ") if value else []
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) else []


def _is_after(hit: Hit, request: Request) -> bool:
    if request.after is None:
        return True
    if request.sort == "relevance":
        score, key = request.after
        return (-hit.score, hit.key) > (-score, key)
    return hit.order < request.after[0]
