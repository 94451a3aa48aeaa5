"""National identity numbers and the numbers of resident certificates, found in what people write, and masked.

Three forms, all with the check digit that the Ministry of the Interior has published: the identity number
(國民身分證統一編號: a letter, 1 or 2, eight digits), the resident's since 2021 (新式統一證號: a letter, 8 or 9, eight
digits) and the resident's before (two letters, the second A to D, eight digits). The letter stands for two digits, the
second letter of the old form for the last of its two; the ten are weighted 1, 9, 8, …, 1, and with the check digit
their sum ends in 0.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.cases.plain_text import plain

#: A letter's two digits are its place here and ten more.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
# People write numbers in groups; more than three marks between two symbols is more than a group's end.
_GAP = r"[ \-]{0,3}"
_NUMBER = re.compile(rf"(?<![A-Z0-9])(?=([A-Z]{_GAP}[1289A-D](?:{_GAP}[0-9]){{8}})(?![0-9]))")
_SHOWN_BEFORE, _SHOWN_BEHIND = 3, 3


@dataclass(frozen=True, slots=True)
class Span:
    """Where a number stands: the text from ``start`` up to ``end``, the marks within included."""

    start: int
    end: int


def found(text: str) -> list[Span]:
    """Every number of one of the three forms whose check digit is right, in order; small letters, full-width forms,
    spaces and hyphens in between notwithstanding.
    """
    return list(_found(plain(text)))


def masked(text: str) -> str:
    """The text with the middle of each number as stars, ``A12****789``; all else, and the length, stays."""
    return starred(text, found(text))


def starred(text: str, spans: list[Span]) -> str:
    """The text with stars in these spans for all letters and digits but the first three and the last three of each."""
    characters = list(text)
    for span in spans:
        places = [place for place in range(span.start, span.end) if text[place].isalnum()]
        for place in places[_SHOWN_BEFORE:-_SHOWN_BEHIND]:
            characters[place] = "*"
    return "".join(characters)


def is_number(symbols: str) -> bool:
    """Whether these ten symbols, capitals and digits with nothing in between, are such a number."""
    if not re.fullmatch(r"[A-Z][1289A-D][0-9]{8}", symbols):
        return False
    first, second = _LETTERS.index(symbols[0]) + 10, symbols[1]
    digits = [*divmod(first, 10), _LETTERS.index(second) % 10 if second.isalpha() else int(second)]
    digits += map(int, symbols[2:])
    return sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10 == 0


def _found(text: str) -> Iterator[Span]:
    end = 0
    for match in _NUMBER.finditer(text):
        start, stop = match.span(1)
        if start >= end and is_number(re.sub("[ -]", "", match[1])):
            end = stop
            yield Span(start, stop)
