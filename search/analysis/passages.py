"""The passages of texts that have the most of what was asked for, as safe HTML. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from search.analysis.folding import Folded, fold, follows
from search.analysis.letters import is_han
from search.analysis.marking import Place, Wanted, as_html, merged, places

#: Where a sentence ends, with the spaces after it.
_SENTENCE_END = re.compile(r"(?:[。！？!?；;\n]|\.(?=\s))[」』”\"')）]*\s*")
#: Stands between folded texts that are looked through together: no word, date or phrase goes across it.
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
    """Of each title with its texts: the title as `marked` gives it and the passage as `snippet` does. All are looked
    through at once: most texts are short, and many.
    """
    texts = [each for title, own in given for each in (title, *own)]
    found = iter(_found(texts, wanted))
    return [(next(found).whole(), _best(list(islice(found, len(own))), length)) for _title, own in given]


@dataclass(frozen=True, slots=True)
class _Found:
    """A text, its folded form, and the places of what was found in that."""

    text: str
    folded: Folded
    places: list[Place]

    def whole(self) -> str:
        """The whole text, marked."""
        return as_html(self.text, self._spans(), 0, len(self.text))

    def passage(self, first: int, last: int, length: int) -> str:
        """The passage around what stands between two places of the folded text, marked."""
        return as_html(self.text, self._spans(), *_passage(self.text, *self.folded.span(first, last), length))

    def _spans(self) -> list[tuple[int, int]]:
        return merged(self.folded.span(start, end) for start, end, _what in self.places)


def _found(texts: Sequence[str], wanted: Wanted) -> Iterator[_Found]:
    """What was found in each of these texts."""
    folded = [fold(each) for each in texts]
    everything = sorted(places(_BORDER.join(each.text for each in folded), wanted))
    start = begun = 0
    for text, each in zip(texts, folded, strict=True):
        end = start + len(each.text)
        done = bisect_left(everything, (end,), begun)
        within = everything[begun:done]
        yield _Found(text, each, [(one - start, other - start, what) for one, other, what in within] if within else [])
        start, begun = end + len(_BORDER), done


def _best(texts: Sequence[_Found], length: int) -> str:
    """The passage of the text that has the most of what was wanted; how the first one begins, where none has any."""
    windows = [_window(each.places, length) if each.places else _NOTHING for each in texts]
    most = max((count for count, _first, _last in windows), default=0)
    for text, (count, first, last) in zip(texts, windows, strict=True):
        if count == most and (count or text.text.strip()):
            return text.passage(first, last, length)
    return ""


def _window(places: list[Place], length: int) -> tuple[int, int, int]:
    """Of the stretches of folded text that are not longer than ``length``, or than one thing, the one that has the most
    different things, of these the shortest, of these the first: how many, its start and its end.
    """
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
