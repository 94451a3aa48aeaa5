"""Periods of time: their codes, the days they mean, and how people write them.

A *period code* is one of ``2022``, ``2022-Q2``, ``2022-H1``, ``2022-05``, ``2022-05-31`` or an interval of
days ``2022-02-01--2022-06-30`` (ISO 8601 with a double hyphen). A period means whole days, the first and the
last included. Years are Gregorian in data; ROC years (Gregorian − 1911) are a matter of display and of
parsing what people type.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.languages import CHINESE

#: The ROC year 1 is the Gregorian year 1912.
ROC_OFFSET = 1911
#: Longer texts are refused before any pattern is tried.
_LONGEST_INPUT = 60

DAY, MONTH, QUARTER, HALF_YEAR, YEAR, PERIOD = "day", "month", "quarter", "half-year", "year", "period"

_CODE = re.compile(
    r"(?P<year>[0-9]{4})(?:-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)
_NUMERIC_INPUT = re.compile(
    r"(?P<era>中華民國|民國|西元|公元)?(?P<year>[0-9]{1,4})(?:(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<day>[0-9]{1,2}))?)?"
)
_CHINESE_INPUT = re.compile(
    r"(?P<era>中華民國|民國|西元|公元)?(?P<year>[0-9]{1,4}|元)年"
    r"(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日號])?|(?P<half>[上下])半年|第?(?P<quarter>[1-4一二三四])季)?"
)
_CHINESE_NUMBER = {"上": 1, "下": 2, "一": 1, "二": 2, "三": 3, "四": 4}

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth")


class PeriodError(ValueError):
    """A period code or a typed date that means no days. ``str()`` gives the reason in the active language."""

    def __init__(self, message: str | Promise, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period: sorts by its first day, then by its last.

    ``precision`` is day, month, quarter, half-year, year or period.
    """

    start: date
    end: date
    precision: str
    code: str


def parse_period(code: str) -> Period:
    """The period of a code. Raises `PeriodError` for anything that is not written exactly as a code."""
    shown = code[:_LONGEST_INPUT]
    first, double_hyphen, last = code.partition("--")
    if double_hyphen:
        if "--" in last:
            raise PeriodError(_("“%(code)s”: an interval is written with two whole dates."), code=shown)
        opening, closing = parse_period(first), parse_period(last)
        if opening.precision != DAY or closing.precision != DAY:
            raise PeriodError(_("“%(code)s”: an interval is written with two whole dates."), code=shown)
        if opening.start >= closing.end:
            raise PeriodError(_("“%(code)s”: an interval must end after it starts."), code=code)
        return Period(opening.start, closing.end, PERIOD, code)
    match = _CODE.fullmatch(code)
    if match is None:
        raise PeriodError(
            _(
                "“%(code)s” is not a period: write 2022, 2022-Q2, 2022-H1, 2022-05, 2022-05-31 "
                "or 2022-02-01--2022-06-30."
            ),
            code=shown,
        )
    numbers = {name: int(digits) for name, digits in match.groupdict().items() if digits}
    start, end, precision = _days(shown, **numbers)
    return Period(start, end, precision, code)


def parse_date_input(typed: str) -> tuple[date, date]:
    """The first and the last day that a typed date can mean.

    Takes period codes, and ISO or ROC dates to the day, month or year: ``111-03-17``, ``111/6/9``,
    ``民國111年3月``, ``111年3月17日``, ``2022-03``. A year of three digits or fewer is an ROC year, one of
    four is Gregorian. Full-width characters and spaces do not matter. Raises `PeriodError`.
    """
    shown = typed.strip()[:_LONGEST_INPUT]
    if len(typed) > _LONGEST_INPUT:
        raise _not_a_date(shown)
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    if "--" in plain or _CODE.fullmatch(plain):
        period = parse_period(plain)
        return period.start, period.end
    match = _NUMERIC_INPUT.fullmatch(plain) or _CHINESE_INPUT.fullmatch(plain)
    if match is None:
        raise _not_a_date(shown)
    parts = match.groupdict()
    year = _gregorian_year(shown, parts["era"], parts["year"])
    numbers = {
        name: _CHINESE_NUMBER.get(parts[name]) or int(parts[name])
        for name in ("quarter", "half", "month", "day")
        if parts.get(name)
    }
    start, end, _precision = _days(shown, year=year, **numbers)
    return start, end


