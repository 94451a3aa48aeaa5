"""Rounding of exact quotients."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.rounding import ROUNDINGS, places_of, rounded

_DECIMALS = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}


@pytest.mark.parametrize(
    ("number", "places", "rounding", "text"),
    [
        ("233100/8462", 2, "half-up", "27.55"),
        ("101800/3462", 2, "half-up", "29.40"),
        ("1/8", 2, "half-up", "0.13"),
        ("1/8", 2, "half-even", "0.12"),
        ("1/8", 2, "down", "0.12"),
        ("1001/1000", 2, "up", "1.01"),
        ("-1/8", 2, "half-up", "-0.13"),
        ("-1/1000", 2, "half-up", "0.00"),
        ("5/2", 0, "half-up", "3"),
    ],
)
def test_ways_of_rounding(number: str, places: int, rounding: str, text: str):
    assert str(rounded(Fraction(number), places, rounding)) == text


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=12),
    st.integers(0, 10),
    st.sampled_from(ROUNDINGS),
)
def test_as_decimals_are_rounded(number: Decimal, places: int, rounding: str):
    with localcontext(prec=60):
        wanted = number.quantize(Decimal(1).scaleb(-places), rounding=_DECIMALS[rounding])
    result = rounded(Fraction(number), places, rounding)
    assert result == wanted
    assert places_of(f"{result:f}") == places
