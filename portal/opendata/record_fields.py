"""What the columns of a collection's files are called, and what they hold, in both languages."""

import json

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES
from portal.opendata.collections import Format
from portal.opendata.fields import Field, Label, coded
from portal.opendata.record_columns import Column, program_columns, spreadsheet_columns
from portal.opendata.record_words import column_label, member_label, program_label
from portal.publication import schemas
from portal.publication.codelists import code_list
from portal.publication.types import RecordType

#: What a column in one language says of it, after what it holds.
_IN = {
    CHINESE: {CHINESE: "（中文）", ENGLISH: "（英文）"},
    ENGLISH: {CHINESE: " (in Chinese)", ENGLISH: " (in English)"},
}
#: Members of a document that are not served, and those that stand after the others, in the order of the API.
_NOT_SERVED = frozenset({"schema", "path"})
_MADE = ("body", "media", "file")
_ADDED = ("version", "published_at", "modified_at", "url", "related", "labels", "derived")


def record_fields(record_type: RecordType, made: Format) -> list[Field]:
    """The columns of a file of a type's collection in their order; of JSON Lines the members of each record."""
    code = record_type.code
    if made.extension == "jsonl":
        return [Field(name, member_label(name)) for name in _members(code)]
    if made.language is None:
        return [Field(column.header, _program_description(code, column)) for column in program_columns(code)]
    return [Field(column.header, column_label(column.path)) for column in spreadsheet_columns(code, made.language)]


def _members(code: str) -> list[str]:
    own = json.loads(schemas.text(schemas.current(code)))["properties"].keys() - _NOT_SERVED
    return [*sorted(own.difference(_MADE)), *(name for name in _MADE if name in own), *_ADDED]


def _program_description(code: str, column: Column) -> Label:
    label = program_label(column.path)
    if column.language is not None:
        return {language: label[language] + _IN[language][column.language] for language in LANGUAGES}
    codes = code_list(code, column.path.rpartition(".")[2])
    return coded(label, list(codes.items())) if codes else label
