"""Keeping queries flat: Elasticsearch refuses those that are nested deeper than thirty times.

The cuts of a long Han run with names in it nest that deep. Such a node is written as the list of its ways instead: one
conjunction for each way in which it can hold.
"""

from itertools import product

from search.plan import AllOf, AnyOf, AtLeast, Node, Not

#: Nodes within nodes that are left as they are; Elasticsearch counts some more around them.
DEEPEST = 18
#: Ways of a node that are listed at most.
_WAYS = 256

_Way = tuple[Node, ...]


def flattened(node: Node) -> Node:
    """The node, or one that holds for the same and is less deep."""
    return node if _depth(node) <= DEEPEST else _flat(node)


def _depth(node: Node) -> int:
    match node:
        case AllOf(parts) | AnyOf(parts) | AtLeast(parts, _):
            return 1 + max(map(_depth, parts), default=0)
        case Not(part):
            return 1 + _depth(part)
    return 0


def _flat(node: Node) -> Node:
    match node:
        case AllOf(parts):
            whole: Node = AllOf(tuple(_flat(part) for part in parts))
        case AnyOf(parts):
            whole = AnyOf(tuple(_flat(part) for part in parts))
        case AtLeast(parts, number):
            return AtLeast(tuple(_flat(part) for part in parts), number)
        case Not(part):
            return Not(_flat(part))
        case _:
            return node
    ways = _ways(whole)
    return whole if ways is None else AnyOf(tuple(AllOf(way) for way in ways))


def _ways(node: Node) -> list[_Way] | None:
    """The sets of nodes of which one wholly holds where the node does; None where they are too many."""
    match node:
        case AnyOf(parts):
            each = [_ways(part) for part in parts]
            known = [ways for ways in each if ways is not None]
            if len(known) < len(each) or sum(map(len, known)) > _WAYS:
                return None
            return list(dict.fromkeys(way for ways in known for way in ways))
        case AllOf(parts):
            number, factors = 1, []
            for part in parts:
                ways = _ways(part)
                number *= len(ways or ())
                if ways is None or number > _WAYS:
                    return None
                factors.append(ways)
            return list(dict.fromkeys(_joined(chosen) for chosen in product(*factors)))
    return [(node,)]


def _joined(ways: tuple[_Way, ...]) -> _Way:
    return tuple(dict.fromkeys(node for way in ways for node in way))
