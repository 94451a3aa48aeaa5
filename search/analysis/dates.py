"""Dates in folded text: as ISO writes them, in ROC years, in Chinese and in English; and their tokens.

A date is found as the code of a day, a month, a quarter, a half-year or a year (`portal.core.periods`). What is not in
the calendar is no date. Without an era, a year of two or three digits is an ROC year if it lies between 80 (1991) and
150 (2061): with others people mean a number of years, a telephone number or a share.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from portal.core.periods import DAY, HALF_YEAR, MONTH, PERIOD, QUARTER, ROC_OFFSET, YEAR, PeriodError, parse_period

#: Where a date stands in folded text, and its code.
Found = tuple[int, int, str]

#: ROC years that are taken for years without an era, and Gregorian ones.
_ROC, _GREGORIAN = range(80, 151), range(1000, 3000)
#: Months and years that a record's dates may touch before those in the middle are left out.
_MOST_MONTHS, _MOST_YEARS = 36, 50

_ERA = re.compile("(?:中華(?=民國))?(民國|西元|公元) {0,2}$")
_CHINESE_NUMBER = dict(zip("上下一二三四", (1, 2, 1, 2, 3, 4), strict=True))
_NUMBER = "[0-9]{1,2}"
_GAP = " {0,2}"
_AND = f"{_GAP}[-~—至到及、與和,]{_GAP}"
#: 111年, 111年3月, 111年3月17日, 111年3月24-25日, 111年1-6月, 111年上半年, 111年第2季.
_CHINESE = re.compile(
    f"([0-9元][0-9]{{0,3}}){_GAP}年度?(?:"
    f"{_GAP}(?:(?P<from_month>{_NUMBER}){_AND})?(?P<month>{_NUMBER}){_GAP}月"
    f"(?:{_GAP}(?:(?P<from_day>{_NUMBER}){_AND})?(?P<day>{_NUMBER}){_GAP}[日號])?"
    f"|{_GAP}(?P<half>[上下])半年"
    f"|{_GAP}第?{_GAP}(?P<quarter>[1-4一二三四]){_GAP}季)?"
)
#: What may follow a Chinese date: another month or day of the same year or month.
_CHINESE_NEXT = re.compile(f"{_AND}(?:(?P<month>{_NUMBER}){_GAP}月)?(?:{_GAP}(?P<day>{_NUMBER}){_GAP}[日號])?")
#: 2022-03-17, 2022/3/17, 111.3.17, 2022-03, 111/3.
_NUMERIC = re.compile(r"([0-9]{2,4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
#: 2022-H1, 2022Q2, 111 Q2.
_CODE = re.compile(r"([0-9]{3,4})[- ]?([hq][1-4])(?![0-9a-z])")
_ERA_YEAR = re.compile(r"(?:民國|西元|公元) {0,2}([0-9]{1,4})(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_TO = f"{_GAP}(?:[-~—,&]|to|and|until|through){_GAP}"
_ENGLISH_YEAR = re.compile(r"[0-9]{4}(?![0-9a-z])")
#: What stands before an English year: 17 March, 17-20 March, 1 February to 30 June, March 17, March, the first half of.
_BEFORE_YEAR = re.compile(
    "(?<![a-z0-9])(?:"
    f"(?:(?P<from_day>{_DAY})(?: (?:of )?(?P<from_month>{_MONTH}))?{_TO})?(?P<day>{_DAY}) (?:of )?(?P<month>{_MONTH})"
    f"|(?P<us_month>{_MONTH}) (?P<us_day>{_DAY})(?:{_TO}(?P<us_to>{_DAY}))?"
    f"|(?P<only_month>{_MONTH})"
    "|(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) (?P<part>half|quarter)"
    "|(?P<code>[hq][1-4])"
    f")(?:,|,?{_GAP}(?:(?:of|in) )?(?:the year )?)$"
)
#: Characters before a year in which an English date begins.
_LOOK_BACK = 48
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def find_dates(text: str) -> list[Found]:
    """The dates of a folded text, in order, none within another."""
    found = [*_chinese(text), *_numeric(text), *_codes(text), *_era_years(text), *_english(text)]
    kept: list[Found] = []
    for start, end, code in sorted(found, key=lambda each: (each[0], -each[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, code))
    return kept


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
        if precision not in (YEAR,):
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
def _code(year: int, month: int = 0, day: int = 0, *, quarter: int = 0, half: int = 0) -> str | None:
    """The code of a period, if it is one."""
    if year not in _GREGORIAN:
        return None
    code = f"{year:04d}"
    if quarter or half:
        code += f"-Q{quarter}" if quarter else f"-H{half}"
    elif month:
        code += f"-{month:02d}-{day:02d}" if day else f"-{month:02d}"
    try:
        return parse_period(code).code
    except PeriodError:
        return None


def _year(text: str, start: int, digits: str, *, certain: bool = False) -> tuple[int, int]:
    """Where a year begins, its era included, and which Gregorian year it is; 0 for none. ``certain``: what follows
    leaves no doubt that an ROC year is meant, so that any of two or three digits is.
    """
    if start and (text[start - 1].isascii() and text[start - 1].isalnum()):
        return start, 0
    if start > 1 and text[start - 1] in ".," and text[start - 2].isdecimal():
        return start, 0
    era = _ERA.search(text, max(0, start - 6), start)
    number = 1 if digits == "元" else int(digits) if digits.isdecimal() else 0
    if era:
        roc = era[1] == "民國"
        right = number and (len(digits) < 4 if roc else len(digits) == 4)
        return era.start(), number + ROC_OFFSET * roc if right else 0
    if len(digits) == 4:
        return start, number
    roc = number in _ROC or (certain and len(digits) > 1)
    return start, number + ROC_OFFSET if roc and digits != "元" else 0


def _chinese(text: str) -> Iterator[Found]:
    if "年" not in text:
        return
    for match in _CHINESE.finditer(text):
        month, day = int(match["month"] or 0), int(match["day"] or 0)
        start, year = _year(text, match.start(), match[1], certain=bool(month))
        part = match["half"] or match["quarter"]
        if part:
            number = _CHINESE_NUMBER.get(part) or int(part)
            code = _code(year, half=number) if match["half"] else _code(year, quarter=number)
        else:
            code = _code(year, month, day)
        if code is None:
            continue
        end = match.end()
        first_month, first_day = int(match["from_month"] or 0), int(match["from_day"] or 0)
        opening = None
        if first_month and not day:
            opening, at = _code(year, first_month), match.start("month")
        elif first_day and not first_month:
            opening, at = _code(year, month, first_day), match.start("day")
        elif first_month or first_day:
            continue
        if opening:
            yield start, match.end("from_month" if first_month else "from_day"), opening
            start = at
        yield start, end, code
        if month:
            yield from _chinese_next(text, end, year, month, bool(day))


def _chinese_next(text: str, end: int, year: int, month: int, days: bool) -> Iterator[Found]:
    """The months and days after a Chinese date that share its year or month: 111年6月9日至10日."""
    while match := _CHINESE_NEXT.match(text, end):
        if not match["month"] and not (match["day"] and days):
            return
        month = int(match["month"] or month)
        code = _code(year, month, int(match["day"] or 0))
        if code is None:
            return
        end = match.end()
        yield match.start("month" if match["month"] else "day"), end, code


def _numeric(text: str) -> Iterator[Found]:
    for match in _NUMERIC.finditer(text):
        digits, separator, month, day = match.groups()
        start, end = match.span()
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        if before[-1:] == separator and before[:1].isdecimal() or before[-1:].isdecimal():
            continue
        if after[:1].isdecimal() or (after[:1] in (separator, ".", ",") and after[1:].isdecimal()):
            continue
        if not day and (separator == "." or (separator == "-" and len(month) != 2)):
            continue
        start, year = _year(text, start, digits)
        if code := _code(year, int(month), int(day or 0)) if int(month) and (day is None or int(day)) else None:
            yield start, end, code


def _codes(text: str) -> Iterator[Found]:
    for match in _CODE.finditer(text):
        start, year = _year(text, match.start(), match[1])
        if code := _part(year, match[2]):
            yield start, match.end(), code


def _part(year: int, part: str) -> str | None:
    number = int(part[1])
    return _code(year, half=number) if part[0] == "h" else _code(year, quarter=number)


def _era_years(text: str) -> Iterator[Found]:
    if "民國" in text or "元" in text:
        for match in _ERA_YEAR.finditer(text):
            start, year = _year(text, match.start(1), match[1])
            if code := _code(year):
                yield start, match.end(), code


def _english(text: str) -> Iterator[Found]:
    for match in _ENGLISH_YEAR.finditer(text):
        end = match.start()
        if end < 3 or text[end - 1] not in " ,":
            continue
        year = int(match[0])
        before = _BEFORE_YEAR.search(text[max(0, end - _LOOK_BACK) : end])
        if before:
            shift = max(0, end - _LOOK_BACK)
            for start, stop, code in _english_codes(before, year):
                if code:
                    yield shift + start, match.end() if stop < 0 else shift + stop, code


def _english_codes(match: re.Match[str], year: int) -> Iterator[tuple[int, int, str | None]]:
    """Starts, ends and codes of what was matched before a year; an end of −1 is that of the year."""
    if match["day"]:
        month, day = _month(match["month"]), _day(match["day"])
        if match["from_day"]:
            first_month = _month(match["from_month"]) if match["from_month"] else month
            yield (
                match.start(),
                match.end("from_month" if match["from_month"] else "from_day"),
                _code(year, first_month, _day(match["from_day"])),
            )
        yield match.start("day"), -1, _code(year, month, day)
    elif match["us_month"]:
        month = _month(match["us_month"])
        first = _code(year, month, _day(match["us_day"]))
        if match["us_to"]:
            yield match.start(), match.end("us_day"), first
            yield match.start("us_to"), -1, _code(year, month, _day(match["us_to"]))
        else:
            yield match.start(), -1, first
    elif match["only_month"]:
        yield match.start(), -1, _code(year, _month(match["only_month"]))
    elif match["ordinal"]:
        number = _ORDINALS[match["ordinal"]]
        code = _code(year, half=number) if match["part"] == "half" else _code(year, quarter=number)
        yield match.start(), -1, code
    else:
        yield match.start(), -1, _part(year, match["code"])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _day(typed: str) -> int:
    return int(typed.rstrip("stndrh"))
