"""From a text to pieces, and from pieces to the tokens of the index.

A *piece* is a run of Han characters, a word, a number or a date. *Tokens* are what engines compare: parts of Han runs
by themselves, stems of words by themselves, numbers after ``#`` and dates after ``@``; all of them folded and without
spaces. What holds: everything that `index_tokens` gives for a text, `match_tokens` gives too; nothing here raises.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from operator import add

from search.analysis.calendar import coarser, date_tokens
from search.analysis.dates import find_dates
from search.analysis.folding import fold
from search.analysis.letters import HAN, LETTERS
from search.analysis.stems import STOPWORDS, stem

__all__ = [
    "BOUNDARY", "STOPWORDS", "Kind", "Piece", "compounds", "date_tokens", "han_grams", "index_tokens", "match_tokens",
    "pieces", "sequence_tokens", "stem",
]  # fmt: skip

#: Stands between values in a field that keeps the order of tokens.
BOUNDARY = "\u2402"
#: Characters of a word or number that count; engines take no token of any length.
_LONGEST = 80


class Kind(Enum):
    """What a piece is."""

    HAN = "han"
    WORD = "word"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. ``text`` is a whole Han run or a word, folded; a number without separators or ``2022-03-17``,
    the code of a date. ``start`` and ``end`` are offsets into the original text.
    """

    kind: Kind
    text: str
    start: int
    end: int


WORD_PATTERN = f"[{LETTERS}][{LETTERS}0-9]*+(?:'[{LETTERS}][{LETTERS}0-9]*+)*+"
#: 2,368 and 27.55; of 1.2.3 each part.
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?(?![0-9])|(?<![0-9]\.)[0-9]++(?:\.[0-9]++)?(?!\.[0-9])|[0-9]++"
NUMBER_PATTERN = rf"({_NUMBER})(?:(?:st|nd|rd|th)(?![{LETTERS}0-9]))?"
_PIECE = re.compile(f"([{HAN}]++)|({WORD_PATTERN})|{NUMBER_PATTERN}")
_PARTS = re.compile("[0-9]+|[^0-9]+")
#: Parts of a word made of letters and digits, and of a compound word, beyond which it is not taken apart or joined.
_MOST_PARTS = 5

#: A piece as its kind, text, start and end, in folded text.
_Cut = tuple[Kind, str, int, int]


def pieces(text: str) -> list[Piece]:
    """The pieces of a text, in order."""
    folded = fold(text)
    return [Piece(kind, own, *folded.span(start, end)) for kind, own, start, end in _cut(folded.text)]


def index_tokens(text: str, *, unigrams: bool) -> list[str]:
    """The tokens by which a text is scored, in order: pairs of neighbouring Han characters (of a run of one, that one),
    stems, numbers, and dates with the months, quarters, half-years and years that they lie in. With ``unigrams``, every
    Han character by itself too.
    """
    folded = fold(text).text
    return _tokens(_cut(folded), folded, 1 if unigrams else 2, 2)


def match_tokens(text: str) -> set[str]:
    """The tokens by which it is decided whether a text matches: Han characters by themselves, in pairs and in threes,
    stems, numbers, dates with the wider ones; of a date its characters as well, so that all of a text can be found as
    it is written.
    """
    folded = fold(text).text
    plain, dates = _plain(folded, 0, len(folded)), find_dates(folded)
    tokens = set(_tokens(plain, folded, 1, 3))
    return tokens.union(_tokens(_with_dates(folded, dates), folded, 2, 2)) if dates else tokens


def sequence_tokens(text: str) -> list[str]:
    """The tokens of a text in order, one for each place: Han characters, stems, numbers; a date is the characters that
    it is written in, and covid19 is covid and 19.
    """
    folded = fold(text).text
    tokens: list[str] = []
    for kind, own, _start, _end in _plain(folded, 0, len(folded)):
        if kind is Kind.HAN:
            tokens += own
        elif kind is Kind.NUMBER:
            tokens.append(f"#{own}")
        else:
            tokens += (not own.isalpha() and word_parts(own)) or (stem(own),)
    return tokens


def compounds(text: str) -> list[Piece]:
    """The words of a text that hyphens, points or a change from digits to letters divide, as one word each: covid19 of
    COVID-19, email of e-mail, usa of U.S.A., 5g of 5G. `index_tokens` and `match_tokens` give these beside their parts.
    """
    folded = fold(text)
    return [
        Piece(Kind.WORD, own, *folded.span(start, end))
        for own, start, end in _compounds(_cut(folded.text), folded.text)
    ]


