"""What was asked for, marked in the original text as safe HTML."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

from search.analysis.calendar import coarser
from search.analysis.dates import find_dates
from search.analysis.folding import fold
from search.analysis.letters import is_letter
from search.analysis.stems import beginnings, stem
from search.analysis.tokens import NUMBER_PATTERN, WORD_PATTERN, number_text, word_parts, word_text

_WORD = re.compile(WORD_PATTERN)
_NUMBER = re.compile(NUMBER_PATTERN)
#: What may stand between words that stand side by side.
_GAP = re.compile(r"[\W_]{0,3}")
_UNSAFE = re.compile("[&<>\"']")
_DIGITS = re.compile("[0-9,.]+")
_SEEN = re.compile(r"\S")
#: What mostly stands around words; the empty one is the border of a text.
_APART = frozenset(["", *" \n.,;:()/-「」、，。（）"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a query is marked: folded Han words, the longest first; stems, numbers and dates as pieces and tokens
    have them, the latter with their ``#`` and ``@`` or without; and stems that are marked only side by side.
    """

    han: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    together: frozenset[tuple[str, ...]] = frozenset()


#: A place in folded text, and which of the things wanted it is.
Place = tuple[int, int, str]


def spans(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """What of the text is marked, as offsets into it, in order; what touches is one."""
    folded = fold(text)
    return merged(folded.span(start, end) for start, end, _what in sorted(places(folded.text, wanted)))


def marked(text: str, wanted: Wanted) -> str:
    """The whole text, safe in HTML, with ``<mark>`` around what was wanted."""
    return as_html(text, spans(text, wanted), 0, len(text))


def merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def places(text: str, wanted: Wanted) -> Iterator[Place]:
    """Where the things wanted stand in folded text, in no order."""
    for word in wanted.han:
        length = len(word)
        for start in _occurrences(text, word):
            yield start, start + length, word
    numbers = {number.removeprefix("#") for number in wanted.numbers}
    phrased = frozenset(word for phrase in wanted.together for word in phrase)
    if wanted.stems or phrased:
        words = list(_words(text, wanted.stems | phrased))
        yield from (place for place in words if place[2] in wanted.stems)
        yield from _side_by_side(text, sorted(words), wanted.together)
    if numbers:
        yield from _numbers(text, numbers)
    if wanted.dates:
        yield from _dates(text, {code.removeprefix("@") for code in wanted.dates})


def _occurrences(text: str, what: str) -> list[int]:
    found = []
    start = text.find(what) if what else -1
    while start >= 0:
        found.append(start)
        start = text.find(what, start + 1)
    return found


def _words(text: str, stems: frozenset[str]) -> Iterator[Place]:
    for written in {each for one in _beginnings(stems) for each in _words_with(one).findall(text)}:
        word = word_text(written)
        what = stem(word)
        if what not in stems:
            what = "" if word.isalpha() else next((part for part in word_parts(word) if part in stems), "")
        if what:
            for start in _occurrences(text, written):
                if _stands_alone(text, start, start + len(written)):
                    yield start, start + len(written), what
    for initial in {each[0] for each in stems if each and each.isascii()}:
        for match in _compounds_with(initial).finditer(text):
            start, end = match.span()
            if (what := stem(re.sub("[-.]", "", match[0]))) in stems and _stands_alone(text, start, end):
                yield start, end, what


def _beginnings(stems: frozenset[str]) -> set[str]:
    """What words with these stems begin with; with what is not of ASCII, nothing."""
    return {one for each in stems if each for one in (beginnings(each) if each.isascii() else ("",))}


def _side_by_side(text: str, words: Sequence[Place], phrases: frozenset[tuple[str, ...]]) -> Iterator[Place]:
    """Where those words of a text that are a phrase follow each other with nothing but spaces and signs between."""
    for phrase in phrases:
        for at in range(len(words) - len(phrase) + 1):
            found = words[at : at + len(phrase)]
            gaps = (text[one[1] : other[0]] for one, other in pairwise(found))
            if tuple(what for _start, _end, what in found) == phrase and all(_GAP.fullmatch(gap) for gap in gaps):
                yield found[0][0], found[-1][1], " ".join(phrase)


@lru_cache(maxsize=1000)
def _words_with(beginning: str) -> re.Pattern[str]:
    """What may be a word that begins with one or two letters or digits, an apostrophe between them left aside; parts of
    words are found too. With none, any word of any script.
    """
    if not beginning:
        return _WORD
    apart = "'?".join(map(re.escape, beginning))
    return re.compile(f"{apart}[a-z0-9]*+(?:'[a-z][a-z0-9]*+)*+")


@lru_cache(maxsize=1000)
def _compounds_with(initial: str) -> re.Pattern[str]:
    """What with this first letter or digit hyphens, points or a change from digits to letters divide."""
    divided = "[0-9]*+[a-z][a-z0-9]*+|" if initial.isdecimal() else ""
    return re.compile(f"{re.escape(initial)}(?:{divided}[a-z0-9]*+(?:[-.][a-z0-9]++)++)")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Is what was found in the text a whole word there?"""
    if text[start - 1 : start] in _APART and text[end : end + 1] in _APART:
        return True
    after = text[end : end + 2]
    if after and (is_letter(after) or after[0].isdecimal() or (after[0] == "'" and is_letter(after, 1))):
        return False
    before = start - 1
    while before >= 0 and text[before].isdecimal():
        before -= 1
    if before > 0 and before == start - 1 and text[before] == "'":
        before -= 1
    return before < 0 or not is_letter(text, before)


def _numbers(text: str, numbers: set[str]) -> Iterator[Place]:
    for number in numbers:
        whole, point, rest = number.partition(".")
        grouped = f"{int(whole):,}{point}{rest}" if 3 < len(whole) < 100 and whole.isdecimal() else number
        for written in {number, grouped}:
            done = 0
            for at in _occurrences(text, written):
                if at < done:
                    continue
                # What belongs together is cut from its beginning, as all of the text is.
                while at > done and text[at - 1] in "0123456789,.":
                    at -= 1
                together = _DIGITS.match(text, at)
                done = together.end() if together else at
                if at and is_letter(text, at - 1):
                    # The first digits are part of a word.
                    while at < done and text[at].isdecimal():
                        at += 1
                for match in _NUMBER.finditer(text, at, len(text)):
                    if match.start() >= done:
                        break
                    if number_text(match[1]) == number:
                        yield match.start(), match.end(), f"#{number}"


def _dates(text: str, codes: set[str]) -> Iterator[Place]:
    for start, end, code in find_dates(text, {int(code[:4]) for code in codes if code[:4].isdecimal()}):
        for what in codes.intersection(coarser(code)):
            yield start, end, f"@{what}"


def as_html(text: str, found: list[tuple[int, int]], start: int, end: int) -> str:
    """The passage as HTML, marked, with an ellipsis where text is left out."""
    parts = ["…"] if start and _SEEN.search(text, 0, start) else []
    safe = escape if _UNSAFE.search(text, start, end) else str
    done = start
    for first, last in found:
        if first >= end:
            break
        first, last = max(first, start), min(last, end)
        if first < last:
            parts += (safe(text[done:first]), "<mark>", safe(text[first:last]), "</mark>")
            done = last
    parts.append(safe(text[done:end]))
    if _SEEN.search(text, end):
        parts.append("…")
    return "".join(parts)
