"""The places of reply templates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.placeholders import PLACEHOLDERS, filled, unknown


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("案件 {reference} 請於 {deadline} 前答復", []),
        ("{ref} {deadline} {ref} {name}", ["ref", "name"]),
        ("a { b } c", [" b "]),
        ("{", []),
        ("}{", []),
        ("{}", [""]),
        ("{reference", []),
        ("{reference\n}", []),
    ],
)
def test_what_nothing_fills_is_found(text, wrong):
    assert unknown(text) == wrong


def test_what_is_filled_in_is_not_looked_at_again():
    assert filled("{reference} {today}", {"reference": "{today}", "today": "x"}) == "{today} x"


@given(st.text())
def test_text_without_known_places_stays(text):
    if not any(f"{{{name}}}" in text for name in PLACEHOLDERS):
        assert filled(text, dict.fromkeys(PLACEHOLDERS, "x")) == text
