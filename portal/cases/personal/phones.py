"""Telephone numbers in the one form that they are compared in."""

import re

from portal.cases.plain_text import plain

_EXTENSION = re.compile(r"\s*(?:#|,|;|轉|分機|EXT\.?|X).*$", re.DOTALL)
_MARKS = re.compile(r"[ \-.()/]")
_ABROAD = re.compile(r"^(?:00[2-9]|00)(?=886)")
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")


def normalised(written: str) -> str:
    """The number with its country (E.164: ``+886912345678``); one that begins with 0 is Taiwan's. Extensions are left
    out. Raises ValueError for what is no number, and for a number without its area code, since the area is not known.
    """
    digits = _MARKS.sub("", _EXTENSION.sub("", plain(written)))
    digits = _ABROAD.sub("+", digits)
    if re.match("0[1-9]", digits):
        digits = f"+886{digits[1:]}"
    digits = re.sub(r"^\+8860", "+886", digits)
    if not _E164.fullmatch(digits):
        raise ValueError("not a telephone number with its area code")
    return digits
