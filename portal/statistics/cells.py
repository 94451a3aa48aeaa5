"""The cells of one line, checked against a structure and made into a `Row`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.periods import PeriodError, parse_period
from portal.statistics.rows import Row
from portal.statistics.status import NORMAL, STATUSES, WITHOUT_VALUE
from portal.statistics.structure import Structure

#: Digits before and after the decimal point that a value may have.
WHOLE_DIGITS, DECIMAL_PLACES = 18, 10
#: Characters that a note may have.
NOTE_LENGTH = 2000
#: Characters of what was typed that a message repeats, and codes that it lists.
_SHOWN, _LISTED = 40, 20

_VALUE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:[,'\u00a0\u202f\u2009 ][0-9]{3})+(?:\.[0-9]+)?")
_EXPONENT = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
_NOT_NUMBERS = frozenset(
    {
        "nan",
        "n/a",
        "na",
        "null",
        "none",
        "inf",
        "infinity",
        "+inf",
        "-inf",
        "-",
        "--",
        "…",
        "–",
        "—",
        "..",
        "x",
    }
    | {"無", "缺"}
)

#: What the status of a value may be; empty means normal.
_WITH_VALUE = frozenset(STATUSES) - WITHOUT_VALUE | {""}

#: A problem of a line: its column, the message and the message's parameters.
Complaint = tuple[str | None, str | Promise, dict[str, Any]]


class CellReader:
    """Makes rows of lines' cells by a structure."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self._columns = structure.columns
        self._dimensions = structure.dimension_codes
        lists = {"measure": [measure.code for measure in structure.measures]}
        self._lists = lists | {dimension.code: dimension.codes for dimension in structure.dimensions}
        self._codes = {column: frozenset(codes) for column, codes in self._lists.items()}
        #: Periods that have been read: most lines have one of a few.
        self._periods: set[str] = set()

    def read(self, cells: Mapping[str, str]) -> tuple[Row | None, list[Complaint]]:
        """The row that a line's cells make, or what is wrong with them.

        ``cells`` has a text for each of the structure's columns.
        """
        given = {column: cells[column].strip() for column in self._columns}
        if not self._is_plainly_good(given):
            complaints = list(_complaints(given, self._lists))
            if complaints:
                return None, complaints
            self._periods.add(given["period"])
        row = Row(
            period=given["period"],
            measure=given["measure"],
            dimensions={dimension: given[dimension] for dimension in self._dimensions},
            value=given["value"] or None,
            status=given["status"] or NORMAL,
            note_zh_hant=_line_feeds(given["note_zh"]),
            note_en=_line_feeds(given["note_en"]),
        )
        return row, []

    def _is_plainly_good(self, given: Mapping[str, str]) -> bool:
        """Whether a line is one of the many that nothing is wrong with: known codes and period, a value, no notes. What
        is not may be good all the same.
        """
        return (
            given["period"] in self._periods
            and all(given[column] in codes for column, codes in self._codes.items())
            and given["status"] in _WITH_VALUE
            and not given["note_zh"]
            and not given["note_en"]
            and bool(given["value"])
            and _why_no_decimal(given["value"]) is None
        )


def write_cells(row: Row) -> dict[str, str]:
    """The cells of a row: `CellReader` makes the same row of them."""
    return {
        "period": row.period,
        "measure": row.measure,
        **row.dimensions,
        "value": row.value or "",
        "status": row.status,
        "note_zh": row.note_zh_hant,
        "note_en": row.note_en,
    }


def _complaints(given: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    try:
        parse_period(given["period"])
    except PeriodError as error:
        yield "period", error.message, error.params
    for column, codes in lists.items():
        yield from _code_complaints(column, given[column], codes)
    yield from _code_complaints("status", given["status"] or NORMAL, tuple(STATUSES))
    yield from _value_complaints(given["value"], given["status"])
    for column in ("note_zh", "note_en"):
        yield from _note_complaints(column, given[column])
    if given["note_en"] and not given["note_zh"]:
        yield "note_zh", _("A note needs its Chinese text; the English is its translation."), {}


def _code_complaints(column: str, code: str, allowed: Sequence[str]) -> Iterator[Complaint]:
    if not code:
        yield column, _("A code is missing. Allowed: %(allowed)s."), {"allowed": _listed(allowed)}
    elif code not in allowed:
        yield (
            column,
            _("“%(code)s” is not among the declared codes. Allowed: %(allowed)s."),
            {"code": code[:_SHOWN], "allowed": _listed(allowed)},
        )


def _value_complaints(value: str, status: str) -> Iterator[Complaint]:
    if not value:
        if status not in WITHOUT_VALUE:
            yield "value", _("The value is empty. Enter it, or set the status to “missing”."), {}
        return
    if status in WITHOUT_VALUE:
        yield "value", _("The status is “%(status)s”, so the value must be empty."), {"status": status}
    message = _why_no_decimal(value)
    if message:
        params = {
            "value": value[:_SHOWN],
            "plain": re.sub(r"[^0-9.-]", "", value)[:_SHOWN],
            "whole": WHOLE_DIGITS,
            "places": DECIMAL_PLACES,
        }
        yield "value", message, params


def _why_no_decimal(value: str) -> Promise | None:
    """Why a text is not a decimal; None if it is one."""
    if _VALUE.fullmatch(value):
        whole, _point, fraction = value.lstrip("-").partition(".")
        if len(whole) > WHOLE_DIGITS or len(fraction) > DECIMAL_PLACES:
            return _("A value has at most %(whole)s digits before and %(places)s after the decimal point.")
        if value.startswith("-") and not (whole + fraction).strip("0"):
            return _("Write zero without a sign.")
        return None
    if value.casefold() in _NOT_NUMBERS:
        return _("“%(value)s” is not a number. Leave the value empty and set the status to “missing”.")
    if _EXPONENT.fullmatch(value):
        return _("“%(value)s”: write all digits of the number, without an exponent.")
    if _GROUPED.fullmatch(value):
        return _("“%(value)s”: write the number without thousands separators, %(plain)s.")
    if value[-1] in "%％":
        return _("“%(value)s”: write the number only; the unit belongs to the measure.")
    if _VALUE.fullmatch(unicodedata.normalize("NFKC", value).replace("\u2212", "-").replace("\u2013", "-")):
        return _("“%(value)s”: write the number with the digits 0 to 9, a point and a hyphen for minus.")
    return _("“%(value)s” is not a decimal number such as 5498, 27.55 or -3.")


def _note_complaints(column: str, note: str) -> Iterator[Complaint]:
    if len(note) > NOTE_LENGTH:
        yield column, _("A note has at most %(length)s characters."), {"length": NOTE_LENGTH}
    for character in note:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t":
            yield (
                column,
                _("The note holds a control character (%(code)s)."),
                {"code": f"U+{ord(character):04X}"},
            )
            return


def _line_feeds(note: str) -> str:
    return note.replace("\r\n", "\n").replace("\r", "\n")


def _listed(codes: Sequence[str]) -> str:
    more = ", …" if len(codes) > _LISTED else ""
    return ", ".join(codes[:_LISTED]) + more
