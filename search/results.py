"""Hits as they are shown: their entries' texts with what was asked for marked in them. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson

from search.analysis.marking import Wanted
from search.analysis.passages import Source, passages
from search.answers import Result

_LENGTH = 160
#: Entries that a process keeps read and folded, by their text, since what is found is mostly found again; and the
#: characters of the longest one that is kept: some 12 MB in all where they are of usual length, 50 MB at most.
_MOST_KEPT, _LONGEST_KEPT = 2_000, 4_000


def results(found: Sequence[tuple[str, float | None]], marks: Wanted) -> tuple[Result, ...]:
    """The results of entries' JSON texts in one language, each with its score."""
    entries = [_kept(shown) if len(shown) <= _LONGEST_KEPT else _entry(shown) for shown, _score in found]
    told = passages([source for _entry, source in entries], marks, length=_LENGTH)
    return tuple(
        _result(entry, score, *texts)
        for (entry, _source), (_shown, score), texts in zip(entries, found, told, strict=True)
    )


def _entry(shown: str) -> tuple[dict[str, Any], Source]:
    """An entry from its JSON text, and its title and texts to be looked through."""
    entry = orjson.loads(shown)
    return entry, Source.of(entry["title"], entry["texts"])


_kept = lru_cache(maxsize=_MOST_KEPT)(_entry)


def _result(entry: dict[str, Any], score: float | None, title: str, passage: str) -> Result:
    highlights = {"title": title} if "<mark>" in title else {}
    if "<mark>" in passage:
        highlights["text"] = passage
    dates = entry["dates"]
    return Result(
        uid=entry["uid"],
        type=entry["type"],
        title=title,
        plain_title=entry["title"],
        url=entry["url"],
        snippet=passage,
        highlights=highlights,
        date=dates if dates["precision"] != "undated" else None,
        score=score,
    )
