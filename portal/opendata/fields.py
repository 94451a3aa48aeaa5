"""What the columns of a dataset's files are called, and what they hold, in both languages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, text
from portal.opendata.formats import Format
from portal.statistics.export import program_header, spreadsheet_columns
from portal.statistics.status import STATUSES
from portal.statistics.units import UNITS

Record = Mapping[str, Any]
Label = Mapping[str, str | None]

#: So many codes of a column are named in its description.
_NAMED = 20
_DESCRIPTIONS: dict[str, Label] = {
    "key": {CHINESE: "每筆數值的識別碼", ENGLISH: "What identifies the figure"},
    "period": {CHINESE: "期別代碼，如2022、2022-H1、2022-05", ENGLISH: "The period, such as 2022, 2022-H1 or 2022-05"},
    "period_start": {CHINESE: "期別的第一日", ENGLISH: "The first day of the period"},
    "period_end": {CHINESE: "期別的最後一日", ENGLISH: "The last day of the period"},
    "value": {CHINESE: "數值，缺值為空白", ENGLISH: "The figure; empty where it is missing"},
    "note": {CHINESE: "對數值的說明", ENGLISH: "What is said about the figure"},
    "note_zh": {CHINESE: "對數值的中文說明", ENGLISH: "What is said about the figure, in Chinese"},
    "note_en": {CHINESE: "對數值的英文說明", ENGLISH: "What is said about the figure, in English"},
    "source": {CHINESE: "數值的出處", ENGLISH: "What proves the figure"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a file, or a member of its objects: its name there, and what it holds."""

    name: str
    description: Label


def fields(made: Format, record: Record) -> list[Field]:
    """The columns of a dataset's file in a format, in their order; none for what only describes another file."""
    if made.code == "csvw":
        return []
    if made.language is not None:
        shown = spreadsheet_columns(record, made.language)
        names = ("period", "period", "measure", *_dimensions(record), "value", "unit", "status", "note")
        return [Field(column.header, _description(name, record)) for column, name in zip(shown, names, strict=True)]
    return [Field(name, _description(name, record)) for name in _members(made, record)]


def _members(made: Format, record: Record) -> list[str]:
    if made.extension == "csv":
        return program_header(record)
    dimensions = _dimensions(record)
    if made.extension == "parquet":
        opening = ["period", "period_start", "period_end", "measure"]
        return [*opening, *dimensions, "value", "unit", "status", "note_zh", "note_en"]
    return ["key", "period", "measure", *dimensions, "value", "unit", "status", "note"]


def _dimensions(record: Record) -> list[str]:
    return [dimension["code"] for dimension in record["dimensions"]]


def _description(name: str, record: Record) -> Label:
    if name == "measure":
        return coded({CHINESE: "項目", ENGLISH: "What is measured"}, _labels(record["measures"]))
    if name == "unit":
        units = dict.fromkeys(measure["unit"] for measure in record["measures"])
        labels = [(code, UNITS[code].label if code in UNITS else {CHINESE: code, ENGLISH: code}) for code in units]
        return coded({CHINESE: "單位", ENGLISH: "The unit"}, labels)
    if name == "status":
        labels = [(code, status.label) for code, status in STATUSES.items()]
        return coded({CHINESE: "數值的狀態", ENGLISH: "How firm the figure is"}, labels)
    for dimension in record["dimensions"]:
        if dimension["code"] == name:
            return coded(dimension["label"], _labels(dimension["codes"]))
    return _DESCRIPTIONS[name]


def _labels(named: Iterable[Mapping[str, Any]]) -> list[tuple[str, Label]]:
    return [(each["code"], each["label"]) for each in named]


def coded(opening: Label, labels: Sequence[tuple[str, Label]]) -> Label:
    """The words and the codes with what they mean, as many as can be named."""
    between = {CHINESE: ("：", "、", f"等{len(labels)}項"), ENGLISH: (": ", ", ", f" and others, {len(labels)} in all")}
    made = {}
    for language in LANGUAGES:
        colon, comma, others = between[language]
        named = comma.join(f"{code} {text(label, language)}" for code, label in labels[:_NAMED])
        made[language] = f"{text(opening, language)}{colon}{named}{others if len(labels) > _NAMED else ''}"
    return made
