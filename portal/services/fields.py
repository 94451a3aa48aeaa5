"""Declared fields as they are asked for and shown: one rule for the form, the check of answers and the tracking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from portal.cases.kinds.characters import forbidden
from portal.cases.kinds.fields import YES_NO, Field, FieldType
from portal.cases.kinds.rules import EMAIL, PHONE, TAX_ID
from portal.cases.personal.wrapped import Personal
from portal.cases.resource_labels import label, labelled
from portal.core.languages import tag
from portal.rendering.date_elements import time_element
from portal.rendering.dates import display_date, display_moment

#: Choices up to so many stand as buttons, all in sight.
_MOST_BUTTONS = 7
_TYPES = {EMAIL: "email", PHONE: "tel"}
_NUMBERS = frozenset({FieldType.AMOUNT, FieldType.INTEGER})
_SHORT = frozenset({FieldType.DATE, FieldType.DATETIME, *_NUMBERS})


@dataclass(frozen=True)
class Option:
    """A choice of an input. The first one has the input's own id, so that links to the input lead there."""

    code: str
    label: str
    is_on: bool
    id: str


@dataclass(frozen=True)
class Input:
    """A field to fill in. ``widget`` is text, area, buttons or select; ``type`` and ``inputmode`` are HTML's."""

    name: str
    label: str
    help: str
    widget: str
    value: str
    is_optional: bool
    problem: str = ""
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    is_short: bool = False
    options: Sequence[Option] = ()

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        parts = [f"{self.name}-help"] if self.help else []
        return " ".join([*parts, f"{self.name}-problem"] if self.problem else parts)


def asked(
    field: Field, value: str, *, problem: str = "", autocomplete: str = "", is_one_of_some: bool = False
) -> Input:
    """The input of a field, holding what was typed, in the active language. ``is_one_of_some`` says that it, or
    another, has to be given: neither is called optional.
    """
    options = [
        Option(code, label, code == value, f"{field.name}-{place}" if place else field.name)
        for place, (code, label) in enumerate(_choices(field))
    ]
    widget = "area" if field.multiline else "text"
    if options:
        widget = "buttons" if len(options) <= _MOST_BUTTONS else "select"
    return Input(
        field.name,
        str(field.label),
        _help(field),
        widget,
        _visible(value, field),
        not (field.required or is_one_of_some),
        problem,
        type=_type(field),
        inputmode="numeric" if field.type in _NUMBERS or field.rule is TAX_ID else "",
        autocomplete=autocomplete,
        is_short=field.type in _SHORT or field.rule in (PHONE, TAX_ID),
        options=options,
    )


def shown(field: Field, value: Any, language: str) -> SafeString | str:
    """A value as a reader sees it, in a language that is active; what cannot be read, as it stands."""
    if isinstance(value, Personal):
        value = value.reveal()
    if field.type is FieldType.CHOICE:
        return next((str(choice.label) for choice in field.choices if choice.code == value), value)
    if field.type is FieldType.RESOURCE:
        return label(value, language)
    if field.type is FieldType.DATE:
        return time_element(display_date(value, language))
    if field.type is FieldType.DATETIME:
        return time_element(display_moment(value, language))
    if field.type is FieldType.AMOUNT:
        return format_html('<span class="number">{}</span>', _thousands(value))
    if field.type is FieldType.BOOLEAN:
        return gettext("Yes") if value else gettext("No")
    return str(value)


def rows(
    fields: Sequence[Field], values: Mapping[str, Any], language: str
) -> list[tuple[Field, SafeString | str | None]]:
    """Each field with its value, None where nothing was given."""
    return [
        (field, None if values.get(field.name) in (None, "") else shown(field, values[field.name], language))
        for field in fields
    ]


def _choices(field: Field) -> list[tuple[str, str]]:
    """The codes that can be chosen, with what they are called."""
    if field.type is FieldType.RESOURCE:
        return labelled(field, tag(get_language() or ""))
    choices = YES_NO if field.type is FieldType.BOOLEAN else field.choices
    return [(choice.code, str(choice.label)) for choice in choices]


def _type(field: Field) -> str:
    """HTML's type of an input of one line."""
    if field.type is FieldType.DATETIME:
        return "datetime-local"
    return _TYPES.get(field.rule, "text") if field.rule else "text"


def _visible(typed: str, field: Field) -> str:
    """What was typed, with characters that no value may hold as ones that can be seen and taken out."""
    return "".join("\ufffd" if forbidden(each, multiline=field.multiline) else each for each in typed)


def _help(field: Field) -> str:
    if field.help:
        return str(field.help)
    if field.type is FieldType.DATE:
        return gettext("For example 2026-03-17, or 115-03-17 with the ROC year.")
    if field.type is FieldType.DATETIME:
        return gettext("Date and time in Taiwan.")
    if field.type is FieldType.AMOUNT:
        return gettext("In whole New Taiwan dollars, for example 1200.")
    return ""


def _thousands(amount: str) -> str:
    whole, point, cents = amount.partition(".")
    return f"{int(whole):,}{point}{cents}"
