"""Names that pair across languages, and completions, from the records' own titles and names. Pure."""

from collections.abc import Iterator
from typing import Any

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES
from search.analysis.folding import fold
from search.analysis.tokens import Kind, pieces, stem
from search.models import Completion, Name
from search.records import Parts

#: What stands at the end of a place's Chinese name and is left out in talk.
_ADMINISTRATIVE = "市縣省州郡"
_LONGEST_NAME, _LONGEST_TEXT = 200, 300
_MOST_BEGINNINGS = 12
_WEIGHTS = {"place": 3, "person": 2, "organisation": 1, "title": 0}


def key(text: str) -> str:
    """A name as queries are read: its Han runs, stems and numbers, by spaces; empty where it has none."""
    parts = [stem(piece.text) if piece.kind is Kind.WORD else piece.text for piece in pieces(text)]
    return " ".join(parts)[:_LONGEST_NAME]


def names_of(uid: str, parts: Parts) -> list[Name]:
    """The rows by which a record's names pair."""
    rows: dict[tuple[str, str, str], Name] = {}
    for number, pair in enumerate(parts.pairs):
        spoken = {pair.chinese}
        if pair.kind == "place" and len(pair.chinese) > 2 and pair.chinese[-1] in _ADMINISTRATIVE:
            spoken.add(pair.chinese[:-1])
        for language, text in [*((CHINESE, each) for each in sorted(spoken)), (ENGLISH, pair.english)]:
            if folded := key(text):
                row = Name(uid=uid, pair=f"{uid}/{number}", folded=folded, text=text[:_LONGEST_NAME], language=language)
                rows[row.pair, folded, language] = row
    return list(rows.values())


def completions_of(record: dict[str, Any], parts: Parts) -> list[Completion]:
    """The rows by which a record's titles, places, people and organisations complete what is typed."""
    rows: dict[tuple[str, str, str], Completion] = {}
    offered = [("title", record["title"])] if record["type"] != "city" else []
    offered += [(pair.kind, {CHINESE: pair.chinese, ENGLISH: pair.english}) for pair in parts.pairs]
    for kind, texts in offered:
        for language in LANGUAGES:
            for folded in _beginnings(texts[language] or ""):
                row = Completion(
                    uid=record["uid"],
                    language=language,
                    kind=kind,
                    folded=folded,
                    text=texts[language][:_LONGEST_TEXT],
                    weight=_WEIGHTS[kind] + (0 if fold(texts[language]).text.startswith(folded) else -4),
                )
                rows.setdefault((row.language, row.folded, row.text), row)
    return list(rows.values())


def beginning(text: str) -> str:
    """What is typed, as beginnings are compared."""
    return " ".join(fold(text).text.split())[:_LONGEST_NAME]


def _beginnings(text: str) -> Iterator[str]:
    """The text from its own beginning, and from that of each of its first words."""
    whole = beginning(text)
    if not whole:
        return
    yield whole
    starts = [
        index
        for index in range(1, len(whole))
        if whole[index].isalnum() and not whole[index - 1].isalnum() and whole[index - 1] not in "'’"
    ]
    for index in starts[: _MOST_BEGINNINGS - 1]:
        yield whole[index:]
