"""A page of hits, their count and facets, from one state of the index."""

from bisect import bisect_left, bisect_right
from typing import Any

import tantivy
from tantivy import Order, Query

from search.engines.embedded.queries import above, below, counted, matched, scored
from search.plan import FACET_VALUES, Hit, Hits, Request

#: How many values of a facet are looked at before the most frequent are taken.
_VALUES = 10_000
#: How many hits are fetched at least where a page starts somewhere below the first hit.
_FETCHED = 1_000
#: Above every number that a document's order can be.
_HIGHEST = 2**63


def answered(searcher: tantivy.Searcher, request: Request) -> Hits:
    """What the request gives."""
    facets = faceted(searcher, request) if request.facets else {}
    if request.limit < 1:
        count, hits = _count(searcher, matched(request)), []
    elif request.sort != "relevance":
        count, hits = _by_order(searcher, request)
    elif request.score:
        count, hits = _by_score(searcher, request)
    else:
        count, hits = _by_key(searcher, request)
    return Hits(count, tuple(hits), facets)


def faceted(searcher: tantivy.Searcher, request: Request) -> dict[str, list[tuple[str, int]]]:
    """Per facet its most frequent values among the hits under all filters but the facet's own."""
    found: dict[str, list[tuple[str, int]]] = {}
    for query, facets in counted(request):
        terms = {facet: {"terms": {"field": facet, "size": _VALUES, "segment_size": _VALUES}} for facet in facets}
        for facet, counts in searcher.aggregate(query, terms).items():
            values = [(bucket["key"], bucket["doc_count"]) for bucket in counts["buckets"]]
            found[facet] = sorted(values, key=lambda value: (-value[1], value[0]))[:FACET_VALUES]
    return found


def _by_score(searcher: tantivy.Searcher, request: Request) -> tuple[int, list[Hit]]:
    """tantivy knows no place to go on from and orders ties in its own way: the best hits are fetched, more of them
    until the page with all ties at its borders is among them.
    """
    query = scored(request)
    fetched = max(request.limit + 1, _FETCHED if request.after else 0)
    while True:
        result: Any = searcher.search(query, limit=fetched, count=True, weight_by_field="recency")
        page = _cut(searcher, result.hits, request, whole=len(result.hits) >= result.count)
        if page is not None:
            return result.count, page
        fetched = min(fetched * 8, result.count)


def _cut(
    searcher: tantivy.Searcher, ranked: list[tuple[Any, tantivy.DocAddress]], request: Request, *, whole: bool
) -> list[Hit] | None:
    """The page from hits in order of score; None where it may reach beyond them."""

    def at(hit: tuple[Any, tantivy.DocAddress]) -> float:
        return -hit[0]

    after = None if request.after is None else (-request.after[0], request.after[1])
    start = 0 if after is None else bisect_left(ranked, after[0], key=at)
    # Of those that tie with the last one seen, any number may have been seen.
    end = request.limit + (start if after is None else bisect_right(ranked, after[0], key=at))
    if end < len(ranked):
        end = bisect_right(ranked, at(ranked[end - 1]), key=at)
    if end >= len(ranked) and not whole:
        return None
    ranked = ranked[start:end]
    keys = searcher.fast_field_values("key", [address for _, address in ranked]) if ranked else []
    places = sorted((at(hit), int(key or 0)) for hit, key in zip(ranked, keys, strict=True))
    return [Hit(key, score=-score) for score, key in places if after is None or (score, key) > after][: request.limit]


def _by_key(searcher: tantivy.Searcher, request: Request) -> tuple[int, list[Hit]]:
    """Where nothing scores, all hits tie."""
    score, key = request.after or (0.0, 0)
    query = above(request, "key", int(key)) if score == 0 and key < _HIGHEST else matched(request)
    if request.after is None or score > 0:
        query = matched(request)
    count = _count(searcher, matched(request))
    if score < 0:
        return count, []
    result = searcher.search(query, limit=request.limit, count=False, order_by_field="key", order=Order.Asc)
    return count, [Hit(key, score=0.0) for key, _ in result.hits]


def _by_order(searcher: tantivy.Searcher, request: Request) -> tuple[int, list[Hit]]:
    query = matched(request)
    count = _count(searcher, query)
    if request.after is not None:
        bound = int(request.after[0])
        if bound < 1:
            return count, []
        query = below(request, request.sort, min(bound, _HIGHEST))
    result = searcher.search(query, limit=request.limit, count=False, order_by_field=request.sort)
    keys = searcher.fast_field_values("key", [address for _, address in result.hits])
    return count, [Hit(int(key or 0), order=order) for (order, _), key in zip(result.hits, keys, strict=True)]


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    # The stub of tantivy does not know the attribute.
    result: Any = searcher.search(query, limit=1, count=True)
    return result.count
