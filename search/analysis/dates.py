"""Dates in folded text: as ISO writes them, in ROC years, in Chinese and in English.

A date is found as the code of a day, a month, a quarter, a half-year or a year (`calendar`). What is in no calendar is
no date. Without an era, a year of two or three digits is an ROC year if it lies between 80 (1991) and 150 (2061): with
others people mean a number of years, a telephone number or a share.
"""

import re
from collections.abc import Collection, Iterator

from portal.core.periods import ROC_OFFSET
from search.analysis.calendar import code_of
from search.analysis.letters import is_letter

#: Where a date stands in folded text, and its code.
Found = tuple[int, int, str]

#: ROC years that are taken for years without an era.
_ROC = range(80, 151)
_DIGITS = re.compile("[0-9]+")
#: Eras and the year before their first. Texts on Japanese cities quote years as they are counted there.
_ERAS = {"民國": ROC_OFFSET, "西元": 0, "公元": 0, "令和": 2018, "平成": 1988, "昭和": 1925}
_ERA = re.compile(rf"(?:中華(?=民國))?({'|'.join(_ERAS)}) {{0,2}}\Z")
#: What an era ends with, spaces included.
_ERA_ENDS = frozenset(era[-1] for era in (*_ERAS, " "))
#: What the digits of a year go on with, where they are those of a date.
_CONTINUED = frozenset("-/.hq")
#: Characters in which an era and the spaces after it end before a year.
_ERA_LENGTH = 6
_CHINESE_NUMBER = dict(zip("一二三四", "1234", strict=True))
_NUMBER = "[0-9]{1,2}"
_GAP = " {0,2}"
_AND = f"{_GAP}[-~—至到及、與和,]{_GAP}"
#: 111年, 111年3月, 111年3月17日, 111年3月24-25日, 111年1-6月, 111年上半年, 111年第2季.
_CHINESE = re.compile(
    f"([0-9]{{1,4}}|元){_GAP}年度?(?:"
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
_CODE = re.compile("([0-9]{3,4})[- ]?([hq][1-4])(?![0-9'])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_TO = f"{_GAP}(?:[-~—,&]|to|and|until|through){_GAP}"
#: What stands before an English year: 17 March, 17-20 March, 1 February to 30 June, March 17, March, the first half of.
_BEFORE_YEAR = re.compile(
    "(?<![a-z0-9'/-])(?:"
    f"(?:(?P<from_day>{_DAY})(?: (?:of )?(?P<from_month>{_MONTH}))?{_TO})?(?P<day>{_DAY}) (?:of )?(?P<month>{_MONTH})"
    f"|(?P<us_month>{_MONTH}) (?P<us_day>{_DAY})(?:{_TO}(?P<us_to>{_DAY}))?"
    f"|(?P<only_month>{_MONTH})"
    "|(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) (?P<part>half|quarter)"
    "|(?P<code>[hq][1-4])"
    rf")(?:,|,?{_GAP}(?:(?:of|in) )?(?:the year )?)\Z"
)
#: The last word of that, for a first look.
_LAST_BEFORE_YEAR = re.compile(
    rf"(?:{_MONTH}|half|quarter|[hq][1-4]|(?<![0-9]){_DAY})(?:,|,?{_GAP}(?:(?:of|in) )?(?:the year )?)\Z"
)
#: Characters before a year in which an English date, and its last word, begin.
_LOOK_BACK, _LAST_WORD = 48, 24
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def find_dates(text: str, years: Collection[int] | None = None) -> list[Found]:
    """The dates of a folded text, in order, none within another; with ``years``, those that these Gregorian years
    stand in.
    """
    found: list[Found] = []
    done = 0
    for start, end in _numbers(text) if years is None else _years(text, years):
        if start >= done and end - start <= 4 and (here := _at(text, start, end)):
            found += here
            done = here[-1][1]
    if "元年" in text:
        for match in re.finditer("元年", text):
            found += _chinese(text, match.start())
    kept: list[Found] = []
    for each in sorted(found):
        if not kept or each[0] >= kept[-1][1]:
            kept.append(each)
    return kept if years is None else [each for each in kept if int(each[2][:4]) in years]


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _DIGITS.finditer(text))


def _years(text: str, years: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where the digits of these years stand, in any calendar that the text can be in, in order."""
    eras = {offset for era, offset in _ERAS.items() if offset in (0, ROC_OFFSET) or era in text}
    digits = {str(year - offset) for year in years for offset in eras if year > offset}
    found: list[tuple[int, int]] = []
    for each in digits:
        start = text.find(each)
        while start >= 0:
            end = start + len(each)
            if not (text[start - 1 : start].isdecimal() or text[end : end + 1].isdecimal()):
                found.append((start, end))
            start = text.find(each, end)
    return iter(sorted(found))


def _at(text: str, start: int, end: int) -> list[Found]:
    """The dates whose first year is the digits from ``start`` to ``end``."""
    after = text[end : end + 1]
    if after == " ":
        after = text[end : end + 3].lstrip(" ")[:1]
    found: list[Found] = []
    if after == "年":
        found = _chinese(text, start)
    elif after in _CONTINUED:
        found = _code(text, start) or _numeric(text, start)
    if not found and start:
        before = text[start - 1]
        if end - start == 4 and before in " ,":
            found = _english(text, start, end)
        if not found and before in _ERA_ENDS:
            first, year = _year(text, start, text[start:end])
            if first < start and (code := code_of(year)):
                found = [(first, end, code)]
    return found


def _year(text: str, start: int, digits: str, fewest: int = 4) -> tuple[int, int]:
    """Where a year begins, its era included, and which Gregorian year it is; 0 for none. Where what follows leaves no
    doubt that a year is meant, any number of ``fewest`` digits or more is an ROC year.
    """
    before = text[start - 1] if start else ""
    if (
        before.isdecimal()
        or (start and is_letter(before))
        or (before in (".", ",") and text[start - 2 : start - 1].isdecimal())
    ):
        return start, 0
    era = _ERA.search(text, max(0, start - _ERA_LENGTH), start) if before in _ERA_ENDS else None
    number = int(digits) if digits.isdecimal() else int(era is not None)
    if era:
        right = number and (len(digits) == 4) is (_ERAS[era[1]] == 0)
        return era.start(), number + _ERAS[era[1]] if right else 0
    if len(digits) == 4:
        return start, number
    roc = number in _ROC or (number and len(digits) >= fewest)
    return start, number + ROC_OFFSET if roc else 0


def _chinese(text: str, at: int) -> list[Found]:
    match = _CHINESE.match(text, at)
    if match is None:
        return []
    digits, from_month, in_month, from_day, on_day, half, quarter = match.groups()
    month, day = _number(in_month), _number(on_day)
    start, year = _year(text, at, digits, 1 if day else 2 if month else 4)
    code = code_of(year, month, day, _part(half, quarter))
    if code is None:
        return []
    found: list[Found] = []
    if from_month and day is None:
        if first := code_of(year, _number(from_month)):
            found.append((start, match.end("from_month"), first))
        start = match.start("month")
    elif from_day and not from_month:
        if first := code_of(year, month, _number(from_day)):
            found.append((start, match.end("from_day"), first))
        start = match.start("day")
    found.append((start, match.end(), code))
    if month is not None:
        found += _chinese_next(text, match.end(), year, month, days=day is not None)
    return found


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _part(half: str | None, quarter: str | None) -> str | None:
    """The name of a half-year or quarter that is written 上, 下, a number or a Chinese number."""
    if half:
        return f"H{'上下'.index(half) + 1}"
    return f"Q{_CHINESE_NUMBER.get(quarter, quarter)}" if quarter else None


def _chinese_next(text: str, end: int, year: int, month: int, *, days: bool) -> Iterator[Found]:
    """The months and days after a Chinese date that share its year or month: 111年6月9日至10日."""
    while match := _CHINESE_NEXT.match(text, end):
        if not match["month"] and not (match["day"] and days):
            return
        month = int(match["month"] or month)
        code = code_of(year, month, _number(match["day"]))
        if code is None:
            return
        end = match.end()
        yield match.start("month" if match["month"] else "day"), end, code


def _numeric(text: str, at: int) -> list[Found]:
    match = _NUMERIC.match(text, at)
    if match is None:
        return []
    digits, separator, month, day = match.groups()
    end = match.end()
    before, after = text[max(0, at - 2) : at], text[end : end + 2]
    if before[-1:] == separator and before[:1].isdecimal():
        return []
    if after[:1].isdecimal() or (after[:1] in (separator, ".", ",") and after[1:].isdecimal()):
        return []
    # 111.5 is a decimal, 110-5 a range.
    if not day and (separator == "." or (separator == "-" and len(month) != 2)):
        return []
    start, year = _year(text, at, digits)
    code = code_of(year, int(month), _number(day))
    return [(start, end, code)] if code else []


def _code(text: str, at: int) -> list[Found]:
    match = _CODE.match(text, at)
    if match is None or is_letter(text, match.end()):
        return []
    start, year = _year(text, at, match[1])
    code = code_of(year, None, None, match[2].upper())
    return [(start, match.end(), code)] if code else []


def _english(text: str, at: int, end: int) -> list[Found]:
    """The dates that end with an English year, which stands from ``at`` to ``end``."""
    if is_letter(text, end) or not _LAST_BEFORE_YEAR.search(text, max(0, at - _LAST_WORD), at):
        return []
    match = _BEFORE_YEAR.search(text, max(0, at - _LOOK_BACK), at)
    if match is None or (match.start() and is_letter(text, match.start() - 1)):
        return []
    return [each for each in _english_dates(match, int(text[at:end]), end) if each[2]]


def _english_dates(match: re.Match[str], year: int, end: int) -> Iterator[Found]:
    """The dates of what stands before a year that ends at ``end``; the code is empty where there is none."""

    def day(typed: str, month: str) -> str:
        return code_of(year, _month(month), int(typed.rstrip("stndrh"))) or ""

    if match["day"]:
        if match["from_day"]:
            last = match.end("from_month" if match["from_month"] else "from_day")
            yield match.start(), last, day(match["from_day"], match["from_month"] or match["month"])
        yield match.start("day"), end, day(match["day"], match["month"])
    elif match["us_month"]:
        last = match.end("us_day") if match["us_to"] else end
        yield match.start(), last, day(match["us_day"], match["us_month"])
        if match["us_to"]:
            yield match.start("us_to"), end, day(match["us_to"], match["us_month"])
    elif match["only_month"]:
        yield match.start(), end, code_of(year, _month(match["only_month"])) or ""
    elif match["ordinal"]:
        part = f"{match['part'][0].upper()}{_ORDINALS[match['ordinal']]}"
        yield match.start(), end, code_of(year, None, None, part) or ""
    else:
        yield match.start(), end, code_of(year, None, None, match["code"].upper()) or ""


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
