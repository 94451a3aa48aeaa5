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

_Ranked = list[tuple[Any, tantivy.DocAddress]]


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
    """tantivy knows no place to go on from, and orders ties in its own way: the best hits are fetched, more and more of
    them until the page is among them.
    """
    fetched = max(request.limit + 1, _FETCHED if request.after else 0)
    while True:
        result: Any = searcher.search(scored(request), limit=fetched, weight_by_field="recency")
        ranked, whole = result.hits, len(result.hits) >= result.count
        # Of the lowest score there may be more hits than those that were fetched.
        certain = ranked if whole else ranked[: _place(ranked, ranked[-1][0])]
        page = _after(searcher, certain, request)
        if whole or len(page) >= request.limit:
            return result.count, page[: request.limit]
        fetched = min(fetched * 8, result.count)


def _after(searcher: tantivy.Searcher, ranked: _Ranked, request: Request) -> list[Hit]:
    """Of hits in order of score those that come after the last one seen, ties in order of key."""
    if request.after is None:
        ranked = _first(ranked, request.limit)
    else:
        score, key = request.after
        seen = _place(ranked, score)
        ties = bisect_right(ranked, -score, key=_descending) - seen
        ranked = _first(ranked[seen:], ties + request.limit)
    keys = searcher.fast_field_values("key", [address for _, address in ranked]) if ranked else []
    hits = sorted((-score, int(key or 0)) for (score, _), key in zip(ranked, keys, strict=True))
    after = None if request.after is None else (-request.after[0], request.after[1])
    return [Hit(key, score=-score) for score, key in hits if after is None or (score, key) > after]


def _first(ranked: _Ranked, number: int) -> _Ranked:
    """So many of the best, and all that tie with the last of them."""
    if number >= len(ranked):
        return ranked
    return ranked[: bisect_right(ranked, _descending(ranked[number - 1]), key=_descending)]


def _place(ranked: _Ranked, score: float) -> int:
    """How many hits have a higher score."""
    return bisect_left(ranked, -score, key=_descending)


def _descending(hit: tuple[Any, tantivy.DocAddress]) -> float:
    return -hit[0]


def _by_key(searcher: tantivy.Searcher, request: Request) -> tuple[int, list[Hit]]:
    """Where nothing scores, all hits tie."""
    query = matched(request)
    count = _count(searcher, query)
    score, key = request.after or (1.0, 0)
    if score < 0:
        return count, []
    if score == 0:
        query = above(query, "key", int(key))
    ranked = searcher.search(query, limit=request.limit, count=False, order_by_field="key", order=Order.Asc).hits
    return count, [Hit(key, score=0.0) for key, _ in ranked]


def _by_order(searcher: tantivy.Searcher, request: Request) -> tuple[int, list[Hit]]:
    query = matched(request)
    count = _count(searcher, query)
    if request.after is not None:
        query = below(query, request.sort, int(request.after[0]))
    ranked = searcher.search(query, limit=request.limit, count=False, order_by_field=request.sort).hits
    keys = searcher.fast_field_values("key", [address for _, address in ranked]) if ranked else []
    return count, [Hit(int(key or 0), order=order) for (order, _), key in zip(ranked, keys, strict=True)]


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    # The stub of tantivy does not know the attribute.
    result: Any = searcher.search(query, limit=1, count=True)
    return result.count
