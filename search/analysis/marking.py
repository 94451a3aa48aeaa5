"""What was asked for, marked in the original text as safe HTML."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from string import whitespace

from search.analysis.calendar import coarser
from search.analysis.dates import find_dates
from search.analysis.folding import fold, follows
from search.analysis.letters import is_han, is_letter
from search.analysis.stems import stem
from search.analysis.tokens import NUMBER_PATTERN, WORD_PATTERN, number_text, word_parts, word_text

_WORD = re.compile(WORD_PATTERN)
_NUMBER = re.compile(NUMBER_PATTERN)
#: What may stand between words that stand side by side.
_GAP = re.compile(r"[\W_]{0,3}")
_DIGITS = re.compile("[0-9,.]+")
#: Where a sentence ends, with the spaces after it.
_SENTENCE_END = re.compile(r"(?:[。！？!?；;\n]|\.(?=\s))[」』”\"')）]*\s*")
#: Stands between texts that are looked through together: no word, date or phrase goes across it, and folding keeps it.
_BORDER = "\n。\n。\n"
#: What a text may consist of that says nothing.
_BLANK = frozenset("。" + whitespace)
#: Characters that a cut moves at most to come to the border of a word.
_MOST_MOVED = 30
#: The share of a passage's free room that stands before what was found, at most.
_BEFORE = 0.4


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
_Place = tuple[int, int, str]


def spans(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """What of the text is marked, as offsets into it, in order; what touches is one."""
    folded = fold(text)
    return _merged(folded.span(start, end) for start, end, _what in sorted(_places(folded.text, wanted)))


def marked(text: str, wanted: Wanted) -> str:
    """The whole text, safe in HTML, with ``<mark>`` around what was wanted."""
    return _html(text, spans(text, wanted), 0, len(text))


def snippet(texts: Sequence[str], wanted: Wanted, *, length: int = 160) -> str:
    """The passage of the texts that has the most of what was wanted, of at most ``length`` characters beside the
    ellipses where it was cut; safe in HTML, marked. Where nothing is found, how the first text begins.
    """
    # Looked through at once: most texts are short, and many.
    joined = _BORDER.join(texts)
    folded = fold(joined)
    places = sorted(_places(folded.text, wanted))
    best, window = 0, (0, 0)
    text = _around(folded.text, next((at for at, each in enumerate(folded.text) if each not in _BLANK), 0))
    at = 0
    while at < len(places):
        start, end = _around(folded.text, places[at][0])
        following = bisect_left(places, (end,), at)
        count, first, last = _window(places[at:following], length)
        if count > best:
            best, text, window = count, (start, end), (first, last)
        at = following
    within = places[bisect_left(places, (text[0],)) : bisect_left(places, (text[1],))]
    begin, stop = folded.span(*text)
    found = [(start - begin, end - begin) for start, end in _merged(folded.span(*place[:2]) for place in within)]
    first, last = (place - begin for place in folded.span(*window)) if best else (0, 0)
    return _html(joined[begin:stop], found, *_passage(joined[begin:stop], first, last, length))


def _around(joined: str, at: int) -> tuple[int, int]:
    """Start and end of that one of the joined texts that has this place."""
    before, after = joined.rfind(_BORDER, 0, at), joined.find(_BORDER, at)
    return before + len(_BORDER) if before >= 0 else 0, after if after >= 0 else len(joined)


def _merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _places(text: str, wanted: Wanted) -> Iterator[_Place]:
    """Where the things wanted stand in folded text, in no order."""
    for word in wanted.han:
        for start in _occurrences(text, word):
            yield start, start + len(word), word
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


def _occurrences(text: str, what: str) -> Iterator[int]:
    start = text.find(what) if what else -1
    while start >= 0:
        yield start
        start = text.find(what, start + 1)


def _words(text: str, stems: frozenset[str]) -> Iterator[_Place]:
    for initial in {each[0] if each.isascii() else "" for each in stems if each}:
        for written in set(_words_with(initial).findall(text)):
            word = word_text(written)
            what = stem(word)
            if what not in stems:
                what = "" if word.isalpha() else next((part for part in word_parts(word) if part in stems), "")
            if what:
                for start in _occurrences(text, written):
                    if _stands_alone(text, start, start + len(written)):
                        yield start, start + len(written), what
        for match in _compounds_with(initial).finditer(text) if initial else ():
            start, end = match.span()
            if (what := stem(re.sub("[-.]", "", match[0]))) in stems and _stands_alone(text, start, end):
                yield start, end, what


def _side_by_side(text: str, words: Sequence[_Place], phrases: frozenset[tuple[str, ...]]) -> Iterator[_Place]:
    """Where those words of a text that are a phrase follow each other with nothing but spaces and signs between."""
    for phrase in phrases:
        for at in range(len(words) - len(phrase) + 1):
            found = words[at : at + len(phrase)]
            gaps = (text[one[1] : other[0]] for one, other in pairwise(found))
            if tuple(what for _start, _end, what in found) == phrase and all(_GAP.fullmatch(gap) for gap in gaps):
                yield found[0][0], found[-1][1], " ".join(phrase)


@lru_cache(maxsize=1000)
def _words_with(initial: str) -> re.Pattern[str]:
    """What may be a word with this first letter, which stems have from their words; parts of words are found too. With
    none, any word of any script.
    """
    return re.compile(f"{re.escape(initial)}[a-z0-9]*+(?:'[a-z][a-z0-9]*+)*+") if initial else _WORD


@lru_cache(maxsize=1000)
def _compounds_with(initial: str) -> re.Pattern[str]:
    """What with this first letter or digit hyphens, points or a change from digits to letters divide."""
    divided = "[0-9]*+[a-z][a-z0-9]*+|" if initial.isdecimal() else ""
    return re.compile(f"{re.escape(initial)}(?:{divided}[a-z0-9]*+(?:[-.][a-z0-9]++)++)")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Is what was found in the text a whole word there?"""
    after = text[end : end + 2]
    if after and (is_letter(after) or after[0].isdecimal() or (after[0] == "'" and is_letter(after, 1))):
        return False
    before = start - 1
    while before >= 0 and text[before].isdecimal():
        before -= 1
    if before > 0 and before == start - 1 and text[before] == "'":
        before -= 1
    return before < 0 or not is_letter(text, before)


