"""The columns of records of a type in a table: what all records have, and the flat members of the type's own schema.

A member of an object becomes a column of its own (``due_date``), a list of texts one cell; lists of objects (people,
quantities, …) and bodies are in the JSON alone.
"""

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, text
from portal.core.periods import DAY, days_label
from portal.core.spreadsheets import neutral
from portal.opendata.record_words import column_label
from portal.publication import schemas
from portal.publication.codelists import code_list
from portal.publication.rows import instant

Record = Mapping[str, Any]
Cell = Callable[[Record], str]

#: Between the items of a cell.
SEPARATOR = "|"
_SUFFIXES = {CHINESE: "zh", ENGLISH: "en"}
#: What columns for programs call the members of the dates.
_DATES = {"starts": "start", "ends": "end", "ongoing": "ongoing", "precision": "precision"}
_COMMAS = {CHINESE: "、", ENGLISH: ", "}
#: Members that all types have, or that are no columns.
_COMMON = frozenset(
    {
        *("schema", "uid", "type", "path", "title", "summary", "body", "dates", "relations", "topics", "media"),
        *("source", "translation", "change_note"),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its cell of a record, the path of what it shows, and the language where it has the texts of
    one alone. A record is a ready one with ``seq`` and ``commitment`` of the row that published its present version.
    """

    header: str
    cell: Cell
    path: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A flat member of a type: where it stands in the record, and whether it is a text in both languages (``map``), a
    list of such texts (``maps``), or plain.
    """

    steps: tuple[str, ...]
    kind: str

    @property
    def path(self) -> str:
        """Its steps joined by dots."""
        return ".".join(self.steps)

    def of(self, record: Record) -> Any:
        """Its value in a record; None where an object on the way is null."""
        value: Any = record
        for step in self.steps:
            value = None if value is None else value[step]
        return value


def program_columns(record_type: str) -> list[Column]:
    """The columns for programs: codes and uids, texts in both languages, whole addresses, UTC."""
    own = [column for member in members(record_type) for column in _program_columns(member)]
    return [
        *_plain("uid", "version"),
        *_both("title", "summary"),
        *(Column(name, _dates_cell(member), f"dates.{member}") for name, member in _DATES.items()),
        Column("topics", lambda record: SEPARATOR.join(record["topics"]), "topics"),
        Column("cities", lambda record: SEPARATOR.join(record["relations"]["cities"]), "cities"),
        *own,
        *(Column(f"url_{suffix}", _address_cell(tag), "url", tag) for tag, suffix in _SUFFIXES.items()),
        *_plain("published_at", "modified_at", "seq", "commitment"),
    ]


def spreadsheet_columns(record_type: str, language: str) -> list[Column]:
    """The columns for spreadsheets: names instead of codes, one language, the Chinese where the English is missing; in
    the Chinese ones days by both calendars.
    """
    own = ((member.path, _named_cell(member, language)) for member in members(record_type))
    calendars = (
        *((f"dates.{name}", _dates_cell(name)) for name in ("start", "end")),
        *((f"dates.{name}.roc", _roc_cell(name)) for name in ("start", "end") if language == CHINESE),
    )
    shown: tuple[tuple[str, Cell], ...] = (
        ("uid", lambda record: record["uid"]),
        ("title", lambda record: text(record["title"], language)),
        ("summary", lambda record: text(record["summary"], language) or ""),
        *calendars,
        ("dates.precision", lambda record: text(record["labels"]["precision"], language)),
        ("topics", lambda record: _listed(record["labels"]["topics"].values(), language)),
        ("cities", lambda record: _listed(_city_names(record), language)),
        *own,
        ("url", _address_cell(language)),
        ("version", lambda record: str(record["version"])),
        ("published_at", lambda record: _in_taipei(record["published_at"])),
        ("modified_at", lambda record: _in_taipei(record["modified_at"])),
    )
    return [Column(column_label(path)[language], _neutral(cell), path) for path, cell in shown]


@functools.cache
def members(record_type: str) -> tuple[Member, ...]:
    """The flat members of a type's own, in the order of its schema."""
    properties = json.loads(schemas.text(schemas.current(record_type)))["properties"]
    own = {name: part for name, part in properties.items() if name not in _COMMON}
    return tuple(member for name, part in own.items() for member in _flat((name,), part))


def _flat(steps: tuple[str, ...], part: Mapping[str, Any]) -> Iterator[Member]:
    """The flat members of a part of a schema; none of a list of objects."""
    part = _resolved(part)
    properties = part.get("properties", {})
    if part.get("type") == "array":
        if _is_text(_resolved(part["items"])):
            yield Member(steps, "maps")
    elif _is_text(part):
        yield Member(steps, "map")
    elif properties:
        for name, inner in properties.items():
            yield from _flat((*steps, name), inner)
    else:
        yield Member(steps, "plain")


def _resolved(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part without null as an alternative, and what it refers to."""
    if "anyOf" in part:
        [part] = [each for each in part["anyOf"] if each.get("type") != "null"]
    if "$ref" in part:
        name, _hash, pointer = part["$ref"].partition("#/$defs/")
        return json.loads(schemas.text(name.removesuffix(".json")))["$defs"][pointer]
    return part


def _is_text(part: Mapping[str, Any]) -> bool:
    return part.get("properties", {}).keys() == set(LANGUAGES)


def _program_columns(member: Member) -> Iterator[Column]:
    name = "_".join(member.steps)
    if member.kind == "plain":
        yield Column(name, lambda record: _plain_text(member.of(record)), member.path)
        return
    for tag, suffix in _SUFFIXES.items():
        yield Column(f"{name}_{suffix}", _language_cell(member, tag), member.path, tag)


def _plain(*names: str) -> Iterator[Column]:
    for name in names:
        yield from _program_columns(Member((name,), "plain"))


def _both(*names: str) -> Iterator[Column]:
    for name in names:
        yield from _program_columns(Member((name,), "map"))


def _language_cell(member: Member, tag: str) -> Cell:
    """The texts of a member in one language alone."""

    def cell(record: Record) -> str:
        value = member.of(record)
        texts = value if member.kind == "maps" else [value] if value else []
        return SEPARATOR.join(each[tag] for each in texts if each[tag])

    return cell


def _named_cell(member: Member, language: str) -> Cell:
    def cell(record: Record) -> str:
        value = member.of(record)
        if member.kind == "maps":
            return _listed(value, language)
        if member.kind == "map":
            return text(value, language) or ""
        if member.steps[-1] == "precision":
            return text((code_list("", "precision") or {})[value], language) if value else ""
        label = record["labels"].get(member.path)
        return text(label, language) if label else _plain_text(value)

    return cell


def _dates_cell(name: str) -> Cell:
    return lambda record: _plain_text(record["dates"][name])


def _roc_cell(name: str) -> Cell:
    def cell(record: Record) -> str:
        written = record["dates"][name]
        if not written:
            return ""
        day = date.fromisoformat(written)
        return days_label(day, day, DAY, CHINESE)

    return cell


def _address_cell(language: str) -> Cell:
    return lambda record: settings.BASE_URL + record["url"][language]


def _neutral(cell: Cell) -> Cell:
    return lambda record: neutral(cell(record))


def _plain_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _listed(texts: Iterable[Mapping[str, str | None]], language: str) -> str:
    return _COMMAS[language].join(text(each, language) for each in texts)


def _city_names(record: Record) -> Iterator[Mapping[str, str | None]]:
    titles = {each["uid"]: each["title"] for each in record["related"]}
    return (titles[uid] for uid in record["relations"]["cities"] if uid in titles)


def _in_taipei(written: str) -> str:
    return timezone.localtime(instant(written)).strftime("%Y-%m-%d %H:%M")
