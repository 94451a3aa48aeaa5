"""Hits as they are shown: their entries' texts with what was asked for marked in them. Pure."""

from collections.abc import Sequence
from typing import Any

import orjson

from search.analysis.marking import Wanted
from search.analysis.passages import passages
from search.answers import Result
from search.reading import Read

_LENGTH = 160


def wanted(asked: Read) -> Wanted:
    """What of a query is to be marked."""
    marks = [mark for unit in asked.units for mark in unit.marks]
    return Wanted(
        han=tuple(sorted({word for unit in asked.units for word in unit.han}, key=lambda word: (-len(word), word))),
        stems=frozenset(mark for mark in marks if mark[0] not in "#@"),
        numbers=frozenset(mark[1:] for mark in marks if mark[0] == "#"),
        dates=frozenset(mark[1:] for mark in marks if mark[0] == "@"),
        together=frozenset(phrase for unit in asked.units for phrase in unit.together),
    )


def results(found: Sequence[tuple[str, float | None]], marks: Wanted) -> tuple[Result, ...]:
    """The results of entries' JSON texts in one language, each with its score."""
    entries: list[dict[str, Any]] = [orjson.loads(shown) for shown, _score in found]
    told = passages([(entry["title"], entry["texts"]) for entry in entries], marks, length=_LENGTH) if entries else []
    return tuple(
        _result(entry, score, *texts) for entry, (_shown, score), texts in zip(entries, found, told, strict=True)
    )


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
