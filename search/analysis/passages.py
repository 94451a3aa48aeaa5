"""The passages of texts that have the most of what was asked for, as safe HTML. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from search.analysis.folding import Folded, fold, follows
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


@dataclass(frozen=True, slots=True)
class Source:
    """A title with its texts, folded as one text for any number of searches; `of` makes it."""

    title: str
    texts: tuple[str, ...]
    folded: Folded

    @classmethod
    def of(cls, title: str, texts: Iterable[str]) -> Self:
        """The source of these texts."""
        texts = tuple(texts)
        return cls(title, texts, fold(_BORDER.join((title, *texts))))


def snippet(texts: Iterable[str], wanted: Wanted, *, length: int = 160) -> str:
    """The passage of the texts that has the most of what was wanted, of at most ``length`` characters beside the
    ellipses where it was cut; safe in HTML, marked. Where nothing is found, how the first text begins.
    """
    [(_title, passage)] = passages([Source.of("", texts)], wanted, length=length)
    return passage


def passages(sources: Sequence[Source], wanted: Wanted, *, length: int = 160) -> list[tuple[str, str]]:
    """Of each source the title as `marked` gives it and the passage as `snippet` does. All are looked through at once:
    most texts are short, and many.
    """
    found = sorted(places(_BORDER.join([source.folded.text for source in sources]), wanted))
    told = []
    start = begun = 0
    for source in sources:
        end = start + len(source.folded.text)
        done = bisect_left(found, (end,), begun)
        told.append(_told(source, found[begun:done], start, length))
        start, begun = end + len(_BORDER), done
    return told


def _told(source: Source, found: Sequence[Place], start: int, length: int) -> tuple[str, str]:
    """The title and the passage of a source, whose folded text stands at ``start`` where these places are counted."""
    folded, title = source.folded, source.title
    if folded.offsets is not None:
        found = sorted((*folded.span(one - start, other - start), what) for one, other, what in found)
        start = 0
    border = start + len(title)
    split = bisect_left(found, (border,))
    passage = _best(source.texts, found[split:], border + len(_BORDER), length)
    return _html(title, found[:split], start, 0, len(title)), passage


def _best(texts: Sequence[str], found: Sequence[Place], start: int, length: int) -> str:
    """The passage of the text that has the most of what was wanted; how the first one begins, where none has any. The
    first text stands at ``start`` where the places are counted.
    """
    things = len({what for _start, _end, what in found})
    best, at, most, own = "", start, _NOTHING, found[:0]
    begun = 0
    for text in texts:
        if best and most[0] == things:
            break
        done = bisect_left(found, (start + len(text),), begun)
        window = _NOTHING
        # A text with no more places than the best has things cannot have more things.
        if done - begun > most[0]:
            inside = found[begun:done]
            window = _window(inside, length) if len(text) > length else _whole(inside)
        if window[0] > most[0] or (not best and text.strip()):
            best, at, most, own = text, start, window, found[begun:done]
        start, begun = start + len(text) + len(_BORDER), done
    if not best:
        return ""
    first, last = (most[1] - at, most[2] - at) if own else (0, 0)
    return _html(best, own, at, *_passage(best, first, last, length))


def _html(text: str, found: Sequence[Place], at: int, start: int, end: int) -> str:
    """The text from ``start`` to ``end``, marked; it stands at ``at`` where the places are counted."""
    return as_html(text, merged((one - at, other - at) for one, other, _what in found) if found else [], start, end)


def _whole(places: Sequence[Place]) -> tuple[int, int, int]:
    """In place of `_window` for a text that is not longer than a passage: all of it is shown, wherever they stand."""
    return len({what for _start, _end, what in places}), places[0][0], places[-1][1]


def _window(places: Sequence[Place], length: int) -> tuple[int, int, int]:
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
    if len(text) <= length:
        return len(text) - len(text.lstrip()), len(text.rstrip())
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
