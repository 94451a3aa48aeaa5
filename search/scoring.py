"""How hits are ordered: which field counts how much, and what stands above all of it. Pure.

A hit's score is the sum of BM25 over the fields, each with its weight, times a mild preference for the recent that the
index document carries. Tiers of constants stand above any such sum: what an editor pinned, then an exact title or uid,
then whatever has all that was asked for, before what has only some of it.
"""

from collections.abc import Iterable, Iterator, Sequence

from search.plan import Constant, Node, Phrase, Term
from search.reading import Read

#: Weights of the fields for Han tokens, numbers and dates.
_CHINESE = {"title_zh": 4.0, "names": 2.0, "summary_zh": 2.0, "body_zh": 1.0, "data": 1.0, "files": 0.4}
#: What a dataset's own figures count beyond a text that repeats them.
_FIGURES = {"data": 3.0}
#: Weights of the fields for words in Latin letters, which Chinese texts have as well.
_LATIN = {"title_en": 4.0, "summary_en": 2.0, "body_en": 1.0, "title_zh": 2.0, "body_zh": 0.5} | {
    "names": 2.0,
    "data": 1.0,
    "files": 0.4,
}
#: The weight of the titles of the records that a record names, where hits may have less than all that was asked for.
_NEAR = {"near": 0.4}
#: What a token of another form counts, compared with the reader's own.
_OTHER = 0.4
#: The tiers. A score has 24 bits: what lies below a tier keeps about two decimals.
PINNED, EXACT, WHOLE = 100_000.0, 10_000.0, 1_000.0
#: Score of a record in which a run of the query's words stands together.
_ADJACENT = 3.0
_MOST_TERMS = 400


def score(read: Read, exact: str, pinned: Sequence[str], *, whole: Node | None = None) -> tuple[Term | Constant, ...]:
    """What orders the hits of a query. ``exact`` is its folded text, ``pinned`` the uids (as in the field `exact`) that
    stand first, in order, ``whole`` what a hit that has all of it matches, where hits may have less.
    """
    tiers = [Constant(Term("exact", uid), PINNED * (1 + len(pinned) - at)) for at, uid in enumerate(pinned)]
    if exact:
        tiers.append(Constant(Term("exact", exact), EXACT))
    if whole is not None:
        tiers.append(Constant(whole, WHOLE))
    beside = _NEAR if whole is not None else {}
    return (*tiers, *list(_terms(read, beside))[:_MOST_TERMS], *_adjacent(read))


def _terms(read: Read, beside: dict[str, float]) -> Iterator[Term]:
    for token in _once(token for unit in read.units for token in unit.tokens):
        yield from (Term(field, token, weight) for field, weight in (_weights(token) | beside).items())
    for token in _once(token for unit in read.units for token in unit.other):
        yield from (Term(field, token, weight * _OTHER) for field, weight in (_weights(token) | beside).items())


def _weights(token: str) -> dict[str, float]:
    if token[0] in "#@":
        return _CHINESE | _LATIN | _FIGURES
    return _LATIN if token.isascii() else _CHINESE


def _adjacent(read: Read) -> Iterator[Constant]:
    """What it adds that the query's words stand together as they were typed."""
    for tokens in read.runs:
        yield Constant(Phrase("run", tokens), _ADJACENT)


def _once(tokens: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(tokens))
