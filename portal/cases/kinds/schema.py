"""The JSON Schemas (2020-12) of a kind: one for what a case is received with, one for each step.

A schema says what can be said without knowing a case: `kinds.validation` holds dates against its receipt, computes
checksums and refuses characters that a pattern would make unreadable. Titles are in Chinese, ``x-label`` has both
languages; ``x-personal`` marks what is personal, ``x-counted`` what counts are split by.
"""

import functools
from collections.abc import Iterable
from typing import Any

from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.fields import REASON, Field, FieldType
from portal.cases.kinds.steps import AMENDED, ASSIGNED, MERGED, RECEIVED, REOPENED
from portal.cases.kinds.validation import LARGEST, MOST_DIGITS
from portal.core.codes import CODE_PATTERN
from portal.core.languages import CHINESE, translated

_SYMBOL = "[0-9A-HJKMNP-TV-Z]"
_REFERENCE = f"^[A-HJKMNP-TV-Z]{{2}}-{_SYMBOL}{{5}}-{_SYMBOL}{{5}}$"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@functools.cache
def schemas(kind: Kind) -> dict[str, dict[str, Any]]:
    """The schema of the values of each type of event that a sender may send, by the type's name."""
    steps = {step: _schema(kind, step, (REASON,)) for step in (ASSIGNED, MERGED, REOPENED)}
    return {
        RECEIVED: _receipt(kind),
        **{each.name: _schema(kind, each.name, each.fields) for each in kind.transitions},
        AMENDED: _amendment(kind),
        **steps,
    }


def _receipt(kind: Kind) -> dict[str, Any]:
    schema = _schema(kind, RECEIVED, kind.receipt)
    needs = [{"anyOf": [{"required": [name]} for name in group]} for group in kind.at_least_one]
    continuing = [stage.name for stage in kind.stages if stage.after]
    if not continuing:
        return schema | ({"allOf": needs} if needs else {})
    # A case that follows another need not repeat what that says; so little more than the stage is required of it.
    begins = {"required": schema.pop("required"), "allOf": needs}
    return schema | {
        "required": ["stage"],
        "if": {"properties": {"stage": {"enum": continuing}}},
        "else": begins,
    }


def _amendment(kind: Kind) -> dict[str, Any]:
    """Of an amendment nothing is required, and what is not required of a case may be taken out with null."""
    schema = _schema(kind, AMENDED, (*kind.fields, REASON))
    schema.pop("required", None)
    for field in kind.fields:
        if not field.required:
            stated = schema["properties"][field.name]
            schema["properties"][field.name] = {"anyOf": [stated, {"type": "null"}]}
    return schema


def _schema(kind: Kind, step: str, fields: Iterable[Field]) -> dict[str, Any]:
    fields = tuple(fields)
    required = [field.name for field in fields if field.required]
    return {
        "$schema": DIALECT,
        "$id": f"{kind.name}/{step}.json",
        "type": "object",
        "properties": {field.name: _property(field) for field in fields},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    label = translated(field.label)
    stated: dict[str, Any] = {"title": label[CHINESE], "x-label": label, **_TYPES[field.type](field)}
    if field.help:
        stated |= {"description": translated(field.help)[CHINESE], "x-help": translated(field.help)}
    if field.personal:
        stated["x-personal"] = True
    if field.counted:
        stated["x-counted"] = True
    return stated


def _text(field: Field) -> dict[str, Any]:
    stated: dict[str, Any] = {"type": "string", "maxLength": field.max_length}
    if field.required:
        stated["minLength"] = 1
    if field.rule:
        stated["pattern"] = field.rule.pattern
    return stated


def _choice(field: Field) -> dict[str, Any]:
    choices = [{"const": choice.code, "x-label": translated(choice.label)} for choice in field.choices]
    return {"type": "string", "enum": [choice.code for choice in field.choices], "x-choices": choices}


def _amount(field: Field) -> dict[str, Any]:
    sign = "" if field.minimum is not None and field.minimum >= 0 else "-?"
    scale = rf"(\.[0-9]{{1,{field.decimals}}})?" if field.decimals else ""
    return {"type": "string", "pattern": f"^{sign}[0-9]{{1,{MOST_DIGITS}}}{scale}$", "x-unit": "TWD"}


def _integer(field: Field) -> dict[str, Any]:
    return {
        "type": "integer",
        "minimum": -LARGEST if field.minimum is None else field.minimum,
        "maximum": LARGEST if field.maximum is None else field.maximum,
    }


_TYPES = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _choice,
    FieldType.DATE: lambda _field: {"type": "string", "format": "date"},
    FieldType.DATETIME: lambda _field: {"type": "string", "format": "date-time"},
    FieldType.AMOUNT: _amount,
    FieldType.INTEGER: _integer,
    FieldType.BOOLEAN: lambda _field: {"type": "boolean"},
    FieldType.CASE: lambda _field: {"type": "string", "pattern": _REFERENCE},
    FieldType.AGENCY: lambda _field: {"type": "string", "pattern": CODE_PATTERN},
    FieldType.RESOURCE: lambda field: {"type": "string", "pattern": CODE_PATTERN, "x-resource": field.takes},
}
