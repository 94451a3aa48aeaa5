"""The members of documents, each with its two directions: from a page's fields into the document, and from a fixture
into the fields.

A family lists its own members in its ``document.py``; `cms.base.document` and the seeding walk those lists. So a field
is declared once.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.fields import StreamField

from cms.blocks.base import document_of, raw_of
from portal.core.languages import CHINESE, ENGLISH, language_map


@dataclass(frozen=True)
class Member:
    """A member of a document. ``name`` is the document's word; the page's field has the same name unless a subclass
    says otherwise.
    """

    name: str

    @property
    def stem(self) -> str:
        """The field that holds it, or the first of them, without its language."""
        return self.name

    def value(self, page: Any, context: Any) -> Any:
        """What the document says."""
        return getattr(page, self.name)

    def assign(self, page: Any, value: Any, context: Any) -> None:
        """Put what a fixture says into the page's fields."""
        setattr(page, self.name, value)


@dataclass(frozen=True)
class Plain(Member):
    """A code, number or address that stands in the document as it is; empty text becomes null."""

    def value(self, page: Any, context: Any) -> Any:
        value = getattr(page, self.name)
        return None if value == "" else value

    def assign(self, page: Any, value: Any, context: Any) -> None:
        field = page._meta.get_field(self.name)
        setattr(page, self.name, "" if value is None and not field.null else value)


@dataclass(frozen=True)
class Text(Member):
    """A text translated by modeltranslation; a language map or null. ``field`` where the page's name is another."""

    field: str = ""

    @property
    def stem(self) -> str:
        return self.field or self.name

    def value(self, page: Any, context: Any) -> dict[str, str | None] | None:
        return language_map(getattr(page, f"{self.stem}_zh_hant") or "", getattr(page, f"{self.stem}_en"))

    def assign(self, page: Any, value: Any, context: Any) -> None:
        value = value or {}
        setattr(page, f"{self.stem}_zh_hant", value.get(CHINESE) or "")
        setattr(page, f"{self.stem}_en", value.get(ENGLISH) or "")


@dataclass(frozen=True)
class Day(Member):
    """A calendar day, ISO 8601, or null."""

    def value(self, page: Any, context: Any) -> str | None:
        day = getattr(page, self.name)
        return day.isoformat() if day else None

    def assign(self, page: Any, value: Any, context: Any) -> None:
        setattr(page, self.name, as_date(value))


@dataclass(frozen=True)
class Moment(Member):
    """An instant, RFC 3339 in UTC, or null."""

    def value(self, page: Any, context: Any) -> str | None:
        instant = getattr(page, self.name)
        return instant.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None

    def assign(self, page: Any, value: Any, context: Any) -> None:
        setattr(page, self.name, datetime.datetime.fromisoformat(value) if value else None)


@dataclass(frozen=True)
class CoarseDay(Member):
    """A day with the precision of its source (fields ``<name>_date`` and ``<name>_precision``), or null."""

    @property
    def stem(self) -> str:
        return f"{self.name}_date"

    def value(self, page: Any, context: Any) -> dict[str, str] | None:
        day = getattr(page, f"{self.name}_date")
        return {"date": day.isoformat(), "precision": getattr(page, f"{self.name}_precision")} if day else None

    def assign(self, page: Any, value: Mapping[str, Any] | None, context: Any) -> None:
        setattr(page, f"{self.name}_date", as_date(value["date"]) if value else None)
        setattr(page, f"{self.name}_precision", value["precision"] if value else "day")


@dataclass(frozen=True)
class Items(Member):
    """A list kept in a StreamField with one type of block. ``field`` where the page's name is another."""

    field: str = ""

    @property
    def stem(self) -> str:
        return self.field or self.name

    def value(self, page: Any, context: Any) -> list[Any]:
        found = (document_of(child.block, child.value, context) for child in getattr(page, self.stem))
        return [item for item in found if item is not None]

    def assign(self, page: Any, value: list[Any] | None, context: Any) -> None:
        [(block_type, block)] = self._field(page).stream_block.child_blocks.items()
        raw = [{"type": block_type, "value": raw_of(block, item, context)} for item in value or ()]
        setattr(page, self.stem, json.dumps(raw))

    def _field(self, page: Any) -> StreamField:
        return page._meta.get_field(self.stem)


@dataclass(frozen=True)
class One(Items):
    """A list of at most one; the document holds the item itself, or null."""

    def value(self, page: Any, context: Any) -> Any:
        items = super().value(page, context)
        return items[0] if items else None

    def assign(self, page: Any, value: Any, context: Any) -> None:
        super().assign(page, [value] if value else [], context)


@dataclass(frozen=True)
class Body(Items):
    """The body's blocks, each with its id."""

    def value(self, page: Any, context: Any) -> list[dict[str, Any]]:
        return document_of(self._field(page).stream_block, getattr(page, self.name), context)

    def assign(self, page: Any, value: list[Any] | None, context: Any) -> None:
        setattr(page, self.name, json.dumps(raw_of(self._field(page).stream_block, value, context)))


def as_date(value: Any) -> datetime.date | None:
    """A date from ISO text or from a date as YAML reads it."""
    if value is None or isinstance(value, datetime.date):
        return value
    return datetime.date.fromisoformat(value)
