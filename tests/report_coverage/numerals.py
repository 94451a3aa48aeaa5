"""Find every numeral in a text, with its place, its kind and its value.

The same finder reads the report and the Chinese texts of the records, so that a date in a record is read as a
date and never proves a count.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from .exceptions import idiom_spans, name_spans, section_number_spans

PartialDate = tuple[int | None, int | None, int | None]

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "兩": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"萬": 10**4, "億": 10**8}

_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_NUMERAL = re.compile(
    r"(?P<dotted>(?<![\d.,])\d{2,3}\.\d{1,2}\.\d{1,2}(?![\d.]))"
    r"|(?P<arabic>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<han>[〇零一二兩三四五六七八九十百千萬億]+)"
)
_DATE_LINK = re.compile(r"[年月日]?(?:至|到|及|與|和|、|~|～|-|–|—)")
_PHOTO_LIST = re.compile(r"照片\s*\d+(?:、\d+)*")


@dataclass(frozen=True)
class Numeral:
    """One numeral: where it stands, what kind of value it is, and the value.

    ``kind`` is ``number``, ``year``, ``month``, ``day``, ``date`` (a dotted ROC date), ``photo`` (its number
    in the report), ``name`` (the numeral belongs to a name) or ``excused``. ``values`` holds two numbers
    where a myriad follows (8,798.1萬 is 8798.1 in units of 萬, and 87981000).
    """

    start: int
    end: int
    text: str
    kind: str
    values: frozenset[Decimal] = frozenset()
    date: PartialDate | None = None
    label: str = ""


def find_numerals(text: str, *, sections: bool = True) -> list[Numeral]:
    """All numerals of ``text`` in order. ``sections=False``: the text has no numbered headings."""
    text = text.translate(_HALF_WIDTH)
    excused = idiom_spans(text) + (section_number_spans(text) if sections else [])
    names = name_spans(text)
    photos = [(m.start(), m.end(), "") for m in _PHOTO_LIST.finditer(text)]
    section_ends = {end for _, end, _ in excused}
    found: list[Numeral] = []
    position = 0
    while match := _NUMERAL.search(text, position):
        start, end = match.span()
        # 「2.111年4月」: the number of the item ends at its full stop, not where the decimal would.
        inner = [stop for stop in section_ends if start < stop < end]
        if inner and (match["arabic"] or match["dotted"]):
            end = min(inner) - len(".")
        position = end
        word = text[start:end]
        if match["han"] and _is_multiplier(text, start, word):
            continue
        if label := _containing(excused, start, end):
            found.append(Numeral(start, end, word, "excused", label=label))
        elif label := _containing(names, start, end):
            found.append(Numeral(start, end, word, "name", label=label))
        else:
            in_photo_list = _containing(photos, start, end) is not None
            found.append(_classify(text, start, end, bool(match["dotted"]), in_photo_list, found))
    return found


def parse_number(word: str) -> Decimal | None:
    """The value of an Arabic or Chinese number word, or None if it is neither."""
    if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", word):
        return Decimal(word.replace(",", ""))
    if not word or any(ch not in _DIGITS and ch not in _POWERS and ch not in _MYRIADS for ch in word):
        return None
    if all(ch in _DIGITS for ch in word):
        return Decimal("".join(str(_DIGITS[ch]) for ch in word))
    total = section = digit = 0
    for ch in word:
        if ch in _DIGITS:
            digit = _DIGITS[ch]
        elif ch in _POWERS:
            section += (digit or 1) * _POWERS[ch]
            digit = 0
        else:
            total += (section + digit or 1) * _MYRIADS[ch]
            section = digit = 0
    return Decimal(total + section + digit)


def western_year(year: int) -> int:
    """The year in the common era: numbers under 1000 are ROC years."""
    return year + 1911 if year < 1000 else year


def _is_multiplier(text: str, start: int, word: str) -> bool:
    """萬 or 億 after Arabic figures scales them and is no numeral of its own."""
    return word in _MYRIADS and start > 0 and text[start - 1].isdecimal()


def _containing(spans: list[tuple[int, int, str]], start: int, end: int) -> str | None:
    return next((label for low, high, label in spans if low <= start and end <= high), None)


def _classify(text: str, start: int, end: int, dotted: bool, in_photo_list: bool, found: list[Numeral]) -> Numeral:
    word = text[start:end]
    if dotted:
        year, month, day = (int(part) for part in word.split("."))
        return Numeral(start, end, word, "date", date=(western_year(year), month, day))
    value = parse_number(word)
    assert value is not None, word
    if in_photo_list:
        return Numeral(start, end, word, "photo", frozenset({value}))
    kind = _date_part(text, end, value)
    if kind is None:
        values = {value}
        if end < len(text) and text[end] in _MYRIADS:
            values.add(value * _MYRIADS[text[end]])
        return Numeral(start, end, word, "number", frozenset(values))
    return Numeral(start, end, word, kind, frozenset({value}), _date(text, start, kind, int(value), found))


def _date_part(text: str, end: int, value: Decimal) -> str | None:
    """Which part of a date the number is, by the sign after it; counts of years (5周年, 3年) are numbers."""
    if value != value.to_integral_value():
        return None
    rest = text[end : end + 8]
    if re.match(r"(?:至\d+)?年", rest) and (50 <= value < 200 or 1900 <= value < 2200):
        return "year"
    if re.match(r"月", rest) and 1 <= value <= 12:
        return "month"
    if re.match(r"日", rest) and not rest.startswith("日本") and 1 <= value <= 31:
        return "day"
    return None


def _date(text: str, start: int, kind: str, value: int, found: list[Numeral]) -> PartialDate:
    """The date as far as the phrase says it: 「111年6月9日至10日」 gives the 10th its month and its year."""
    before: PartialDate = (None, None, None)
    if found and found[-1].date is not None:
        between = text[found[-1].end : start]
        if between in ("年", "月") or _DATE_LINK.fullmatch(between):
            before = found[-1].date
    if kind == "year":
        return (western_year(value), None, None)
    if kind == "month":
        return (before[0], value, None)
    return (before[0], before[1], value)
