"""Where the quotes of the records stand in the report, and what each of them is said to prove."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .sections import Sections, Span, find_sections


@dataclass(frozen=True)
class Quote:
    """One ``source`` entry of one document, with the places in the report where its words stand.

    ``problem`` says why there are none: the words are not in the report, or not in the section that is named.
    """

    uid: str
    text: str
    proves: tuple[str, ...]
    problem: str
    spans: tuple[Span, ...]
    document: dict[str, Any] = field(compare=False, repr=False)

    def covers(self, start: int, end: int) -> bool:
        """Whether the stretch from ``start`` to ``end`` lies wholly inside one place of the quote."""
        return any(low <= start and end <= high for low, high in self.spans)


def find_quotes(text: str, documents: list[dict[str, Any]]) -> list[Quote]:
    """All quotes of all documents; a quote that stands nowhere has no spans."""
    return list(_quotes(text, documents, find_sections(text)))


def _quotes(text: str, documents: list[dict[str, Any]], sections: Sections) -> Iterator[Quote]:
    for document in documents:
        for entry in document.get("source") or []:
            words = str(entry.get("quote") or "")
            spans = occurrences(text, words)
            wanted = entry.get("occurrence")
            if wanted is not None:
                spans = spans[wanted - 1 : wanted] if wanted >= 1 else []
            problem = "" if spans else "quote not in the report"
            if entry.get("section") and spans:
                spans, problem = _within(spans, sections, entry["section"])
            yield Quote(
                uid=document["uid"],
                text=words,
                proves=tuple(entry.get("proves") or ()),
                problem=problem,
                spans=tuple(spans),
                document=document,
            )


def _within(spans: list[Span], sections: Sections, label: str) -> tuple[list[Span], str]:
    """The spans within the section called ``label``, and what is wrong if there is none."""
    places = sections.places(label)
    if places is None:
        return [], f"no section {label!r}"
    inside = [span for span in spans if any(low <= span[0] and span[1] <= high for low, high in places)]
    return inside, "" if inside else f"quote not in section {label!r}"


def occurrences(text: str, words: str) -> list[Span]:
    """Every place where ``words`` stand verbatim, overlapping ones too."""
    spans: list[Span] = []
    start = text.find(words) if words else -1
    while start >= 0:
        spans.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return spans
