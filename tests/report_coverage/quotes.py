"""Where the quotes of the records stand in the report, and what each of them is said to prove."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Quote:
    """One ``source`` entry of one document, with all the places in the report where its words stand."""

    uid: str
    text: str
    proves: tuple[str, ...]
    section: str
    spans: tuple[tuple[int, int], ...]
    document: dict[str, Any] = field(compare=False, repr=False)

    def covers(self, start: int, end: int) -> bool:
        """Whether the stretch from ``start`` to ``end`` lies wholly inside one place of the quote."""
        return any(low <= start and end <= high for low, high in self.spans)


def find_quotes(text: str, documents: list[dict[str, Any]]) -> list[Quote]:
    """All quotes of all documents; a quote that stands nowhere has no spans."""
    return list(_quotes(text, documents))


def _quotes(text: str, documents: list[dict[str, Any]]) -> Iterator[Quote]:
    for document in documents:
        for entry in document.get("source") or []:
            words = str(entry.get("quote") or "")
            spans = occurrences(text, words)
            wanted = entry.get("occurrence")
            if wanted is not None:
                spans = spans[wanted - 1 : wanted] if wanted >= 1 else []
            yield Quote(
                uid=document["uid"],
                text=words,
                proves=tuple(entry.get("proves") or ()),
                section=entry.get("section") or "",
                spans=tuple(spans),
                document=document,
            )


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where ``words`` stand verbatim, overlapping ones too."""
    spans: list[tuple[int, int]] = []
    start = text.find(words) if words else -1
    while start >= 0:
        spans.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return spans
