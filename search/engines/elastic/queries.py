"""The plan's nodes as Elasticsearch's Query DSL.

Plain dicts: they go to the wire as they are. Tokens stand in ``term`` queries, which analyse nothing; nothing goes
through a query language. What decides the hits stands in filters, so that it never scores.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import orjson

from search.engines.elastic.depth import flattened
from search.plan import (
    FACET_VALUES,
    FACETS,
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    Everything,
    Filters,
    Node,
    Not,
    Phrase,
    Request,
    Term,
)

Query = dict[str, Any]

#: Elasticsearch's BM25 keeps the factor k1 + 1 that Lucene has dropped.
_BM25_FACTOR = 2.2
#: ``log2p`` is the common logarithm of the value plus two; times this it is the binary one.
_BINARY = 3.321928094887362
#: Values that a shard reports of a facet: with fewer in all, counts over several shards are exact.
_SHARD_VALUES = 10_000
#: The aggregation over the field that has the values of all facets.
_ALL_FACETS = "all"
_HIGHEST = 2**63 - 1
#: What of an answer is wanted: the parameter `filter_path` of a search.
_ANSWER = "hits.total.value,hits.hits.sort,aggregations"
#: What Java takes for white space: a token that has any cannot be in a field.
_SPACE = re.compile(r"[\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]")


def wired(request: Request) -> tuple[dict[str, str], bytes]:
    """A request as it goes to the wire: parameters and body, the latter made JSON here alone."""
    preference, asked = _asked(replace(request, limit=0, after=None))
    parameters = {
        "search_type": "dfs_query_then_fetch",
        "allow_partial_search_results": "false",
        "preference": preference,
        "filter_path": _ANSWER,
    }
    return parameters, orjson.dumps(asked | _page(request))


@lru_cache(maxsize=128)
def _asked(request: Request) -> tuple[str, Query]:
    """What is the same for all pages of a question, with its parts as JSON: the preference, and the query with facets.

    Remembered, since the next page, or the next reader, asks it again: some 4 MB where texts are of usual
    length, 40 MB at most.
    """
    filters = _filters(request.filters)
    own = [query for queries in filters.values() for query in queries]
    query = orjson.dumps(_ordered([_deciding(request), *([] if request.facets else own)], request))
    asked: Query = {
        "query": orjson.Fragment(query),
        "track_total_hits": True,
        "_source": False,
        # Nothing is read of a document but what it was sorted by.
        "stored_fields": "_none_",
    }
    if request.facets:
        asked["aggs"] = orjson.Fragment(orjson.dumps(_aggregations(filters)))
        if own:
            asked["post_filter"] = orjson.Fragment(orjson.dumps(_all(own)))
    # Replicas count deleted documents differently, so one copy answers all pages.
    return f"q{zlib.crc32(query):x}", asked


def node_query(node: Node) -> Query:
    """A query that holds for what the node holds for; it stands in a filter."""
    match node:
        case Term(field, token):
            return {"term": {field: token}}
        case Phrase(field, tokens):
            return _phrase(field, tokens)
        case AllOf(parts):
            return _all(
                [node_query(part) for part in parts if not isinstance(part, Not)],
                [node_query(part.part) for part in parts if isinstance(part, Not)],
            )
        case AnyOf(parts):
            return _any(parts)
        case AtLeast(parts, number):
            return _at_least(parts, number)
        case Not(part):
            return _all([], [node_query(part)])
        case Everything():
            return {"match_all": {}}


def explained(request: Request) -> Query:
    """The query of one hit, with all filters, for an explanation of its score."""
    own = [query for queries in _filters(request.filters).values() for query in queries]
    return _scored([_deciding(request), *own], request.score)


def _deciding(request: Request) -> Query:
    return node_query(flattened(request.match))


def _ordered(holding: list[Query], request: Request) -> Query:
    return _scored(holding, request.score) if request.sort == "relevance" else _all(holding)


def _scored(holding: list[Query], score: Sequence[Term | Constant]) -> Query:
    """What holds for the hits, with the sum of the parts of the score times the preference for the recent."""
    summed: Query = {"bool": {"filter": holding, "should": [_part(part) for part in score], "minimum_should_match": 0}}
    recency = {"field_value_factor": {"field": "recency", "modifier": "log2p", "missing": 0}, "weight": _BINARY}
    return {"function_score": {"query": summed, "functions": [recency], "boost_mode": "multiply"}}


def _page(request: Request) -> Query:
    if request.limit <= 0:
        return {"size": 0}
    page: Query = {"size": request.limit}
    if request.sort == "relevance":
        page["sort"] = [{"_score": "desc"}, {"key": "asc"}]
        after = request.after and [request.after[0], int(request.after[1])]
    else:
        page["sort"] = [{request.sort: "desc"}, {"key": "asc"}]
        # No two documents share a place.
        after = request.after and [int(request.after[0]), _HIGHEST]
    return page | {"search_after": after} if after else page


def _part(part: Term | Constant) -> Query:
    if isinstance(part, Constant):
        return {"constant_score": {"filter": node_query(flattened(part.part)), "boost": part.score}}
    return {"term": {part.field: {"value": part.token, "boost": part.boost / _BM25_FACTOR}}}


def _phrase(field: str, tokens: Sequence[str]) -> Query:
    if not tokens or any(not token or _SPACE.search(token) for token in tokens):
        return {"match_none": {}}
    return {"match_phrase": {field: " ".join(tokens)}}


def _all(wanted: list[Query], unwanted: Sequence[Query] = ()) -> Query:
    if not unwanted:
        return wanted[0] if len(wanted) == 1 else {"bool": {"filter": wanted}} if wanted else {"match_all": {}}
    return {"bool": {"filter": wanted, "must_not": unwanted}}


def _any(parts: Sequence[Node]) -> Query:
    """At least one of them; tokens of one field are looked up together."""
    tokens: dict[str, list[str]] = {}
    others: list[Query] = []
    for part in parts:
        if isinstance(part, Term):
            tokens.setdefault(part.field, []).append(part.token)
        else:
            others.append(node_query(part))
    queries: list[Query] = [
        {"terms": {field: listed}} if len(listed) > 1 else {"term": {field: listed[0]}}
        for field, listed in tokens.items()
    ]
    queries += others
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else {"match_none": {}}


def _at_least(parts: Sequence[Node], number: int) -> Query:
    if number <= 0:
        return {"match_all": {}}
    if number > len(parts):
        return {"match_none": {}}
    if number == 1:
        return _any(parts)
    return {"bool": {"should": [node_query(part) for part in parts], "minimum_should_match": number}}


def _filters(filters: Filters) -> dict[str, list[Query]]:
    """What is filtered by, for each facet that it belongs to."""
    found: dict[str, list[Query]] = {}
    for field in ("type", "city", "topic"):
        value = getattr(filters, field)
        if value is not None:
            found[field] = [{"term": {field: value}}]
    days: list[Query] = []
    if filters.last is not None:
        days.append({"range": {"starts": {"lte": filters.last.toordinal()}}})
    if filters.first is not None:
        days.append({"range": {"ends": {"gte": filters.first.toordinal()}}})
    return found | {"year": days} if days else found


def facets_of(counted: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
    """What the aggregations of a search counted: per facet its most frequent values."""
    found: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    for key, number in _buckets(counted[_ALL_FACETS]):
        facet, _, value = key.partition(":")
        found[facet].append((value, number))
    return {
        facet: _buckets(counted[facet]) if facet in counted else values[:FACET_VALUES]
        for facet, values in found.items()
    }


def _buckets(counted: dict[str, Any]) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in counted.get("values", counted).get("buckets", ())]


def _aggregations(filters: dict[str, list[Query]]) -> dict[str, Query]:
    """Counts of the values of all facets together under all filters, and of each facet that is filtered by under the
    others.
    """
    counts = {_ALL_FACETS: _values("facet", _SHARD_VALUES, list(filters.values()))}
    for facet in filters:
        counts[facet] = _values(facet, FACET_VALUES, [each for field, each in filters.items() if field != facet])
    return counts


def _values(field: str, most: int, filters: list[list[Query]]) -> Query:
    """The most frequent values of a field under these filters."""
    order = [{"_count": "desc"}, {"_key": "asc"}]
    values: Query = {"terms": {"field": field, "size": most, "shard_size": _SHARD_VALUES, "order": order}}
    own = [query for queries in filters for query in queries]
    return {"filter": _all(own), "aggs": {"values": values}} if own else values
