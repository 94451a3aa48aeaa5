"""A ready record taken apart into what search reads: texts by role and language, names, numbers, dates. Pure."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, is_language_map

#: Members that are not read as they stand: what the record cites and is served with, and what is read in its own way.
_ASIDE = frozenset(
    {
        "change_note",
        "derived",
        "labels",
        "licence",
        "media",
        "related",
        "relations",
        "source",
        "topics",
        "translation",
        "url",
        "withdrawn",
    }
)
#: Members whose texts are names of people, places and bodies.
_NAMES = frozenset({"contractor", "delegation", "office", "partners", "people", "place", "region", "series"})
#: Members whose texts and numbers are a dataset's columns and figures, or counts.
_DATA = frozenset({"coverage", "dimensions", "items", "measures", "quantities"})
#: Codes whose names a reader would search by.
_NAMED_CODES = {"country": "names", "kind": "names", "mode": "body"}
#: Values of a data member that are numbers.
_NUMBERS = frozenset({"ordinal", "phase", "value"})

ROLES = ("title", "summary", "body", "names", "data", "files")


@dataclass(frozen=True)
class NamePair:
    """A name in both languages, and what it names: place, person or organisation."""

    chinese: str
    english: str
    kind: str


@dataclass
class Parts:
    """What a record says: per role the texts of each language, in the record's order; its names in both languages; the
    titles of the records that it names; and the days of its own dates.
    """

    texts: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: {role: {language: [] for language in LANGUAGES} for role in ROLES}
    )
    pairs: list[NamePair] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    start: date | None = None
    end: date | None = None
    precision: str = "undated"

    def add(self, role: str, language: str, text: str | None) -> None:
        """Take a text up, unless it is empty."""
        if text and text.strip():
            self.texts[role][language].append(text)


def parts_of(
    record: Mapping[str, Any],
    *,
    cited: Iterable[Mapping[str, str | None]] = (),
    figures: Iterable[str] = (),
    files: Iterable[str] = (),
) -> Parts:
    """The parts of a ready record; ``cited`` are the names of the cities that it is about, and of their countries,
    ``figures`` the values and notes of its table, ``files`` the texts of its files.
    """
    parts = Parts()
    if record["url"] and record["url"][CHINESE] == "/":
        record = _without_what_others_say(record)
    for language in LANGUAGES:
        parts.add("title", language, record["title"][language])
        if record["summary"]:
            parts.add("summary", language, record["summary"][language])
    for block in record["body"]:
        _block(parts, block)
    for picture in record["media"]:
        _map(parts, "body", picture.get("caption"))
    for member, value in record.items():
        if member not in _ASIDE and member not in ("title", "summary", "body"):
            role = "names" if member in _NAMES else "data" if member in _DATA else "body"
            for text in _maps(value):
                _map(parts, role, text)
            for number in _numbers(member, value):
                for language in LANGUAGES:
                    parts.add("data", language, number)
    for code, role in _NAMED_CODES.items():
        _map(parts, role, record["labels"].get(code))
    for label in record["labels"].get("topics", {}).values():
        _map(parts, "body", label)
    for proof in record["source"]:
        parts.add("body", CHINESE, proof["quote"])
    for title in cited:
        _map(parts, "names", title)
    for role, texts in (("data", figures), ("files", files)):
        for each in texts:
            parts.add(role, CHINESE, each)
    parts.pairs = list(_pairs(record))
    parts.related = [title for other in record["related"] for title in other["title"].values() if title]
    dates = record["dates"]
    parts.start = date.fromisoformat(dates["start"]) if dates["start"] else None
    parts.end = date.fromisoformat(dates["end"]) if dates["end"] else None
    parts.precision = dates["precision"]
    return parts


def _without_what_others_say(home: Mapping[str, Any]) -> Mapping[str, Any]:
    """The home page without the questions and figures with which it leads to other records: those are sought."""
    texts = itertools.takewhile(lambda block: block["type"] not in ("record", "figure"), home["body"])
    return {**home, "body": list(texts), "source": [], "related": []}


def _map(parts: Parts, role: str, text: Any) -> None:
    if is_language_map(text):
        for language in LANGUAGES:
            parts.add(role, language, text[language])


def _maps(value: Any) -> Iterator[Mapping[str, str | None]]:
    """Every language map within a value."""
    if is_language_map(value):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _maps(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _maps(inner)


def _numbers(member: str, value: Any) -> Iterator[str]:
    """The numbers that a record states outside its texts."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _numbers(name, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(member, inner)
    elif member in _NUMBERS and isinstance(value, str | int):
        yield str(value)


def _block(parts: Parts, block: Mapping[str, Any]) -> None:
    """A block of the body: rich text as plain text, whatever else it says as it is."""
    if block["type"] == "text":
        for language, html in block["value"].items():
            parts.add("body", language, plain(html) if html else None)
        return
    if block["type"] == "code":
        for language in LANGUAGES:
            parts.add("body", language, block["value"])
        return
    for text in _maps({name: value for name, value in block.items() if name != "url"}):
        _map(parts, "body", text)


def _pairs(record: Mapping[str, Any]) -> Iterator[NamePair]:
    if record["type"] == "city" and record["title"][ENGLISH]:
        yield NamePair(record["title"][CHINESE], record["title"][ENGLISH], "place")
    for person in record.get("people", []):
        yield from _pair(person.get("name"), "person")
        yield from _pair(person.get("affiliation"), "organisation")
    yield from _pair(record.get("office"), "organisation")
    yield from _pair(record.get("place"), "place")
    for partner in record.get("partners", []):
        yield from _pair(partner, "organisation")
    yield from _pair(record["labels"].get("country"), "place")


def _pair(text: Any, kind: str) -> Iterator[NamePair]:
    if is_language_map(text) and text[ENGLISH]:
        yield NamePair(text[CHINESE], text[ENGLISH], kind)


class _Plain(HTMLParser):
    """Text of safe HTML; what stands in blocks of its own is kept apart by a line break."""

    _BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "br", "td", "th", "tr", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._BLOCKS:
            self.found.append("\n")


def plain(html: str) -> str:
    """The text of safe HTML."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return "".join(parser.found).strip()
