"""The words of a quote that state what it proves: values of the record that stand in it as they are, marked. Pure.

Nothing is guessed: a value that the quote words otherwise leaves it unmarked.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from portal.core.languages import CHINESE, is_language_map
from portal.core.periods import DAY, MONTH, YEAR, days_label
from portal.statistics.units import UNITS, grouped

#: A number with what it counts, as Chinese reports write them: 5,643件, 27.55％, 36個.
_COUNTED = re.compile(r"[0-9][0-9,.]*(?:[％%]|(?:場次|人次|車次|萬元|周年|週年)|[\u4e00-\u9fff])?")
_SHORTEST = 2


def proven_words(record: Mapping[str, Any], path: str) -> set[str]:
    """What a quote may say word for word of the member that a path leads to."""
    member, _, rest = path.partition("/")
    if member == "body":
        return set(_of_block(record, rest))
    value = record.get(member)
    if isinstance(value, list) and rest:
        return set(_of_value(value[int(rest)])) if rest.isdigit() and int(rest) < len(value) else set()
    if member == "relations":
        return {each["title"][CHINESE] for each in record.get("related", ()) if each["type"] == "city"}
    if member == "summary" and value:
        return set(_COUNTED.findall(value[CHINESE]))
    return set(_of_value(value))


def observed_words(record: Mapping[str, Any], observations: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """The same of each observation of a dataset, by its path."""
    units = {measure["code"]: measure.get("unit", "") for measure in record.get("measures", ())}
    return {
        f"observations/{row['key']}": set(_of_number(row["value"], units.get(row["measure"], "")))
        for row in observations
    }


def marked(quote: str, words: Iterable[str]) -> SafeString:
    """The escaped quote with the given words in ``<mark>``, the longer first; no number is marked within another."""
    wanted = sorted({word for word in words if len(word) >= _SHORTEST}, key=lambda word: (-len(word), word))
    if not wanted:
        return conditional_escape(quote)
    pattern = re.compile("|".join(map(_bounded, wanted)))
    parts, after = [], 0
    for match in pattern.finditer(quote):
        parts += [conditional_escape(quote[after : match.start()]), format_html("<mark>{}</mark>", match[0])]
        after = match.end()
    return mark_safe("".join([*parts, conditional_escape(quote[after:])]))  # noqa: S308  # each part is escaped


def _bounded(word: str) -> str:
    before = r"(?<![0-9,.])" if word[0].isdigit() else ""
    after = r"(?![0-9,.]*[0-9])" if word[-1].isdigit() else ""
    return f"{before}{re.escape(word)}{after}"


def _of_block(record: Mapping[str, Any], block_id: str) -> Iterator[str]:
    block = next((each for each in record["body"] if each["id"] == block_id), None)
    if block is None:
        return
    if block.get("type") == "figure":
        yield from _of_number(block["value"], block["unit"])
    elif block.get("type") in ("text", "quote", "heading"):
        yield from _COUNTED.findall(strip_tags(block["value"][CHINESE]))


def _of_value(value: Any) -> Iterator[str]:
    """A text, a date, a number with a unit, or what of these an item is made of."""
    if is_language_map(value):
        yield value[CHINESE]
        yield from re.findall("「([^」]+)」", value[CHINESE])
    elif isinstance(value, str):
        yield from _of_day(value, DAY)
    elif isinstance(value, list):
        for each in value:
            yield from _of_value(each)
    elif isinstance(value, Mapping):
        if "precision" in value:
            for member in ("start", "end", "date"):
                yield from _of_day(value.get(member), value["precision"])
        if "unit" in value:
            # A measure has a unit, but no value of its own.
            yield from _of_number(value.get("value"), value["unit"])
        for member in ("name", "title", "affiliation", "quantity"):
            if value.get(member):
                yield from _of_value(value[member])


def _of_number(value: str | None, unit: str) -> Iterator[str]:
    if value is not None:
        yield grouped(value)
        if unit in UNITS:
            yield grouped(value) + UNITS[unit].chinese


def _of_day(written: str | None, precision: str) -> Iterator[str]:
    try:
        day = datetime.date.fromisoformat(written or "")
    except ValueError:
        return
    exact = {MONTH: MONTH, YEAR: YEAR}.get(precision, DAY)
    yield days_label(day, day, exact, CHINESE)
