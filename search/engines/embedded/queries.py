"""The plan's nodes as tantivy's queries.

Tokens become terms as they are: nothing goes through a query language. Where tantivy would panic or read a node
otherwise than the plan does (a phrase of one token, exclusions alone, no parts at all), the node is written differently
here.
"""

from collections.abc import Sequence
from dataclasses import replace

from tantivy import FieldType, Occur, Query

from search.engines.embedded.schema import schema
from search.plan import (
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

#: tantivy's BM25 has Lucene's former factor k1 + 1.
_BM25_FACTOR = 2.2
#: Above every number of a document.
_HIGHEST = 2**63


def matched(request: Request) -> Query:
    """What holds for the hits of a request; scores 0 for each."""
    return Query.const_score_query(_all([node_query(request.match), *_filters(request.filters)]), 0.0)


def scored(request: Request) -> Query:
    """The same hits, each with the sum of its parts of ``score``; recency is not yet in it."""
    parts = [(Occur.Should, _part(part)) for part in request.score]
    return Query.boolean_query([(Occur.Must, matched(request)), *parts])


def counted(request: Request) -> list[tuple[Query, list[str]]]:
    """What each facet is counted over: queries, with the facets that share them."""
    shared, alone = [], []
    for facet in FACETS:
        own = {"first": None, "last": None} if facet == "year" else {facet: None}
        without = replace(request.filters, **own)
        if without == request.filters:
            shared.append(facet)
        else:
            alone.append((matched(replace(request, filters=without)), [facet]))
    return [(matched(request), shared), *alone] if shared else alone


def above(query: Query, field: str, bound: int) -> Query:
    """What of a query has a number in a field that is greater than ``bound``."""
    if bound >= _HIGHEST:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, _range(field, lower=max(bound + 1, 0)))])


def below(query: Query, field: str, bound: int) -> Query:
    """What of a query has a number in a field that is less than ``bound``."""
    if bound < 1:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, _range(field, upper=min(bound - 1, _HIGHEST)))])


def node_query(node: Node) -> Query:
    """A query that holds for what the node holds for; its scores mean nothing."""
    match node:
        case Term(field, token):
            return Query.term_query(schema(), field, token, index_option="basic")
        case Phrase(field, tokens):
            return _phrase(field, tokens)
        case AllOf(parts):
            return _all([node_query(part) for part in parts if not isinstance(part, Not)], _excluded(parts))
        case AnyOf(parts):
            return _at_least(parts, 1)
        case AtLeast(parts, number):
            return _at_least(parts, number)
        case Not():
            return _all([], _excluded([node]))
        case Everything():
            return Query.all_query()


def _part(part: Term | Constant) -> Query:
    if isinstance(part, Constant):
        return Query.const_score_query(node_query(part.part), part.score)
    term = Query.term_query(schema(), part.field, part.token, index_option="freq")
    return Query.boost_query(term, part.boost / _BM25_FACTOR)


def _phrase(field: str, tokens: Sequence[str]) -> Query:
    if not tokens:
        return Query.empty_query()
    if len(tokens) == 1:
        return node_query(Term(field, tokens[0]))
    return Query.phrase_query(schema(), field, list(tokens))


def _excluded(parts: Sequence[Node]) -> list[Query]:
    return [node_query(part.part) for part in parts if isinstance(part, Not)]


def _all(wanted: Sequence[Query], unwanted: Sequence[Query] = ()) -> Query:
    if len(wanted) == 1 and not unwanted:
        return wanted[0]
    parts = [(Occur.Must, query) for query in wanted or [Query.all_query()]]
    return Query.boolean_query(parts + [(Occur.MustNot, query) for query in unwanted])


def _at_least(parts: Sequence[Node], number: int) -> Query:
    if number <= 0:
        return Query.all_query()
    if number > len(parts):
        return Query.empty_query()
    queries = [(Occur.Should, node_query(part)) for part in parts]
    return Query.boolean_query(queries, minimum_number_should_match=number)


def _filters(filters: Filters) -> list[Query]:
    values = {"type": filters.type, "city": filters.city, "topic": filters.topic}
    queries = [node_query(Term(field, value)) for field, value in values.items() if value is not None]
    if filters.last is not None:
        queries.append(_range("starts", FieldType.Integer, upper=filters.last.toordinal()))
    if filters.first is not None:
        queries.append(_range("ends", FieldType.Integer, lower=filters.first.toordinal()))
    return queries


def _range(
    field: str, kind: FieldType = FieldType.Unsigned, *, lower: int | None = None, upper: int | None = None
) -> Query:
    return Query.range_query(schema(), field, kind, lower_bound=lower, upper_bound=upper)
