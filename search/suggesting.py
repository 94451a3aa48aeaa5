"""Completions of what is being typed, from the titles and names of public records; no engine has a part in it."""

from dataclasses import dataclass

import orjson
from django.db.models import Max

from search.models import SHOWN, Completion, Entry
from search.names import beginning

#: Completions looked at before those with the same text are taken together.
_LOOKED_AT = 8


@dataclass(frozen=True)
class Suggestion:
    """A text that what was typed goes on to, and what it is: title, place, person or organisation. ``uid`` and ``url``
    are those of the record, where the text is a record's own title.
    """

    text: str
    kind: str
    uid: str | None = None
    url: str | None = None


def suggest(text: str, language: str, limit: int = 8) -> list[Suggestion]:
    """At most ``limit`` completions of a text in a language, the likeliest first."""
    typed = beginning(text)
    if not typed:
        return []
    # Everything that begins with the text lies between it and the text followed by the last character there is.
    found = (
        Completion.objects.filter(language=language, folded__gte=typed, folded__lt=typed + "\U0010ffff")
        .values("text", "kind")
        .annotate(best=Max("weight"), uid=Max("uid"))
        .order_by("-best", "text")[: limit * _LOOKED_AT]
    )
    taken: dict[str, dict[str, str]] = {}
    for row in found:
        taken.setdefault(row["text"], row)
    rows = list(taken.values())[:limit]
    titled = [row["uid"] for row in rows if row["kind"] == "title" or row["uid"].startswith("city:")]
    shown = dict(Entry.objects.filter(uid__in=titled).values_list("uid", SHOWN[language]))
    return [_suggestion(row, shown) for row in rows]


def _suggestion(row: dict[str, str], shown: dict[str, str]) -> Suggestion:
    entry = orjson.loads(shown[row["uid"]]) if row["uid"] in shown else None
    if entry is not None and entry["title"] == row["text"]:
        return Suggestion(row["text"], row["kind"], row["uid"], entry["url"])
    return Suggestion(row["text"], row["kind"])
