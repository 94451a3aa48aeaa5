"""What a spreadsheet's cell says as text: exactly what it holds and shows, or why it cannot be taken."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Formats of plain numbers, with or without thousands separators.
_PLAIN_FORMAT = re.compile(r"(?:#,##)?0(?:\.(?P<places>0+))?")
#: What a format shows besides numbers: space of a character's width, escaped characters, colours and conditions.
_BESIDE = re.compile(r"_.|\\.|\*.|\[[^\]]*\]|\"[^\"]*\"")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class CellRefused(ValueError):
    """A cell that cannot be taken as it is. ``str()`` gives the reason in the active language, without the place."""

    def __init__(self, message: Promise | str, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params


def number_text(value: int | float, number_format: str) -> str:
    """The digits of a number, with as many decimal places as its format shows.

    A float is the shortest decimal number that stands for it, as spreadsheets have it. Percentages keep their sign.
    Raises `CellRefused` where the format rounds away what the cell holds.
    """
    exact = Decimal(repr(value))
    main = _BESIDE.sub("", number_format.partition(";")[0]).strip()
    if main.endswith("%"):
        return f"{plain(exact * 100)}%"
    plain_format = _PLAIN_FORMAT.fullmatch(main)
    if plain_format is None:
        return plain(exact)
    places = len(plain_format["places"] or "")
    shown = f"{exact:.{places}f}"
    return agreed(exact, shown)


def agreed(exact: Decimal, shown: str) -> str:
    """The text that a number is shown as, if that is exactly what it is."""
    if Decimal(shown) != exact:
        message = _("it holds %(exact)s but shows %(shown)s. Round the value, or show all its decimal places")
        raise CellRefused(message, exact=plain(exact), shown=shown)
    return shown


def shown_number(exact: Decimal, shown: str) -> str:
    """The same for a number of which only the text on the screen is known: thousands separators are left out, and what
    is no plain number is passed over.
    """
    digits = shown.replace(",", "").replace("\u2212", "-").strip()
    return agreed(exact, digits) if _PLAIN_NUMBER.fullmatch(digits) else plain(exact)


def plain(number: Decimal) -> str:
    """A number's digits without an exponent, and without the zeros that a float's text ends with."""
    whole = number.to_integral_value()
    return f"{whole:f}" if whole == number else f"{number.normalize():f}"


def date_text(value: date | time, number_format: str) -> str:
    """A date as the code of the day, month or year that its format shows. Raises `CellRefused` for times, and where the
    format hides a part of the date.
    """
    if isinstance(value, datetime):
        if value.time() != time():
            raise CellRefused(_("it holds a time"))
        value = value.date()
    if not isinstance(value, date):
        raise CellRefused(_("it holds a time"))
    letters = _BESIDE.sub("", number_format).casefold()
    if "d" in letters or "m" not in letters and "y" not in letters and "e" not in letters:
        return value.isoformat()
    if "m" in letters and value.day == 1:
        return f"{value:%Y-%m}"
    if "m" not in letters and (value.month, value.day) == (1, 1):
        return f"{value:%Y}"
    raise CellRefused(_("it holds the day %(day)s but does not show all of it"), day=value.isoformat())
