"""A query read: the units that it asks for, each with what has to be there and what may be there instead. Pure.

A *unit* is a Han run, a word, a number, a date or a phrase. A Han run matches a record when some cut of it into words
of two or three characters is wholly there; names and synonyms that lie within it stand as words of their own, whatever
their length, and can be matched by their other forms. Words of grammar and of asking are left aside while anything
else is asked for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.folding import fold
from search.analysis.tokens import STOPWORDS, Kind, Piece, han_grams, pieces, sequence_tokens, stem
from search.cuts import BAG, GRAMMAR, cuts, inner_words, telling
from search.plan import AllOf, AnyOf, Node, Phrase, Term
from search.syntax import Typed

#: The field that keeps the order of words, and the one of the titles of the records that a record names, which a
#: loosened query looks into too.
SEQUENCE, NEAR = "run", "near"
#: Characters of a Han run that are cut together; a longer run is taken in pieces of this length.
_RUN = 12
#: Units of a query that are read; what comes after is left aside.
MOST_UNITS = 24
#: Ways of asking, longest first; they say nothing of what is asked for.
_QUESTIONS = (
    *("什麼時候", "什麼時間", "有哪些", "有沒有", "為什麼", "怎麼樣", "怎麼辦", "有幾個", "有幾人", "有多少", "多少錢"),
    *("請問", "什麼", "哪裡", "哪些", "哪個", "哪一", "如何", "怎麼", "為何", "多少", "幾個", "幾次", "幾人"),
    *("是誰", "是否", "可以", "誰", "嗎", "呢"),
)
_ASKING = re.compile("|".join(fold(words).text for words in sorted(_QUESTIONS, key=len, reverse=True)))
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

#: Other forms of a name or word, by its folded form: folded Han runs, stems and numbers joined by spaces.
Alternatives = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Unit:
    """One thing asked for. ``match`` holds where it is there; ``tokens`` are what it is scored by, ``other`` what its
    other forms are scored by; ``loose`` are the parts that may stand for it when too little is found; what of it is
    marked: ``han`` words, ``marks`` (stems, numbers and dates as tokens), and stems ``together`` side by side.
    """

    match: Node
    tokens: tuple[str, ...]
    other: tuple[str, ...] = ()
    loose: tuple[Node, ...] = ()
    han: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Read:
    """A query's units, what must not be there, the words in Latin letters as they were typed, and what was typed
    together, as tokens in order.
    """

    units: tuple[Unit, ...]
    without: tuple[Node, ...] = ()
    words: tuple[str, ...] = ()
    runs: tuple[tuple[str, ...], ...] = ()


def candidates(parts: Sequence[Typed]) -> set[str]:
    """The folded forms within a query that a name or synonym may have."""
    found: set[str] = set()
    for part in parts:
        if part.without:
            continue
        cut = _pieces(part.text)
        for piece in cut:
            if piece.kind is Kind.HAN:
                run = piece.text[:60]
                found |= {run[i : i + n] for n in range(2, 13) for i in range(len(run) - n + 1)}
        tokens = [_folded(piece) for piece in cut[: MOST_UNITS * 2]]
        found |= {" ".join(tokens[i : i + n]) for n in range(1, 7) for i in range(len(tokens) - n + 1)}
    return {each for each in found if each}


def read(parts: Sequence[Typed], alternatives: Alternatives) -> Read:
    """The units of a query, with the other forms of the names and words in it."""
    units: list[Unit] = []
    without: list[Node] = []
    words: list[str] = []
    runs: list[tuple[str, ...]] = []
    for part in parts:
        if part.phrase:
            unit = _phrase(part.text)
            if unit is None:
                continue
            if part.without:
                without.append(unit.match)
            else:
                units.append(unit)
        elif part.without:
            left_out = list(_units(_pieces(part.text), {}))
            if left_out:
                without.append(AllOf(tuple(unit.match for unit in left_out)))
        else:
            cut = _pieces(part.text)
            runs.append(tuple(sequence_tokens(part.text)))
            words += [piece.text for piece in cut if piece.kind is Kind.WORD]
            asked = [piece for piece in cut if not (piece.kind is Kind.WORD and piece.text in STOPWORDS)] or cut
            units += _units(list(_without_asking(asked)) or asked, alternatives)
    return Read(
        tuple(dict.fromkeys(units))[:MOST_UNITS],
        tuple(without[:MOST_UNITS]),
        tuple(words[:MOST_UNITS]),
        tuple(run for run in runs if 1 < len(run) <= _RUN),
    )


def near(node: Node) -> Node | None:
    """What a node asks of a record, asked of the titles of the records that it names; None for the order of words."""
    match node:
        case Term(_, token, boost):
            return Term(NEAR, token, boost)
        case AllOf(parts) | AnyOf(parts):
            moved = [inner for part in parts if (inner := near(part)) is not None]
            return type(node)(tuple(moved)) if len(moved) == len(parts) else None
        case _:
            return None


@lru_cache(maxsize=500)
def _pieces(text: str) -> tuple[Piece, ...]:
    # A query is cut several times, and is mostly one text.
    return tuple(pieces(text)[: MOST_UNITS * 4])


def _without_asking(cut: Sequence[Piece]) -> Iterator[Piece]:
    for piece in cut:
        if piece.kind is not Kind.HAN:
            yield piece
            continue
        for run in _ASKING.split(piece.text):
            if run.strip("".join(GRAMMAR)):
                yield Piece(Kind.HAN, run, piece.start, piece.end)


def _folded(piece: Piece) -> str:
    return stem(piece.text) if piece.kind is Kind.WORD else piece.text


def _units(cut: Sequence[Piece], alternatives: Alternatives) -> Iterator[Unit]:
    """The units of pieces that stand side by side; several pieces that are one name together are one unit."""
    index = 0
    folded = [_folded(piece) for piece in cut]
    while index < len(cut):
        length = next(
            (n for n in range(min(6, len(cut) - index), 1, -1) if " ".join(folded[index : index + n]) in alternatives),
            1,
        )
        if length > 1:
            inner = [next(iter(_units([piece], {}))) for piece in cut[index : index + length]]
            yield _named(inner, alternatives[" ".join(folded[index : index + length])])
        else:
            yield from _unit(cut[index], alternatives)
        index += length


def _unit(piece: Piece, alternatives: Alternatives) -> Iterator[Unit]:
    if piece.kind is Kind.HAN:
        for start in range(0, len(piece.text), _RUN):
            yield _han(piece.text[start : start + _RUN], alternatives)
        return
    if piece.kind is Kind.DATE:
        unit = _single(f"@{piece.text}")
    elif piece.kind is Kind.NUMBER:
        unit = _number(piece.text)
    else:
        unit = _single(stem(piece.text))
    other = alternatives.get(_folded(piece), ())
    yield _named([unit], other) if other else unit


def _single(token: str) -> Unit:
    node = Term(BAG, token)
    return Unit(node, (token,), loose=(node,), marks=(token,))


def _number(number: str) -> Unit:
    """A number; one that can be a year is looked for among the dates too."""
    token = f"#{number}"
    if not _YEAR.fullmatch(number):
        return _single(token)
    year = f"@{number}"
    either = AnyOf((Term(BAG, token), Term(BAG, year)))
    return Unit(either, (token, year), loose=(either,), marks=(token, year))


def _phrase(text: str) -> Unit | None:
    tokens = tuple(sequence_tokens(text))
    if not tokens:
        return None
    node: Node = Phrase(SEQUENCE, tokens) if len(tokens) > 1 else Term(BAG, tokens[0])
    inner = list(_units(_pieces(text), {}))
    return Unit(
        node,
        tuple(token for unit in inner for token in unit.tokens),
        loose=(node,),
        han=tuple(piece.text for piece in _pieces(text) if piece.kind is Kind.HAN),
        marks=tuple(mark for unit in inner for mark in unit.marks),
    )


def _named(inner: Sequence[Unit], other: Sequence[str]) -> Unit:
    """Units that are one name or word together, and its other forms."""
    own = AllOf(tuple(unit.match for unit in inner)) if len(inner) > 1 else inner[0].match
    forms = [_form(text) for text in other]
    either = AnyOf((own, *(form.match for form in forms)))
    return Unit(
        either,
        tuple(token for unit in inner for token in unit.tokens),
        tuple(token for form in forms for token in form.tokens),
        (either,),
        tuple(word for unit in (*inner, *forms) for word in unit.han),
        tuple(mark for unit in (*inner, *forms) for mark in unit.marks),
        tuple(phrase for form in forms for phrase in form.together),
    )


@lru_cache(maxsize=5_000)
def _form(folded: str) -> Unit:
    """Another form of a name, from its folded text."""
    units = [unit for part in folded.split() for unit in _units(_pieces(part), {})]
    marks = tuple(mark for unit in units for mark in unit.marks)
    is_phrase = len(marks) > 1 and not any(unit.han or unit.marks[0][0] in "#@" for unit in units)
    return Unit(
        AllOf(tuple(unit.match for unit in units)),
        tuple(token for unit in units for token in unit.tokens),
        # Another form is marked where it stands whole: its parts were not asked for.
        han=tuple(unit.han[0] for unit in units if unit.han),
        marks=() if is_phrase else marks,
        together=(marks,) if is_phrase else (),
    )


def _han(run: str, alternatives: Alternatives) -> Unit:
    """A Han run of at most `_RUN` characters."""
    if len(run) == 1:
        node = Term(BAG, run)
        return Unit(node, (run,), loose=(node,), han=(run,))
    bigrams = tuple(han_grams(run, 2))
    named = {
        (start, start + length): _named_run(run[start : start + length], alternatives)
        for length in range(2, len(run) + 1)
        for start in range(len(run) - length + 1)
        if run[start : start + length] in alternatives
    }
    forms = [form for unit in named.values() for form in unit.other]
    pairs = [bigram for bigram in telling(bigrams) if bigram not in alternatives]
    return Unit(
        cuts(run, {span: unit.match for span, unit in named.items()}),
        bigrams,
        tuple(dict.fromkeys(forms)),
        (*(Term(BAG, bigram) for bigram in pairs), *dict.fromkeys(unit.match for unit in named.values())),
        tuple(dict.fromkeys([run, *(word for unit in named.values() for word in unit.han), *inner_words(run)])),
        tuple(mark for unit in named.values() for mark in unit.marks),
        tuple(phrase for unit in named.values() for phrase in unit.together),
    )


def _named_run(name: str, alternatives: Alternatives) -> Unit:
    own = Unit(cuts(name, {}), tuple(han_grams(name, 2)), han=(name,))
    return _named([own], alternatives[name])
