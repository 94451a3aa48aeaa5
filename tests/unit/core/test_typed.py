"""Texts as people type and paste them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from portal.core.typed import one_line


def test_control_characters_become_spaces():
    assert one_line("釜山\r\n市長\x00 a\tb\x7f") == "釜山  市長  a b "
    assert one_line("no\u00a0break \u200b kept 😀") == "no\u00a0break \u200b kept 😀"


@given(st.text())
def test_nothing_else_changes(text: str):
    line = one_line(text)
    assert len(line) == len(text)
    assert all(unicodedata.category(character) != "Cc" for character in line)
    assert all(
        after == before or (after == " " and unicodedata.category(before) == "Cc")
        for before, after in zip(text, line, strict=True)
    )
