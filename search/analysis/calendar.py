"""The codes of periods that texts and records give, and their tokens.

A code is that of a day, a month, a quarter, a half-year or a year (`portal.core.periods`); a token is ``@`` and a code.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from portal.core.periods import DAY, HALF_YEAR, MONTH, PERIOD, QUARTER, YEAR, PeriodError, parse_period

#: Years that people mean when they write a date.
_YEARS = range(1000, 3000)
#: Months and years that a record's dates may touch before those in the middle are left out.
_MOST_MONTHS, _MOST_YEARS = 36, 50


@lru_cache(maxsize=10_000)
def coarser(code: str) -> tuple[str, ...]:
    """The code itself and those of the month, quarter, half-year and year that it lies in, as far as it tells."""
    year, _, rest = code.partition("-")
    if not rest:
        return (code,)
    if rest[0] == "H":
        return code, year
    month = 3 * int(rest[1]) if rest[0] == "Q" else int(rest[:2])
    wider = dict.fromkeys((code, code[:7], f"{year}-Q{(month + 2) // 3}", f"{year}-H{(month + 5) // 6}", year))
    return tuple(wider)


def date_tokens(start: date, end: date, precision: str) -> set[str]:
    """The tokens of a record's own dates, which are known as far as ``precision`` says (`portal.core.periods`): its
    first and last day; the months, quarters, half-years and years that it touches, of which the middle ones are left
    out where they are very many.
    """
    if precision not in (DAY, PERIOD, MONTH, QUARTER, HALF_YEAR, YEAR):
        return set()
    codes: set[str] = set()
    if precision in (DAY, PERIOD):
        codes |= {start.isoformat(), end.isoformat()}
    months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    if precision in (DAY, PERIOD, MONTH):
        codes |= {f"{month // 12:04d}-{month % 12 + 1:02d}" for month in _ends(months, _MOST_MONTHS)}
    for year in _ends(range(start.year, end.year + 1), _MOST_YEARS):
        codes.add(f"{year:04d}")
        touched = [month % 12 for month in range(max(year * 12, months.start), min(year * 12 + 12, months.stop))]
        if precision != YEAR:
            codes |= {f"{year:04d}-H{month // 6 + 1}" for month in touched}
        if precision not in (YEAR, HALF_YEAR):
            codes |= {f"{year:04d}-Q{month // 3 + 1}" for month in touched}
    return {f"@{code}" for code in codes}


def _ends(numbers: range, most: int) -> Iterator[int]:
    """All of the numbers, or as many of the first and the last as may be."""
    if len(numbers) <= most:
        yield from numbers
    else:
        yield from numbers[: most - most // 2]
        yield from numbers[-(most // 2) :]


@lru_cache(maxsize=10_000)
def code_of(year: int, month: int | None = None, day: int | None = None, part: str | None = None) -> str | None:
    """The code of a year, of a month or day in it, or of the ``part`` of it that is named H1, H2 or Q1 to Q4.

    None where there is no such period.
    """
    if year not in _YEARS or month == 0 or day == 0:
        return None
    numbers = "".join(f"-{number:02d}" for number in (month, day) if number is not None)
    code = f"{year:04d}{f'-{part}' if part else numbers}"
    try:
        return parse_period(code).code
    except PeriodError:
        return None
