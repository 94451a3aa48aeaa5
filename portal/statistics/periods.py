"""Periods as editors write them, and those that follow one another."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from portal.core.periods import (
    DAY,
    HALF_YEAR,
    MONTH,
    QUARTER,
    YEAR,
    Period,
    PeriodError,
    parse_date_input,
    parse_period,
)

#: Months of a span → its kind.
_KINDS = {1: MONTH, 3: QUARTER, 6: HALF_YEAR, 12: YEAR}
#: What could be a day and a month as well as a year (05/01/22), or a number that has lost a zero (111.10 as 111.1).
_DOUBTFUL = re.compile(r"[0-9]{1,2}(?:[-/.][0-9]{1,4}){0,2}|[0-9]+\.[0-9]*")


#: `parse_period` for many rows: most have one of a few periods.
known_period = lru_cache(maxsize=4096)(parse_period)


@lru_cache(maxsize=4096)
def period_code(typed: str) -> str:
    """The code of a period as people write it: ``111年5月`` and ``2022/5`` are ``2022-05``.

    The text itself where it is a code already, or says no period for certain.
    """
    text = typed.strip()
    try:
        return parse_period(text).code
    except PeriodError:
        if _DOUBTFUL.fullmatch(unicodedata.normalize("NFKC", text)):
            return typed
    try:
        start, end = parse_date_input(text)
    except PeriodError:
        return typed
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    return code_of(start, DAY if start == end else _KINDS[months])


def code_of(day: date, kind: str) -> str:
    """The code of the day, month, quarter, half-year or year that begins on a day."""
    endings = {
        DAY: f"-{day.month:02d}-{day.day:02d}",
        MONTH: f"-{day.month:02d}",
        QUARTER: f"-Q{(day.month + 2) // 3}",
        HALF_YEAR: f"-H{(day.month + 5) // 6}",
        YEAR: "",
    }
    return f"{day.year:04d}{endings[kind]}"


def chain(first: Period, last: Period) -> Iterator[Period]:
    """The periods of a kind that follow one another without a break, from one to another of the same kind.

    Raises KeyError for intervals of days: what follows one of them is anybody's guess.
    """
    period = first
    yield period
    while period < last:
        period = parse_period(code_of(period.end + timedelta(days=1), period.precision))
        yield period
