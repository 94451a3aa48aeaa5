"""The questions that the tests ask."""

from dataclasses import dataclass
from typing import Any

from .members import MissingMember, Observation, resolve
from .numerals import Numeral, find_numerals
from .quotes import Quote, find_quotes
from .sentences import Sentence, substantive_sentences
from .values import Held, held_by

_PHRASE = 4
"""A quote must share at least this many characters with a sentence, else it is no phrase of it."""


@dataclass(frozen=True)
class Uncovered:
    """A numeral of the report that no record proves, and why."""

    position: int
    numeral: str
    context: str
    reason: str


class _Members:
    """What each member holds, read once."""

    def __init__(self, documents: list[dict[str, Any]], observations: dict[str, list[Observation]]) -> None:
        self._observations = observations
        self._titles = {d["uid"]: (d.get("title") or {}).get("zh-Hant") or "" for d in documents}
        self._held: dict[tuple[str, str], Held | None] = {}

    def held(self, quote: Quote, path: str) -> Held | None:
        """What the member holds, or None if the path leads to nothing."""
        key = (quote.uid, path)
        if key not in self._held:
            try:
                member = resolve(quote.document, path, self._observations)
            except MissingMember:
                self._held[key] = None
            else:
                self._held[key] = held_by(member, self._titles, path.rpartition("/")[2])
        return self._held[key]


def uncovered_numerals(
    text: str, documents: list[dict[str, Any]], observations: dict[str, list[Observation]]
) -> list[Uncovered]:
    """The numerals of ``text`` that lie in no quote of a member or observation which holds their value."""
    quotes = find_quotes(text, documents)
    members = _Members(documents, observations)
    found: list[Uncovered] = []
    for numeral in find_numerals(text):
        if numeral.kind == "excused":
            continue
        covering = [quote for quote in quotes if quote.covers(numeral.start, numeral.end)]
        if not any(_proven(numeral, quote, members) for quote in covering):
            reason = _reason(numeral, covering)
            found.append(Uncovered(numeral.start, numeral.text, _context(text, numeral), reason))
    return found


def uncovered_sentences(text: str, documents: list[dict[str, Any]]) -> list[Sentence]:
    """The substantive sentences of ``text`` of which no record quotes a phrase."""
    spans = [span for quote in find_quotes(text, documents) if quote.proves for span in quote.spans]
    return [sentence for sentence in substantive_sentences(text) if not _quoted(sentence, spans)]


def source_problems(
    text: str, documents: list[dict[str, Any]], observations: dict[str, list[Observation]]
) -> list[str]:
    """Quotes that do not stand where they are said to stand, and ``proves`` that lead to nothing."""
    problems: list[str] = []
    for quote in find_quotes(text, documents):
        if quote.problem:
            problems.append(f"{quote.uid}: {quote.problem}: {quote.text!r}")
        if not quote.proves:
            problems.append(f"{quote.uid}: proves nothing: {quote.text!r}")
        for path in quote.proves:
            try:
                resolve(quote.document, path, observations)
            except MissingMember as error:
                problems.append(f"{quote.uid}: {error} (quote {quote.text!r})")
    return problems


def _proven(numeral: Numeral, quote: Quote, members: _Members) -> bool:
    return any(held.holds(numeral) for path in quote.proves if (held := members.held(quote, path)))


def _reason(numeral: Numeral, covering: list[Quote]) -> str:
    wanted = f"the name {numeral.label}" if numeral.kind == "name" else f"the {numeral.kind}"
    if not covering:
        return f"no quote covers {wanted}"
    where = "; ".join(f"{quote.uid} → {', '.join(quote.proves)}" for quote in covering[:4])
    return f"quoted, but {wanted} is not held by: {where}"


def _context(text: str, numeral: Numeral) -> str:
    before = text[max(0, numeral.start - 14) : numeral.start]
    after = text[numeral.end : numeral.end + 12]
    return " ".join(f"{before}【{numeral.text}】{after}".split())


def _quoted(sentence: Sentence, spans: list[tuple[int, int]]) -> bool:
    wanted = min(_PHRASE, sentence.end - sentence.start)
    return any(min(sentence.end, high) - max(sentence.start, low) >= wanted for low, high in spans)
