"""The other way round: every figure that the records state stands in the words quoted for it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .members import Observation, observation_key
from .numerals import find_numerals
from .quotes import Quote, find_quotes


def unfounded_figures(
    text: str, documents: list[dict[str, Any]], observations: dict[str, list[Observation]]
) -> list[str]:
    """Observations and quantities of which no quote that proves them holds the value."""
    numerals = [numeral for numeral in find_numerals(text) if numeral.kind != "excused"]
    quotes: dict[str, list[Quote]] = {}
    for quote in find_quotes(text, documents):
        quotes.setdefault(quote.uid, []).append(quote)

    def founded(uid: str, paths: set[str], value: Decimal) -> bool:
        return any(
            value in numeral.values and quote.covers(numeral.start, numeral.end)
            for quote in quotes.get(uid, [])
            if paths & set(quote.proves)
            for numeral in numerals
        )

    return [
        f"{document['uid']}: {path} is {value}, which its quotes do not hold"
        for document in documents
        for path, value in _figures(document, observations.get(document["uid"], []))
        if not founded(document["uid"], {path, path.partition("/")[0]}, value)
    ]


def _figures(document: dict[str, Any], rows: list[Observation]) -> Iterator[tuple[str, Decimal]]:
    for row in rows:
        if row.get("value") not in (None, ""):
            yield f"observations/{observation_key(document, row)}", Decimal(str(row["value"]))
    for number, quantity in enumerate(document.get("quantities") or []):
        yield f"quantities/{number}", Decimal(str(quantity["value"]))
