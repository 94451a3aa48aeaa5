"""What a question comes to: the request that an engine is asked, and what is marked in what it finds. Pure.

What was read once is remembered by a process: whoever turns a page, picks a facet or changes the order asks the same
words again, and so do others. Nothing has to be forgotten, since all that a plan is made of is part of what it is
remembered by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from search import spelling
from search.analysis.marking import Wanted
from search.answers import Question
from search.documents import exact
from search.names import key
from search.plan import AllOf, AnyOf, AtLeast, Constant, Everything, Filters, Node, Not, Request, Term
from search.reading import Alternatives, Read, candidates, near, read
from search.scoring import score
from search.syntax import Typed, parts

#: The share of a loosened query's parts that a hit must have.
_SHARE = 0.25
#: Texts, and plans, that are remembered, and the characters of the longest text: some 5 MB where they are of usual
#: length, 20 MB at most.
_MOST, _LONGEST = 200, 40


@dataclass(frozen=True, slots=True)
class Words:
    """A text taken apart: its parts, the folded forms in it that a name or synonym may have, and the whole folded."""

    parts: tuple[Typed, ...]
    names: frozenset[str]
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question is read, the request for its first hits, and what is marked."""

    read: Read
    request: Request
    marks: Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a plan depends on. ``pinned`` are the uids of the records that stand first."""

    text: str
    filters: Filters
    sort: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    pinned: tuple[str, ...]

    @classmethod
    def of(cls, question: Question, forms: Alternatives, pinned: Sequence[str]) -> Self:
        """All that the plan of a question depends on."""
        filters = Filters(question.type, question.city, question.topic, question.first, question.last)
        other = tuple((own, tuple(names)) for own, names in forms.items())
        return cls(question.text, filters, question.sort, other, tuple(pinned))


def words(text: str) -> Words:
    """A text taken apart."""
    return _words_remembered(text) if len(text) <= _LONGEST else _words(text)


def strict(asked: Asked) -> Plan:
    """Asks for all that was asked for; for everything, where nothing was typed."""
    return _strict_remembered(asked) if len(asked.text) <= _LONGEST else _strict(asked)


def relaxed(asked: Asked, understood: Read, better: Mapping[str, str]) -> Plan:
    """Asks for a part of it, what has all of it first. ``understood`` is how the strict plan reads it; ``better``
    spellings stand for what was misspelt.
    """
    whole = _whole(understood, asked)
    if better:
        typed = words(asked.text).parts
        respelt = [replace(part, text=spelling.respelt(part.text, better)) for part in typed]
        understood = read(respelt, dict(asked.forms))
    ordered = score(understood, exact(asked.text), _first(asked), whole=whole)
    return _plan(understood, AnyOf((whole, _loosened(understood))), ordered, asked)


def _words(text: str) -> Words:
    typed = parts(text)
    return Words(tuple(typed), frozenset(candidates(typed)), key(text))


def _strict(asked: Asked) -> Plan:
    typed = words(asked.text).parts
    understood = read(typed, dict(asked.forms))
    if understood.units:
        ordered = score(understood, exact(asked.text), _first(asked))
        return _plan(understood, _whole(understood, asked), ordered, asked)
    return _plan(understood, Everything() if understood.without or not typed else AnyOf(()), (), asked)


_words_remembered = lru_cache(maxsize=_MOST)(_words)
_strict_remembered = lru_cache(maxsize=_MOST)(_strict)


def _plan(understood: Read, match: Node, ordered: tuple[Term | Constant, ...], asked: Asked) -> Plan:
    match = _all([match, *(Not(node) for node in understood.without)])
    return Plan(understood, Request(match, ordered, asked.filters, asked.sort, facets=True), _marks(understood))


def _whole(understood: Read, asked: Asked) -> Node:
    whole = _all([unit.match for unit in understood.units])
    return AnyOf((whole, *(Term("exact", uid) for uid in _first(asked)))) if asked.pinned else whole


def _first(asked: Asked) -> list[str]:
    """The records that stand first, as the field `exact` has them."""
    return [exact(uid) for uid in asked.pinned]


def _loosened(understood: Read) -> Node:
    """Some of the parts, each in the record or in the title of one that it names."""
    nodes = [
        AnyOf((node, named)) if (named := near(node)) is not None else node
        for unit in understood.units
        for node in unit.loose
    ]
    needed = max(1, int(len(nodes) * _SHARE))
    return AtLeast(tuple(nodes), needed) if needed > 1 else AnyOf(tuple(nodes))


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))


def _marks(understood: Read) -> Wanted:
    marks = [mark for unit in understood.units for mark in unit.marks]
    return Wanted(
        han=tuple(
            sorted({word for unit in understood.units for word in unit.han}, key=lambda word: (-len(word), word))
        ),
        stems=frozenset(mark for mark in marks if mark[0] not in "#@"),
        numbers=frozenset(mark[1:] for mark in marks if mark[0] == "#"),
        dates=frozenset(mark[1:] for mark in marks if mark[0] == "@"),
        together=frozenset(phrase for unit in understood.units for phrase in unit.together),
    )