def period_label(code: str, language: str) -> str:
    """How a period is shown: ``111年5月`` in Chinese, ``May 2022`` in English.

    Raises `PeriodError` for a bad code.
    """
    period = parse_period(code)
    return days_label(period.start, period.end, period.precision, language)


def days_label(start: date, end: date, precision: str, language: str) -> str:
    """How the days from ``start`` to ``end`` are shown in a language, as coarsely as ``precision`` says."""
    chinese = language == CHINESE
    if precision == YEAR:
        return _chinese_year(start) if chinese else str(start.year)
    if precision == HALF_YEAR:
        half = (start.month - 1) // 6
        return f"{_chinese_year(start)}{'上下'[half]}半年" if chinese else f"{_ORDINALS[half]} half of {start.year}"
    if precision == QUARTER:
        quarter = (start.month - 1) // 3
        if chinese:
            return f"{_chinese_year(start)}第{quarter + 1}季"
        return f"{_ORDINALS[quarter]} quarter of {start.year}"
    if precision == MONTH:
        return f"{_chinese_year(start)}{start.month}月" if chinese else f"{_MONTHS[start.month - 1]} {start.year}"
    if precision == DAY or start == end:
        return _chinese_day(start) if chinese else _english_day(start)
    return _chinese_interval(start, end) if chinese else _english_interval(start, end)


def _days(
    shown: str, *, year: int, quarter: int = 0, half: int = 0, month: int = 0, day: int = 0
) -> tuple[date, date, str]:
    if quarter:
        first, length, precision = 3 * quarter - 2, 3, QUARTER
    elif half:
        first, length, precision = 6 * half - 5, 6, HALF_YEAR
    elif month:
        first, length, precision = month, 1, DAY if day else MONTH
    else:
        first, length, precision = 1, 12, YEAR
    try:
        start = date(year, first, day or 1)
        last = first + length - 1
        end = start if day else date(year, last, monthrange(year, last)[1])
    except ValueError:
        raise PeriodError(_("“%(typed)s” is not in the calendar."), typed=shown) from None
    return start, end, precision


def _gregorian_year(shown: str, era: str | None, digits: str) -> int:
    roc = era in ("民國", "中華民國") or (era is None and len(digits) < 4)
    if digits == "元":
        digits = "1"
    if roc and len(digits) == 4:
        raise PeriodError(_("“%(typed)s”: an ROC year has at most three digits."), typed=shown)
    if not roc and len(digits) != 4:
        raise PeriodError(_("“%(typed)s”: a Gregorian year has four digits."), typed=shown)
    if roc and int(digits) == 0:
        raise PeriodError(_("“%(typed)s”: ROC years begin with 1, which is 1912."), typed=shown)
    return int(digits) + ROC_OFFSET if roc else int(digits)


def _not_a_date(shown: str) -> PeriodError:
    return PeriodError(
        _("“%(typed)s” is not a date: write it like 2022-03-17, 2022-03, 111-03-17 or 民國111年3月."),
        typed=shown,
    )


def _chinese_year(day: date) -> str:
    roc = day.year - ROC_OFFSET
    return f"{roc}年" if 1 <= roc <= 999 else f"西元{day.year:04d}年"


def _chinese_day(day: date) -> str:
    return f"{_chinese_year(day)}{day.month}月{day.day}日"


def _english_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _chinese_interval(start: date, end: date) -> str:
    if start.year != end.year:
        return f"{_chinese_day(start)}至{_chinese_day(end)}"
    if start.month != end.month:
        return f"{_chinese_day(start)}至{end.month}月{end.day}日"
    return f"{_chinese_day(start)}至{end.day}日"


def _english_interval(start: date, end: date) -> str:
    if start.year != end.year:
        return f"{_english_day(start)} – {_english_day(end)}"
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month - 1]} – {_english_day(end)}"
    return f"{start.day}–{_english_day(end)}"
