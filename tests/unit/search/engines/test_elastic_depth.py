"""Queries that would be nested too deep for Elasticsearch are written flat, and hold for the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.elastic.depth import DEEPEST, _depth, _flat, flattened
from search.plan import AllOf, AnyOf, AtLeast, Everything, Node, Not, Phrase, Term

_TOKENS = "abcdef"
_LEAVES = st.sampled_from([*(Term("all", token) for token in _TOKENS), Everything(), Phrase("run", ("a", "b"))])


def _inner(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(nodes, max_size=3).map(tuple)
    with_not = st.lists(nodes | nodes.map(Not), max_size=3).map(tuple)
    return parts.map(AnyOf) | with_not.map(AllOf) | st.builds(AtLeast, parts, st.integers(0, 3))


_LAST = Term("all", "last")
_NODES = st.recursive(_LEAVES, _inner, max_leaves=25)


def _holds(node: Node, present: frozenset[str]) -> bool:
    match node:
        case Term(_, token):
            return token in present
        case Phrase(_, tokens):
            return set(tokens) <= present
        case AllOf(parts):
            return all(_holds(part, present) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, present) for part in parts)
        case AtLeast(parts, number):
            return sum(_holds(part, present) for part in parts) >= number
        case Not(part):
            return not _holds(part, present)
    return True


@settings(max_examples=300)
@given(_NODES, st.frozensets(st.sampled_from(_TOKENS)))
def test_what_is_written_flat_holds_for_the_same(node: Node, present: frozenset[str]):
    assert _holds(_flat(node), present) == _holds(node, present)


def _cuts(length: int, last: Node = _LAST) -> Node:
    """The cuts of a run into words of two and three characters, as a query has them, ``last`` being its last word."""
    rest: dict[int, Node] = {length - 2: last}
    for start in range(length - 4, -1, -1):
        words = [(Term("all", f"{start}-{end}"), rest[end]) for end in (start + 2, start + 3) if end in rest]
        rest[start] = AnyOf(tuple(AllOf(pair) for pair in words))
    return rest[0]


def test_a_long_run_with_names_in_it_stays_below_what_elasticsearch_takes():
    named = AnyOf((Term("all", "name"), _cuts(12)))
    deep = AllOf((_cuts(12, named), Not(_cuts(12, named))))
    assert _depth(deep) > DEEPEST
    assert _depth(flattened(deep)) <= DEEPEST


def test_what_is_not_deep_stays_as_it_is():
    node = _cuts(6)
    assert flattened(node) is node