def han_grams(run: str, n: int) -> list[str]:
    """All parts of a Han run that have ``n`` characters, in order; none where it is shorter."""
    grams: Iterable[str] = run
    for size in range(1, n):
        grams = map(add, grams, run[size:])
    return list(grams)


def word_text(matched: str) -> str:
    """A word as it was matched in folded text, without apostrophes and what stands for possession."""
    if "'" in matched:
        matched = matched.removesuffix("'s").replace("'", "")
    return matched[:_LONGEST]


def number_text(matched: str) -> str:
    """A number as it was matched in folded text, without separators and without zeros that say nothing."""
    matched = matched.replace(",", "")
    if "." in matched:
        matched = matched.rstrip("0").rstrip(".")
    return matched[:_LONGEST]


def _plain(folded: str, start: int, end: int) -> list[_Cut]:
    """The pieces of a part of a folded text, dates not counted."""
    found: list[_Cut] = []
    for match in _PIECE.finditer(folded, start, end):
        group = match.lastindex
        if group == 1:
            found.append((Kind.HAN, match[1], *match.span()))
        elif group == 2:
            found.append((Kind.WORD, word_text(match[2]), *match.span()))
        else:
            found.append((Kind.NUMBER, number_text(match[3]), *match.span()))
    return found


def _cut(folded: str) -> list[_Cut]:
    return _with_dates(folded, find_dates(folded))


def _with_dates(folded: str, dates: list[tuple[int, int, str]]) -> list[_Cut]:
    found: list[_Cut] = []
    done = 0
    for start, end, code in dates:
        found += _plain(folded, done, start)
        found.append((Kind.DATE, code, start, end))
        done = end
    return found + _plain(folded, done, len(folded))


def _tokens(cut: list[_Cut], folded: str, smallest: int, largest: int) -> list[str]:
    """The tokens of pieces of a folded text; of Han runs, parts of these lengths."""
    tokens: list[str] = []
    for kind, own, start, end in cut:
        if kind is Kind.HAN:
            if len(own) == 1:
                tokens.append(own)
                continue
            grams: Iterable[str] = own
            if smallest == 1:
                tokens += own
            for size in range(2, largest + 1):
                grams = list(map(add, grams, own[size - 1 :]))
                tokens += grams
        elif kind is Kind.WORD:
            tokens.append(stem(own))
            if not own.isalpha():
                tokens += word_parts(own)
        elif kind is Kind.NUMBER:
            tokens.append(f"#{own}")
        else:
            tokens += [f"@{code}" for code in coarser(own)]
            inner = [each for each in _plain(folded, start, end) if each[0] is not Kind.HAN]
            tokens += _tokens(inner, folded, smallest, largest)
    tokens += [stem(joined) for joined, _start, _end in _compounds(cut, folded)]
    return tokens


@lru_cache(maxsize=10_000)
def word_parts(word: str) -> tuple[str, ...]:
    """The tokens of the letters and digits that a word is made of, where it has both."""
    parts = _PARTS.findall(word)
    if not 1 < len(parts) <= _MOST_PARTS:
        return ()
    return tuple(f"#{part}" if part.isdecimal() else stem(part) for part in parts)


def _compounds(cut: list[_Cut], folded: str) -> Iterator[tuple[str, int, int]]:
    chain: list[_Cut] = []
    for piece in cut:
        joins = piece[0] is Kind.WORD or (piece[0] is Kind.NUMBER and piece[1].isdecimal())
        if chain and not (joins and _joined(chain[-1], piece, folded)):
            yield from _compound(chain)
            chain = []
        if joins:
            chain.append(piece)
    yield from _compound(chain)


def _joined(one: _Cut, other: _Cut, folded: str) -> bool:
    between = folded[one[3] : other[2]]
    if between == "." and len(one[1]) == len(other[1]) == 1:
        return one[0] is other[0] is Kind.WORD
    return between == "-" or (not between and one[0] is Kind.NUMBER)


def _compound(chain: list[_Cut]) -> Iterator[tuple[str, int, int]]:
    if 1 < len(chain) <= _MOST_PARTS and any(kind is Kind.WORD for kind, _text, _start, _end in chain):
        yield "".join(own for _kind, own, _start, _end in chain)[:_LONGEST], chain[0][2], chain[-1][3]