def _numbers(text: str, numbers: set[str]) -> Iterator[_Place]:
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


def _dates(text: str, codes: set[str]) -> Iterator[_Place]:
    for start, end, code in find_dates(text, {int(code[:4]) for code in codes if code[:4].isdecimal()}):
        for what in codes.intersection(coarser(code)):
            yield start, end, f"@{what}"


def _window(places: list[_Place], length: int) -> tuple[int, int, int]:
    """Of the stretches of folded text that are not longer than ``length``, or than one thing, the one that has the most
    different things, of these the shortest, of these the first: how many, its start and its end.
    """
    best = (0, 0, 0)
    inside: dict[str, int] = {}
    first = 0
    for start, end, what in places:
        inside[what] = inside.get(what, 0) + 1
        while (begin := places[first][0]) < start and (end - begin > length or inside[places[first][2]] > 1):
            gone = places[first][2]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
        if (len(inside), begin - end) > (best[0], best[1] - best[2]):
            best = (len(inside), begin, end)
    return best


def _passage(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """Start and end of the passage of at most ``length`` characters around what stands from ``first`` to ``last``."""
    room = max(0, length - (last - first))
    start = max(0, first - int(room * _BEFORE))
    if start > 0:
        start = min(start, max(0, len(text) - length))
        sentences = [match.end() for match in _SENTENCE_END.finditer(text, start, first)]
        start = sentences[-1] if sentences else _border(text, start, 1, first)
    end = min(len(text), start + length)
    if end < len(text):
        end = _border(text, end, -1, max(start, min(last, end)))
    quoted = text[start:end]
    return start + len(quoted) - len(quoted.lstrip()), max(start, end - len(quoted) + len(quoted.rstrip()))


def _border(text: str, at: int, step: int, limit: int) -> int:
    """The first border of a word from ``at`` on in the direction of ``step``, not beyond ``limit``; where none is near,
    that of a character.
    """
    near = at
    moved = 0
    while near != limit and moved < _MOST_MOVED and _within_word(text, near):
        near, moved = near + step, moved + 1
    if not _within_word(text, near):
        return near
    while at > 0 and at != limit and at < len(text) and follows(text[at]):
        at += step
    return at


def _within_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    if follows(text[at]):
        return True
    one, other = text[at - 1], text[at]
    return one.isalnum() and other.isalnum() and not is_han(one) and not is_han(other)


def _html(text: str, found: list[tuple[int, int]], start: int, end: int) -> str:
    """The passage as HTML, marked, with an ellipsis where text is left out."""
    parts = ["…"] if text[:start].strip() else []
    safe = escape if any(each in text for each in "&<>\"'") else str
    done = start
    for first, last in found:
        first, last = max(first, start), min(last, end)
        if first < last:
            parts += (safe(text[done:first]), "<mark>", safe(text[first:last]), "</mark>")
            done = last
    parts.append(safe(text[done:end]))
    if text[end:].strip():
        parts.append("…")
    return "".join(parts)
