"""Folding: what makes spellings of one text equal, and where each character of it came from.

A text is taken in clusters, a character with the marks that follow it. Of each: compatibility forms become plain ones
(NFKC: full-width to half-width, ㈱ to (株)), upper case lower (case folding), invisible characters and the accents of
Latin and Greek letters go, hyphens and quotation marks become those of ASCII, digits of any script 0 to 9, and a Han
character becomes the one of its forms that the table keeps (`variants.tsv`: 台 and 臺, 县 and 縣 and 県).

What holds: folding is idempotent; it never raises; it knows no context, so that a part of a text that does not begin
or end within a cluster folds to the part of the folded text.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("variants.tsv")
#: Letters and marks that Unicode does not take apart.
_LETTERS = str.maketrans(
    {
        **dict(zip("łøđħŧıð", "lodhtid", strict=True)), "æ": "ae", "œ": "oe", "þ": "th",
        **dict.fromkeys("‐‑‒–−", "-"), **dict.fromkeys("‘’‚‛′ʼ", "'"), **dict.fromkeys("“”„‟″", '"'),
    }
)  # fmt: skip
#: Characters that are not seen (Unicode's Default_Ignorable_Code_Point).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
#: A mark beyond these is left out with all that follow it: sorting them takes the square of their number.
_LONGEST_CLUSTER = 32
#: Above so many different characters that change, all of a text's are looked up.
_MOST_REPLACED = 60


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. ``offsets`` has, for each of its characters and for its end, the index in the original of the
    cluster that it came from; None where every character stands at its own place.
    """

    text: str
    offsets: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters from ``start`` to before ``end`` come from, on whole clusters of the original."""
        if self.offsets is None or start >= end:
            return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[start])
        last = self.offsets[end - 1]
        while end < len(self.text) and self.offsets[end] == last:
            end += 1
        return self.offsets[start], self.offsets[end]


def _variants() -> dict[str, str]:
    table = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            keep, others = line.split("\t")
            table |= dict.fromkeys(others, keep)
    return table


#: The Han character that stands for another.
VARIANTS = _variants()
_VARIANTS = str.maketrans(VARIANTS)
#: Whatever folding may change, and more: between these lie Han characters, kana, CJK punctuation and Hangul syllables.
_TOUCHED = re.compile(
    "[A-Z\u0080-\u3000\u302a-\u302f\u3031-\u3040\u3097-\u309c\u309f\u30a0\u30ff\u3130-\u319f\u31c0-\u33ff"
    f"\ua000-\uabff\ud7a4-\uffff\U00010000-\U0010ffff{''.join(each for each in VARIANTS if each < chr(0x10000))}]"
)


def fold(text: str) -> Folded:
    """The text folded."""
    if text.isascii():
        return Folded(text.lower(), None)
    changes = {}
    for each in set(_TOUCHED.findall(text)):
        alone = _alone(each)
        if not alone:
            return _in_clusters(text)
        if alone != each:
            changes[each] = alone
    return Folded(_changed(text, changes), None)


def _changed(text: str, changes: dict[str, str]) -> str:
    # What a character folds to folds to itself, so that the order of replacements does not matter.
    if len(changes) <= _MOST_REPLACED:
        for each, folded in changes.items():
            text = text.replace(each, folded)
        return text
    return text.translate(_Lookup(changes))


class _Lookup(dict[int, str]):
    """For `str.translate`: a character that is missing stands for itself, without an exception for each."""

    def __init__(self, changes: dict[str, str]) -> None:
        super().__init__((ord(each), folded) for each, folded in changes.items())

    def __missing__(self, code: int) -> str:
        self[code] = character = chr(code)
        return character


def _in_clusters(text: str) -> Folded:
    """Folded where some cluster is longer than a character or becomes more or less than one."""
    parts: list[str] = []
    offsets = array("I")
    done = 0
    for match in _TOUCHED.finditer(text):
        start = match.start()
        if start < done or _alone(text[start]):
            continue
        if follows(text[start]) and start > done:
            start -= 1
        end = start + 1
        while end < len(text) and follows(text[end]):
            end += 1
        parts.append(_one_by_one(text[done:start]))
        offsets.extend(range(done, start))
        folded = _cluster(text[start : min(end, start + _LONGEST_CLUSTER)])
        parts.append(folded)
        offsets.extend([start] * len(folded))
        done = end
    parts.append(_one_by_one(text[done:]))
    offsets.extend(range(done, len(text) + 1))
    return Folded("".join(parts), offsets)


def _one_by_one(text: str) -> str:
    return _changed(text, {each: _alone(each) for each in set(_TOUCHED.findall(text))})


@lru_cache(maxsize=20_000)
def _alone(character: str) -> str:
    """What a character folds to that is a cluster by itself and becomes one character; else nothing."""
    folded = "" if follows(character) else _cluster(character)
    return folded if len(folded) == 1 else ""


@lru_cache(maxsize=20_000)
def follows(character: str) -> bool:
    """Does it belong to the cluster of the character before it: a mark, part of a Hangul syllable, invisible?"""
    if _INVISIBLE.match(character):
        return True
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or "\u1161" <= first <= "\u1175" or "\u11a8" <= first <= "\u11c2"


@lru_cache(maxsize=20_000)
def _cluster(cluster: str) -> str:
    """A cluster folded."""
    folded = _INVISIBLE.sub("", cluster)
    # Each step can make way for another (a compatibility form of a capital letter, a capital that becomes two letters).
    while (further := _step(folded)) != folded:
        folded = further
    return folded


def _step(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFC", "".join(_without_accents(unicodedata.normalize("NFD", text))))
    return _INVISIBLE.sub("", plain.translate(_VARIANTS))


def _without_accents(decomposed: str) -> Iterator[str]:
    """The characters with the digits of ASCII, and marks only where they belong to a letter."""
    kept = False
    for each in decomposed:
        if unicodedata.category(each)[0] == "M":
            if kept:
                yield each
            continue
        kept = each.isalpha() and not _unmarked(each)
        yield str(unicodedata.decimal(each)) if each.isdecimal() else each


def _unmarked(letter: str) -> bool:
    """Is it a letter whose marks do not count?"""
    return unicodedata.name(letter, "").partition(" ")[0] in ("LATIN", "GREEK", "CJK")
