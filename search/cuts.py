"""Cuts of a Han run into words. Pure.

A run is written without spaces, and where its words begin is not known: any cut into words of two or three characters
may be meant. Names, and words that are known otherwise, may have any length.
"""

from collections.abc import Iterator, Mapping, Sequence

from search.analysis.folding import fold
from search.analysis.tokens import han_grams
from search.plan import AllOf, AnyOf, Node, Term

#: The field that hits are decided on.
BAG = "all"
#: Single characters of grammar that may stand between the words of a run.
GRAMMAR = frozenset(fold("的之與和及或在於是了有").text)
#: Single characters of doing and asking that may stand there too.
_DOING = frozenset(fold("買租找去看問查辦換用訪赴到從對向為給讓由被把想要請").text)


def cuts(run: str, named: Mapping[tuple[int, int], Node]) -> Node:
    """That some cut of the run into words is wholly there: of the run as it is, of what is left of it without single
    characters of grammar, or without those of doing too.
    """
    ways: list[Node] = []
    for aside in (frozenset[str](), GRAMMAR, GRAMMAR | _DOING):
        cut = [_even_cuts(run, start, end, named) for start, end in _without(run, named, aside)]
        held = [node for node in cut if node is not None]
        if held and len(held) == len(cut):
            ways.append(held[0] if len(held) == 1 else AllOf(tuple(held)))
    ways = list(dict.fromkeys(ways))
    if not ways:
        # A run of which no cut comes out even (a single character left over) is one of pairs that overlap.
        return AllOf(tuple(Term(BAG, bigram) for bigram in han_grams(run, 2)))
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))


def _without(run: str, named: Mapping[tuple[int, int], Node], aside: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Start and end of the parts of a run that lie between characters left aside; a name is not taken apart."""
    within = {place for start, end in named for place in range(start, end)}
    start = 0
    for place, character in enumerate(run):
        if character in aside and place not in within:
            if start < place:
                yield start, place
            start = place + 1
    if start < len(run):
        yield start, len(run)


def _even_cuts(run: str, first: int, last: int, named: Mapping[tuple[int, int], Node]) -> Node | None:
    """That some cut of this part of a run into words of two or three characters and names is wholly there; None where
    none comes out even. Solved from the end.
    """
    rest: dict[int, Node | None] = {last: AllOf(())}
    for start in range(last - 1, first - 1, -1):
        ways: list[Node] = []
        for end in sorted({start + 2, start + 3} | {until for begin, until in named if begin == start}):
            after = rest.get(end)
            if after is None:
                continue
            word = named.get((start, end)) or Term(BAG, run[start:end])
            ways.append(word if after == AllOf(()) else AllOf((word, after)))
        rest[start] = AnyOf(tuple(ways)) if len(ways) > 1 else ways[0] if ways else None
    return rest[first]


def inner_words(run: str) -> Iterator[str]:
    """What of a run is worth marking by itself: the words of the cuts that come out even."""
    from_start, to_end = {0}, {len(run)}
    for place in range(len(run)):
        if place in from_start:
            from_start |= {place + 2, place + 3}
    for place in range(len(run), 0, -1):
        if place in to_end:
            to_end |= {place - 2, place - 3}
    for size in (3, 2):
        for start in range(len(run) - size + 1):
            if start in from_start and start + size in to_end:
                yield run[start : start + size]


def telling(bigrams: Sequence[str]) -> Sequence[str]:
    """Those without a character of grammar, where there are any."""
    return [bigram for bigram in bigrams if not GRAMMAR & set(bigram)] or bigrams
