"""Rounding of exact quotients to a number of decimal places."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

_HALF = Fraction(1, 2)


#: How a magnitude (not negative) becomes whole: 四捨五入, 四捨六入五成雙, 無條件捨去, 無條件進位.
_WHOLE: dict[str, Callable[[Fraction], int]] = {
    "half-up": lambda magnitude: math.floor(magnitude + _HALF),
    "half-even": round,
    "down": math.floor,
    "up": math.ceil,
}
#: The ways of rounding.
ROUNDINGS = tuple(_WHOLE)
HALF_UP = ROUNDINGS[0]


def rounded(number: Fraction, places: int, rounding: str) -> Decimal:
    """A number with exactly so many decimal places; negative numbers as their magnitudes are."""
    whole = _WHOLE[rounding](abs(number) * 10**places)
    return Decimal((int(number < 0 and whole > 0), tuple(map(int, str(whole))), -places))


def places_of(value: str) -> int:
    """How many decimal places a decimal text has."""
    return len(value.partition(".")[2])
