"""What the checker knows about words: the few numerals that are no values, and names that hold a numeral.

``IDIOMS`` are words in which a numeral counts nothing. Each one is listed with its reason, is excused
wherever it stands in the report, and gives no value when it stands in a record's text: 「進一步」 there does
not prove 「書籍一批」. ``NAMES`` are not excused: a record must hold the whole name, and the numeral inside
it is no number.
"""

import re

IDIOMS: dict[str, str] = {
    "一般": "adverb or adjective, 'general' (一般性補助款)",
    "一同": "adverb, 'together'",
    "之一": "'one of', names a member of a group and counts nothing",
    "統一": "verb, 'to unify'",
    "進一步": "adverb, 'further'",
    "一系列": "'a series of', no count",
    "萬事如意": "closing wish, 'may everything go well'",
    "單位:萬元": "unit of the table; the values below it carry the number",
}

NAMES: dict[str, str] = {
    "COVID-19": "name of the disease",
    "N95": "class of mask",
    "KPSN2": "short name of the personnel system",
    "四維": "name of the road and of the administration centre",
    "八王子": "name of the city",
    "南六": "name of the company",
    "大西一史": "name of a person",
    "小野一彥": "name of a person",
}

SECTION_NUMBER = re.compile(
    r"^[ \u3000]*(?:"
    r"(?P<part>[壹貳參肆伍陸柒捌玖拾]+)、"
    r"|(?P<chapter>[一二三四五六七八九十]+)、"
    r"|[(（](?P<section>[一二三四五六七八九十]+)[)）]"
    r"|(?P<item>\d{1,2})\.(?=\D|\d+年)"
    r")",
    re.MULTILINE,
)
"""Numbers of sections at the start of a line: they order the text and state nothing.

The item's number may touch a year (「2.111年4月」); the look-ahead keeps it from being read as a decimal.
"""


def idiom_spans(text: str) -> list[tuple[int, int, str]]:
    """All places where an idiom stands, as (start, end, reason)."""
    return _spans(text, IDIOMS)


def name_spans(text: str) -> list[tuple[int, int, str]]:
    """All places where a name with a numeral in it stands, as (start, end, name)."""
    return _spans(text, {name: name for name in NAMES})


def section_number_spans(text: str) -> list[tuple[int, int, str]]:
    """The numbers that open headings and items, as (start, end, reason)."""
    return [(m.start(), m.end(), "number of a section") for m in SECTION_NUMBER.finditer(text)]


def _spans(text: str, phrases: dict[str, str]) -> list[tuple[int, int, str]]:
    return [
        (match.start(), match.end(), label)
        for phrase, label in phrases.items()
        for match in re.finditer(re.escape(phrase), text)
    ]
