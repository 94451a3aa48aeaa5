"""Numbers with their units, as both languages write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from portal.core.languages import CHINESE
from portal.publication.codelists import code_list
from portal.rendering.texts import inline
from portal.statistics.units import MINUS, UNITS, grouped


@dataclass(frozen=True)
class Number:
    """A number to show: its digits with thousands commas and a true minus, and its unit, which stands apart from it."""

    digits: str
    unit: str
    #: Both together, as they are read out.
    words: str


def number(value: str | None, unit: str, language: str) -> Number | None:
    """A decimal text in a unit; its scale is kept. None where there is no value."""
    if value is None:
        return None
    return _number(value, unit, language)


def _number(value: str, unit: str, language: str) -> Number:
    known = UNITS.get(unit)
    if known is None:
        label = unit
    elif language == CHINESE:
        label = known.chinese
    else:
        label = known.singular if value in ("1", "-1") else known.plural
    digits = grouped(value).replace("-", MINUS)
    return Number(digits, label, f"{digits}{label}" if language == CHINESE or label == "%" else f"{digits} {label}")


def quantity(value: Mapping[str, Any], language: str) -> SafeString:
    """A QUANTITY of a document without its label: number, unit, what is uncertain about it, its note."""
    shown = _number(value["value"], value["unit"], language)
    status = value.get("status", "normal")
    approximately = pgettext("before a number", "about ") if status == "approximate" else ""
    words = format_html(
        '{}<span class="number">{}</span> <span class="unit">{}</span>', approximately, shown.digits, shown.unit
    )
    if status not in ("normal", "approximate"):
        names = code_list("", "status") or {}
        words = format_html(gettext("{} ({})"), words, inline(names[status], language))
    if value.get("note"):
        words = format_html('{} <span class="note">{}</span>', words, inline(value["note"], language))
    return words
