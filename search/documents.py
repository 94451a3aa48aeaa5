"""From the parts of a record to its index document and to what results show. Pure.

The index document holds tokens alone (`search.analysis`); every engine has the same fields.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, text
from search.analysis.folding import fold
from search.analysis.tokens import BOUNDARY, date_tokens, index_tokens, match_tokens, sequence_tokens
from search.plan import FACETS
from search.records import ROLES, Parts

#: Counts up whenever the index document is made differently: entries of an earlier one are made anew.
ANALYSIS = 4
#: Begins every text field: Lucene's statistics count only documents that have the field.
FIRST = "\u2401"
#: Characters of a record's texts in one language that are analysed, and that a result can quote.
MOST_READ, MOST_SHOWN = 200_000, 6_000
#: Years that a record's dates may span in its facet.
_MOST_YEARS = 50
_LISTED = {CHINESE: "；", ENGLISH: "; "}
_SUFFIX = {CHINESE: "zh", ENGLISH: "en"}
_BY_LANGUAGE = ("title", "summary", "body")
_TOGETHER = ("names", "data", "files")
#: Roles whose words stand by themselves too, one Han character at a time.
_SINGLY = frozenset({"title", "names"})
_HASH_BITS, _DAY_BITS = 40, 22


@dataclass(frozen=True)
class Made:
    """An entry's texts, ready to be kept."""

    source: str
    shown: dict[str, str]
    words: frozenset[str]


def key_of(uid: str) -> int:
    """The number by which engines know a record: 62 bits of the uid's SHA-256, never zero."""
    return int.from_bytes(hashlib.sha256(uid.encode()).digest()[:8]) >> 2 or 1


def made(record: dict[str, Any], parts: Parts, *, seq: int) -> Made:
    """The index document of a ready record, and what results show of it in each language."""
    uid, key = record["uid"], key_of(record["uid"])
    bags: set[str] = set()
    sequence: list[str] = []
    document: dict[str, Any] = {"key": key, "uid": uid, "seq": seq, "type": record["type"]}
    for role in _BY_LANGUAGE:
        for language, suffix in _SUFFIX.items():
            texts = _limited(parts.texts[role][language])
            document[f"{role}_{suffix}"] = _bag(texts, singly=role in _SINGLY)
            _take(texts, bags, sequence)
    for role in _TOGETHER:
        texts = _limited(dict.fromkeys(each for language in LANGUAGES for each in parts.texts[role][language]))
        document[role] = _bag(texts, singly=role in _SINGLY)
        _take(texts, bags, sequence)
    bags |= _own_dates(parts)
    document |= {
        "all": " ".join(sorted(bags)) or FIRST,
        "run": " ".join(sequence) or FIRST,
        "near": _near(parts.related),
        "exact": sorted({exact(uid), *(exact(title) for title in record["title"].values() if title)}),
        "city": sorted({*record["relations"]["cities"], *([uid] if record["type"] == "city" else [])}),
        "topic": sorted(record["topics"]),
        "year": [str(year) for year in _years(parts)],
        **_places_in_order(parts, record["published_at"], key),
    }
    document["facet"] = facet_values(document)
    return Made(
        source=orjson.dumps(document).decode(),
        shown={language: orjson.dumps(_shown(record, parts, language)).decode() for language in LANGUAGES},
        words=frozenset(_words(parts)),
    )


def facet_values(document: dict[str, Any]) -> list[str]:
    """The values of all of an index document's facets together, each behind the facet's name and a colon: an engine
    counts one field faster than four.
    """
    return [
        f"{facet}:{value}"
        for facet in FACETS
        for value in ([document[facet]] if isinstance(document[facet], str) else document[facet])
    ]


_WORD = re.compile(r"[a-z]{3,40}")


def _words(parts: Parts) -> set[str]:
    """The words in Latin letters of the record's own texts, as they are written but for case and accents."""
    return {
        word
        for role in ROLES
        for language in LANGUAGES
        for each in _limited(parts.texts[role][language])
        for word in _WORD.findall(fold(each).text)
    }


def exact(title: str) -> str:
    """A whole title or uid as it is compared: folded, spaces and punctuation aside."""
    return "".join(character for character in fold(title).text if character.isalnum())[:200] or FIRST


def _limited(texts: Iterable[str]) -> list[str]:
    left, taken = MOST_READ, []
    for each in texts:
        if left <= 0:
            break
        taken.append(each[:left])
        left -= len(each)
    return taken


def _bag(texts: Iterable[str], *, singly: bool) -> str:
    return " ".join([FIRST, *(token for each in texts for token in index_tokens(each, unigrams=singly))])


def _near(titles: Iterable[str]) -> str:
    """The tokens of the titles of the records that a record names, once each."""
    tokens: set[str] = set()
    for title in _limited(titles):
        tokens |= match_tokens(title)
    return " ".join([FIRST, *sorted(tokens)])


def _take(texts: Iterable[str], bags: set[str], sequence: list[str]) -> None:
    for each in texts:
        bags |= match_tokens(each)
        sequence += [*sequence_tokens(each), BOUNDARY]


def _own_dates(parts: Parts) -> set[str]:
    if parts.start is None and parts.end is None:
        return set()
    start, end = parts.start or parts.end, parts.end or parts.start
    return date_tokens(start, end, parts.precision)  # type: ignore[arg-type]


def _years(parts: Parts) -> range:
    if parts.start is None and parts.end is None:
        return range(0)
    first = (parts.start or parts.end).year  # type: ignore[union-attr]
    last = (parts.end or parts.start).year  # type: ignore[union-attr]
    return range(first, min(last, first + _MOST_YEARS - 1) + 1)


def _places_in_order(parts: Parts, published_at: str, key: int) -> dict[str, Any]:
    """Where the record stands by date: undated ones after all others in both orders, and by their publication in the
    preference for the recent.
    """
    day = parts.start or parts.end
    low = key & ((1 << _HASH_BITS) - 1)
    ordinal = day.toordinal() if day else 0
    places: dict[str, Any] = {
        "newest": (ordinal << _HASH_BITS) | low,
        "oldest": (((1 << _DAY_BITS) - 1 - ordinal if day else 0) << _HASH_BITS) | low,
        "recency": _recency(day or date.fromisoformat(published_at[:10])),
    }
    if day:
        places["starts"] = day.toordinal()
        places["ends"] = (parts.end or parts.start).toordinal()  # type: ignore[union-attr]
    return places


def _recency(day: date) -> float:
    """0 for the year 2000 and before, 1 a century later: ten years make a score differ by a twentieth."""
    return round(min(1.0, max(0.0, (day.toordinal() - date(2000, 1, 1).toordinal()) / 36525)), 4)


def _shown(record: dict[str, Any], parts: Parts, language: str) -> dict[str, Any]:
    texts: list[str] = []
    left = MOST_SHOWN
    for role in ("summary", "body", "names", "data", "files"):
        # Where the English is missing, a result quotes the Chinese. Names and figures are quoted as a list.
        found = dict.fromkeys(parts.texts[role][language] or parts.texts[role][CHINESE])
        joined = (_LISTED[language] if role in ("names", "data") else "\n").join(found)
        if joined and left > 0:
            texts.append(joined[:left])
            left -= len(joined)
    return {
        "uid": record["uid"],
        "type": record["type"],
        "title": text(record["title"], language),
        "url": text(record["url"], language),
        "dates": record["dates"],
        "texts": texts,
    }
