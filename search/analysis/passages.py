"""The passages of texts that have the most of what was asked for, as safe HTML. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from search.analysis.folding import fold, follows
from search.analysis.letters import is_han
from search.analysis.marking import Place, Wanted, as_html, merged, places

#: Where a sentence ends, with the spaces after it.
_SENTENCE_END = re.compile(r"(?:[。！？!?；;\n]|\.(?=\s))[」』”\"')）]*\s*")
#: Stands between texts that are looked through together: no cluster, word, date or phrase goes across it.
_BORDER = "\n\u2402\n\u2402\n"
#: The window of a text in which nothing was found.
_NOTHING = (0, 0, 0)
#: Characters that a cut moves at most to come to the border of a word.
_MOST_MOVED = 30
#: The share of a passage's free room that stands before what was found, at most.
_BEFORE = 0.4


def snippet(texts: Sequence[str], wanted: Wanted, *, length: int = 160) -> str:
    """The passage of the texts that has the most of what was wanted, of at most ``length`` characters beside the
    ellipses where it was cut; safe in HTML, marked. Where nothing is found, how the first text begins.
    """
    [(_title, passage)] = passages([("", texts)], wanted, length=length)
    return passage


def passages(given: Sequence[tuple[str, Sequence[str]]], wanted: Wanted, *, length: int = 160) -> list[tuple[str, str]]:
    """Of each title with its texts: the title as `marked` gives it and the passage as `snippet` does. All are folded
    and looked through at once: most texts are short, and many.
    """
    texts = [each for title, own in given for each in (title, *own)]
    found = zip(texts, _found(texts, wanted), strict=True)
    return [(_whole(*next(found)), _best(list(islice(found, len(own))), length)) for _title, own in given]


def _found(texts: Sequence[str], wanted: Wanted) -> Iterator[list[Place]]:
    """Where what is wanted stands in each of these texts, as offsets into the text, in order."""
    folded = fold(_BORDER.join(texts))
    everything: Iterable[Place] = places(folded.text, wanted)
    if folded.offsets is not None:
        everything = ((*folded.span(start, end), what) for start, end, what in everything)
    everything = sorted(everything)
    start = begun = 0
    for text in texts:
        end = start + len(text)
        done = bisect_left(everything, (end,), begun)
        yield [(one - start, other - start, what) for one, other, what in everything[begun:done]]
        start, begun = end + len(_BORDER), done


def _whole(text: str, found: list[Place]) -> str:
    """The whole text, marked."""
    return as_html(text, _spans(found), 0, len(text))


def _best(texts: Sequence[tuple[str, list[Place]]], length: int) -> str:
    """The passage of the text that has the most of what was wanted; how the first one begins, where none has any."""
    best, most = None, _NOTHING
    for text, found in texts:
        window = _window(found, length) if found else _NOTHING
        if (best is None and text.strip()) or window[0] > most[0]:
            best, most = (text, found), window
    if best is None:
        return ""
    text, found = best
    return as_html(text, _spans(found), *_passage(text, *most[1:], length))


def _spans(found: list[Place]) -> list[tuple[int, int]]:
    return merged((start, end) for start, end, _what in found) if found else []


def _window(places: list[Place], length: int) -> tuple[int, int, int]:
    """Of the stretches of a text that are not longer than ``length``, or than one thing, the one that has the most
    different things, of these the shortest, of these the first: how many, its start and its end.
    """
    if len({what for _start, _end, what in places}) == 1:
        start, end, _what = min(places, key=lambda place: place[1] - place[0])
        return 1, start, end
    best = _NOTHING
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
