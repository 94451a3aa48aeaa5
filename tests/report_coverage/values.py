"""What values a member of a document, or an observation, holds.

Strings are read, not searched: the 3 in 「3月」 is a month and proves no count, the 1 in 「進一步」 proves
nothing, and addresses, identifiers and checksums are not looked into at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from typing import Any

from .english import read_english
from .numerals import Numeral, PartialDate, find_numerals

_OPAQUE = {
    "id", "uid", "type", "kind", "drawing", "sha256", "width", "height", "url", "website", "address", "href",
    "digest", "size", "unit", "key", "status", "source", "translation", "renditions", "mode", "direction",
    "role",
}  # fmt: skip
_ISO_DATE = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|[QH]\d))?")
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DATE_MEMBERS = {
    "start", "end", "date", "from", "to", "due", "issued", "updated", "withdrawn", "completed", "period",
}  # fmt: skip
_UID = re.compile(r"[a-z]+:[a-z0-9-]+")
_TAG = re.compile(r"<[^>]*>")


@dataclass
class Held:
    """The numbers, dates, photo numbers and wording that a value holds."""

    numbers: set[Decimal] = field(default_factory=set)
    dates: set[PartialDate] = field(default_factory=set)
    photos: set[int] = field(default_factory=set)
    words: list[str] = field(default_factory=list)

    def holds(self, numeral: Numeral) -> bool:
        """Whether the value of ``numeral`` is among what is held."""
        match numeral.kind:
            case "number":
                return bool(numeral.values & self.numbers) or any(
                    date[0] == value for date in self.dates for value in numeral.values if value >= 1000
                )
            case "photo":
                return any(int(value) in self.photos for value in numeral.values)
            case "name":
                return any(numeral.label in words for words in self.words)
            case "year" | "month" | "day" | "date":
                assert numeral.date is not None
                return any(_agrees(numeral.kind, numeral.date, held) for held in self.dates)
        return False


def held_by(value: Any, titles: dict[str, str] | None = None, name: str = "") -> Held:
    """All that ``value`` holds, any member called ``name``; ``titles`` are those of the uids in it."""
    held = Held()
    _read(value, held, titles or {}, name)
    _count_lists(value, held)
    return held


def _count_lists(value: Any, held: Held) -> None:
    """A member that lists six countries holds the number 6; so does each list directly within it."""
    lists: Iterable[Any] = [value] if isinstance(value, list) else []
    if isinstance(value, dict):
        lists = [inner for key, inner in value.items() if key not in _OPAQUE]
    held.numbers.update(Decimal(len(inner)) for inner in lists if isinstance(inner, list) and inner)


def _read(value: Any, held: Held, titles: dict[str, str], key: str) -> None:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, dict):
        if isinstance(value.get("number"), int) and "alt" in value:
            held.photos.add(value["number"])
        for name, inner in value.items():
            if name not in _OPAQUE:
                _read(inner, held, titles, name)
    elif isinstance(value, list):
        for inner in value:
            _read(inner, held, titles, key)
    elif isinstance(value, int | float | Decimal):
        held.numbers.add(Decimal(str(value)))
    elif hasattr(value, "isoformat"):
        _read_string(value.isoformat()[:10], held, titles, "date")
    elif isinstance(value, str):
        _read_string(value, held, titles, key)


def _read_string(value: str, held: Held, titles: dict[str, str], key: str) -> None:
    value = value.strip()
    if key in _DATE_MEMBERS or _FULL_DATE.fullmatch(value):
        for part in value.split("--"):
            if match := _ISO_DATE.fullmatch(part):
                year, month, day = (int(n) if n else None for n in match.group("year", "month", "day"))
                held.dates.add((year, month, day))
        return
    if _PLAIN_NUMBER.fullmatch(value):
        held.numbers.add(Decimal(value))
        return
    if _UID.fullmatch(value):
        held.words.append(titles.get(value, ""))
        return
    words = unescape(_TAG.sub(" ", value))
    held.words.append(words)
    if key == "en":
        numbers, dates = read_english(words)
        held.numbers |= numbers
        held.dates |= dates
    for numeral in find_numerals(words, sections=False):
        if numeral.kind == "photo":
            held.photos.update(int(number) for number in numeral.values)
        elif numeral.date is not None:
            held.dates.add(numeral.date)
        elif numeral.kind == "number" and key != "en":
            held.numbers |= numeral.values


def _agrees(kind: str, wanted: PartialDate, held: PartialDate) -> bool:
    """The asked part is there, and nothing that both dates say differs."""
    part = {"year": 0, "month": 1, "day": 2, "date": 2}[kind]
    if held[part] is None:
        return False
    return all(a == b for a, b in zip(wanted, held, strict=True) if a is not None and b is not None)
