"""Two texts as one, with what was taken out and what was put in marked.

A text is cut into words and numbers where letters are spelled, and into characters where they are Han. Of what two
texts have in common, the longest is found; a word or two between changes that are no shorter are coincidence and belong
to the change, so that Chinese is not shredded.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from rapidfuzz.distance import LCSseq

Kind = Literal["same", "removed", "added"]

#: Words with their inner marks, numbers with their commas and points, spaces, and any other character by itself.
_LETTER = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_TOKEN = re.compile(rf"{_LETTER}+(?:['’]{_LETTER}+)*|\d+(?:[.,:]\d+)*|\s+|.", re.DOTALL)
#: A replaced line is marked within itself if at least this part of the shorter one's words stayed.
_KEPT = 0.4
#: So many words or Han characters between two changes may be the same by coincidence.
_COINCIDENCE = 2
#: Cells of the table that comparing two texts may fill, and those that a whole page may.
_MOST_OF_A_TEXT = 40_000_000
_MOST_OF_A_PAGE = 200_000_000
#: Longer sequences are compared with nothing.
_LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that is the same, removed or added."""

    kind: Kind
    text: str


#: A paragraph, an item of a list or a cell.
Line = tuple[Segment, ...]


class Effort:
    """What is left of the work that a page may take. Where it does not suffice, lines are marked as a whole: the
    outcome depends on the texts alone, never on the clock.
    """

    def __init__(self, most: int = _MOST_OF_A_PAGE) -> None:
        self._left = most

    def suffices(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether two sequences can be compared; if so, it is taken off."""
        cost = len(before) * len(after)
        if cost > min(self._left, _MOST_OF_A_TEXT) or max(len(before), len(after)) > _LONGEST:
            return False
        self._left -= cost
        return True


def marked(before: str, after: str, effort: Effort) -> Line:
    """The line that two texts make; as wholes, where comparing them is too much work or leaves little in common."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if before != after and effort.suffices(old, new):
        line = tuple(_segments(old, new, _joined(old, new, operations(old, new))))
        kept = sum(map(_is_word, _TOKEN.findall("".join(each.text for each in line if each.kind == "same"))))
        if kept >= _KEPT * min(sum(map(_is_word, old)), sum(map(_is_word, new))):
            return line
    return whole(before, after)


def _is_word(token: str) -> bool:
    """Whether a token says something: spaces and single marks do not."""
    return any(map(str.isalnum, token))


def whole(before: str, after: str) -> Line:
    """A text that was replaced by another; either may be empty."""
    if before == after:
        return (Segment("same", before),) if before else ()
    sides: tuple[tuple[Kind, str], ...] = (("removed", before), ("added", after))
    return tuple(Segment(kind, text) for kind, text in sides if text)


def changed_lines(before: Sequence[str], after: Sequence[str], effort: Effort, *, by_words: bool = True) -> list[Line]:
    """The lines that differ between two lists, in order. Those that stand in each other's place are marked word by
    word, or as wholes.
    """
    stretches: Iterable[Operation] = [(False, 0, len(before), 0, len(after))]
    if effort.suffices(before, after):
        stretches = operations(before, after)
    found: list[Line] = []
    for is_same, start, end, first, last in stretches:
        if is_same:
            continue
        old, new = before[start:end], after[first:last]
        for position in range(max(len(old), len(new))):
            pair = old[position] if position < len(old) else "", new[position] if position < len(new) else ""
            if pair[0] == pair[1]:
                continue
            line = marked(*pair, effort) if by_words and all(pair) else whole(*pair)
            found += [(segment,) for segment in line] if _is_replaced(line) else [line]
    return [line for line in found if line]


def _is_replaced(line: Line) -> bool:
    """Whether nothing of a line stayed."""
    return len(line) > 1 and all(segment.kind != "same" for segment in line)


#: Whether two stretches are the same; where the one begins and ends, and where the other does.
Operation = tuple[bool, int, int, int, int]


def operations(before: Sequence[str], after: Sequence[str]) -> Iterator[Operation]:
    """The stretches that two sequences have in common, and what stands between them."""
    # Each different token becomes a character of its own: sequences are compared by hash, texts by what they say.
    names: dict[str, str] = {}
    old, new = ("".join(names.setdefault(each, chr(len(names) + 1)) for each in side) for side in (before, after))
    start, first = 0, 0
    for block in LCSseq.opcodes(old, new).as_matching_blocks():
        if block.a > start or block.b > first:
            yield False, start, block.a, first, block.b
        start, first = block.a + block.size, block.b + block.size
        if block.size:
            yield True, block.a, start, block.b, first


class _Weights:
    """How many letters and digits stand in the tokens of a stretch, and how many words and Han characters those are."""

    def __init__(self, tokens: Sequence[str]) -> None:
        sizes = [sum(map(str.isalnum, token)) for token in tokens]
        self._letters = [0, *accumulate(sizes)]
        self._words = [0, *accumulate(map(bool, sizes))]

    def letters(self, start: int, end: int) -> int:
        """The letters and digits of a stretch."""
        return self._letters[end] - self._letters[start]

    def words(self, start: int, end: int) -> int:
        """The words, numbers and Han characters of a stretch."""
        return self._words[end] - self._words[start]


def _joined(old: Sequence[str], new: Sequence[str], stretches: Iterable[Operation]) -> list[Operation]:
    """The same stretches without coincidences: a word or two that two changes enclose, and that are no longer than
    either, are changed, too.
    """
    before, after = _Weights(old), _Weights(new)

    def size(change: Operation) -> int:
        return max(before.letters(change[1], change[2]), after.letters(change[3], change[4]))

    def is_coincidence(former: Operation, same: Operation, latter: Operation) -> bool:
        kept = before.letters(same[1], same[2])
        return before.words(same[1], same[2]) <= _COINCIDENCE and kept <= size(former) and kept <= size(latter)

    found: list[Operation] = []
    for stretch in stretches:
        found.append(stretch)
        while len(found) >= 3 and not found[-1][0] and found[-2][0] and is_coincidence(*found[-3:]):
            former, latter = found[-3], found[-1]
            found[-3:] = [(False, former[1], latter[2], former[3], latter[4])]
    return found


def _segments(old: Sequence[str], new: Sequence[str], stretches: Iterable[Operation]) -> Iterator[Segment]:
    for is_same, start, end, first, last in stretches:
        if is_same:
            yield Segment("same", "".join(old[start:end]))
        else:
            yield from whole("".join(old[start:end]), "".join(new[first:last]))
