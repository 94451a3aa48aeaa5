"""What a reader types, taken apart: words, phrases and what is to be left out; nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.syntax import Typed, parts


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("釜山 市長", [Typed("釜山 市長")]),
        ("17 March 2022", [Typed("17 March 2022")]),
        ("釜山 -展覽", [Typed("釜山"), Typed("展覽", without=True)]),
        ("－展覽 釜山", [Typed("展覽", without=True), Typed("釜山")]),
        ('"sister city" Busan', [Typed("sister city", phrase=True), Typed("Busan")]),
        ('Busan -"sister city"', [Typed("Busan"), Typed("sister city", phrase=True, without=True)]),
        ("“城市”展", [Typed("城市", phrase=True), Typed("展")]),
        ('"never closed', [Typed("never closed", phrase=True)]),
        ('a "" b', [Typed("a b")]),
        ("111-06-09", [Typed("111-06-09")]),
        ("KPSN-2", [Typed("KPSN-2")]),
        ("- x", [Typed("- x")]),
        ("   ", []),
    ],
)
def test_parts(query, expected):
    assert parts(query) == expected


@given(st.text(max_size=200))
def test_any_text_has_parts(query):
    found = parts(query)
    assert all(part.text and part.text.strip() == part.text or not part.phrase for part in found)
    for before, after in zip(found, found[1:], strict=False):
        assert before.phrase or before.without or after.phrase or after.without
