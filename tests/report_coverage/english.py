"""Read the numbers and dates of an English text."""

import re
from decimal import Decimal

from .exceptions import NAMES
from .numerals import PartialDate, western_year

_CARDINALS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
_WORDS = {word: n for words in (_CARDINALS, _ORDINALS) for n, word in enumerate(words, 1)} | {"both": 2}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAYS = r"\d{1,2}(?:\s*(?:–|-|,|and|to)\s*\d{1,2})*"
_DATE = re.compile(
    rf"(?:\b(?P<before>{_DAYS})\s+)?\b(?P<month>{_MONTH})\b(?:\s+(?P<after>{_DAYS})(?!\d))?(?:,?\s+(?P<year>\d{{4}})\b)?"
)
_ROC = re.compile(r"\bROC (?:year )?(\d{2,3})\b")
_NUMBER = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th)?(?!\w)(?:\s(million|billion))?"
)
_SCALES = {"million": 10**6, "billion": 10**9}


def read_english(text: str) -> tuple[set[Decimal], set[PartialDate]]:
    """The numbers and the dates in ``text``; the numbers of days within dates are not numbers besides."""
    for name in NAMES:
        text = text.replace(name, " ")
    dates: set[PartialDate] = set()
    numbers: set[Decimal] = set()

    def take_date(match: re.Match[str]) -> str:
        year = int(match["year"]) if match["year"] else None
        month = _MONTHS.index(match["month"]) + 1
        days = re.findall(r"\d+", match["before"] or match["after"] or "")
        dates.update((year, month, int(day)) for day in days)
        dates.add((year, month, None))
        return " "

    def take_roc(match: re.Match[str]) -> str:
        dates.add((western_year(int(match[1])), None, None))
        return " "

    text = _ROC.sub(take_roc, _DATE.sub(take_date, text))
    for match in _NUMBER.finditer(text):
        value = Decimal(match[1].replace(",", ""))
        numbers.add(value)
        if match[2]:
            numbers.add(value * _SCALES[match[2]])
        if re.fullmatch(r"(?:19|20)\d\d", match[1]):
            dates.add((int(match[1]), None, None))
    numbers.update(Decimal(_WORDS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS)
    return numbers, dates
