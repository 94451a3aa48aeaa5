"""Better spellings of what no record has, by the words and names that records have."""

import re
import time
from collections.abc import Iterable, Mapping
from threading import Lock

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from portal.core.languages import CHINESE
from search.analysis.folding import fold
from search.models import Name, Word
from search.synonyms import general_terms

_WORD = re.compile(r"[a-z]{3,40}")
#: Seconds that a process goes by the words and names that it has read.
_KEPT = 60.0
_FOUND = 3
_LONGEST_RUN, _SHORTEST_NAME, _LONGEST_NAME = 12, 3, 8


class _Vocabulary:
    """The words of all entries with their counts, and the Chinese names with how they are written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0
        self.words: dict[str, int] = {}
        self.names: dict[str, str] = {}

    def read(self) -> "_Vocabulary":
        """Itself, read again if it is old."""
        with self._lock:
            if time.monotonic() > self._until:
                self.words = dict(Word.objects.values_list("word", "count"))
                names = Name.objects.filter(language=CHINESE).values_list("folded", "text")
                self.names = {
                    folded: text
                    for folded, text in [*general_terms(), *names]
                    if _SHORTEST_NAME <= len(folded) <= _LONGEST_NAME and not folded.isascii()
                }
                self._until = time.monotonic() + _KEPT
        return self

    def forget(self) -> None:
        """Read again at the next question."""
        self._until = 0.0


_vocabulary = _Vocabulary()
forget = _vocabulary.forget


def unknown(words: Iterable[str]) -> list[str]:
    """Those of these folded words that no record has; what is too short or has other letters is not judged."""
    asked = sorted({word for word in words if _WORD.fullmatch(word)})
    known = set(Word.objects.filter(word__in=asked).values_list("word", flat=True)) if asked else set()
    return [word for word in asked if word not in known]


def alike(word: str) -> list[str]:
    """The words that records have and that ``word`` was most likely meant to be, the likeliest first: at most one
    letter changed, left out, put in or swapped in a short word, two in one of six letters or more.
    """
    counts = _vocabulary.read().words
    allowed = 1 if len(word) < 6 else 2
    near = extract(word, list(counts), scorer=OSA.distance, score_cutoff=allowed, limit=20)
    ranked = sorted(near, key=lambda found: (found[1], found[0][0] != word[0], -counts[found[0]], found[0]))
    return [found for found, _distance, _index in ranked[:_FOUND]]


def alike_name(run: str) -> tuple[str, str] | None:
    """The part of a folded Han run that is a known name but for one character, and that name as it is written."""
    names = _vocabulary.read().names
    run = run[:_LONGEST_RUN]
    for size in range(min(len(run), _LONGEST_NAME), _SHORTEST_NAME - 1, -1):
        same_size = [name for name in names if len(name) == size]
        for start in range(len(run) - size + 1):
            part = run[start : start + size]
            if part in names:
                return None
            for name, _distance, _index in extract(part, same_size, scorer=OSA.distance, score_cutoff=1, limit=1):
                return part, names[name]
    return None


def respelt(text: str, better: Mapping[str, str]) -> str:
    """The query with what was misspelt, by its folded form, replaced; all else as it was typed."""
    words = {folded: word for folded, word in better.items() if folded.isascii()}
    text = re.sub(r"[^\W\d_]+", lambda match: words.get(fold(match[0]).text, match[0]), text)
    folded = fold(text)
    for part, name in better.items():
        if not part.isascii() and folded.offsets is None and (start := folded.text.find(part)) >= 0:
            text = text[:start] + name + text[start + len(part) :]
            folded = fold(text)
    return text
