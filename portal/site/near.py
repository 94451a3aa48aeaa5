"""Addresses that a reader may have meant who asked for one that is none.

They are found by the words of addresses, present and former, and by titles. Names are read once per state of the log,
and no more than `_MOST` records are looked through: what a stranger asks for costs little, whatever it is.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from portal.core.languages import translated
from portal.publication import selectors
from portal.publication.models import Head
from portal.publication.types import LISTED
from portal.rendering.contents import Near

_MOST = 5_000
_SHOWN = 5
#: So much of a hundred has to agree: of the letters of a name, of its words, of a run of Han characters.
_LEAST_OF_LETTERS, _LEAST_OF_WORDS, _LEAST_OF_HAN = 70, 80, 80
#: What a match gains if it is of the kind that the address names.
_SAME_KIND = 15
_CANDIDATES = 50
_LONGEST = 100
_BETWEEN = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,5}$")
#: First segments under which there are no pages.
_NO_PAGES = frozenset({"admin", "api", "data", "healthz", "media", "static"})


@dataclass
class _Names:
    """Places, and the words of their addresses and titles, each with the number of its place."""

    stamp: str
    places: list[Near] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)

    def add(self, place: Near, paths: Iterable[str]) -> None:
        """A place with its Chinese paths, present and former."""
        names = [*(path.strip("/").rpartition("/")[2] for path in paths), *filter(None, place.title.values())]
        found = [words for words in dict.fromkeys(map(_words, names)) if len(words) > 1]
        self.words += found
        self.owners += [len(self.places)] * len(found)
        self.places.append(place)


_known: _Names | None = None


def near(path: str, head: Head) -> list[Near]:
    """Up to five places with addresses or titles like a Chinese path that leads nowhere, the likest first; none for
    what is like nothing.
    """
    first, *rest = [*filter(None, path[: 4 * _LONGEST].lower().split("/")), ""]
    if first in _NO_PAGES:
        return []
    last = rest[-2] if len(rest) > 1 else first
    asked = _words(_EXTENSION.sub("", last))[:_LONGEST]
    if len(asked) < 2:
        return []
    names = _names(head)
    scores: dict[int, float] = {}
    for position in _candidates(asked, names.words):
        owner, name = names.owners[position], names.words[position]
        agreement = (fuzz.token_ratio(asked, name) + fuzz.ratio(asked, name)) / 2
        bonus = _SAME_KIND if names.places[owner].path.startswith(f"/{first}/") else 0
        scores[owner] = max(agreement + bonus, scores.get(owner, 0))
    order = sorted(scores, key=lambda owner: (-scores[owner], names.places[owner].path))
    return [names.places[owner] for owner in order[:_SHOWN]]


def _candidates(asked: str, words: Sequence[str]) -> set[int]:
    """The positions of the names that are like what is asked for."""
    ways = [(fuzz.ratio, _LEAST_OF_LETTERS), (fuzz.token_ratio, _LEAST_OF_WORDS)]
    if _HAN.search(asked):
        ways.append((fuzz.partial_ratio, _LEAST_OF_HAN))
    return {
        position
        for scorer, least in ways
        for _name, _score, position in process.extract(
            asked, words, scorer=scorer, limit=_CANDIDATES, score_cutoff=least
        )
    }


def _words(text: str) -> str:
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def _names(head: Head) -> _Names:
    """The names at a state of the log. They are read after its stamp, so they are never older than that."""
    global _known  # one value per process, replaced whole
    known = _known
    if known is None or known.stamp != head.stamp:
        known = _Names(head.stamp)
        for kind in LISTED:
            path = f"/{kind.plural}/"
            known.add(Near(path, translated(kind.plural_label)), [path])
        for place in selectors.whereabouts(_MOST):
            if place.record.path:
                known.add(Near(place.record.path, place.record.title), [place.record.path, *place.former])
        _known = known
    return known
