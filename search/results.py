"""A hit as it is shown: its entry's texts with what was asked for marked in them. Pure."""

from typing import Any

import orjson

from search.analysis.marking import Wanted, marked, snippet
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


def result(shown: str, score: float | None, marks: Wanted) -> Result:
    """The result of an entry's JSON text in one language."""
    entry: dict[str, Any] = orjson.loads(shown)
    title = marked(entry["title"], marks)
    passage = snippet(entry["texts"], marks, length=_LENGTH)
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
