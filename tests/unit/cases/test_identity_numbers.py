"""Identity numbers in free text: found however they are typed, and masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.identity_numbers import Span, found, is_number, masked

# Examples that the authorities have published, or that are used by everyone, besides made ones.
NATIONAL = ["A123456789", "B223456782", "F131104093"]
RESIDENT = ["A800000014", "A900000016"]
OLD_RESIDENT = ["AA00000009", "AC01234567"]


def with_check_digit(nine: str) -> str:
    [number] = [nine + last for last in "0123456789" if is_number(nine + last)]
    return number


numbers = st.from_regex(r"[A-Z][1289A-D][0-9]{7}", fullmatch=True, alphabet=st.characters(codec="ascii")).map(
    with_check_digit
)
gaps = st.lists(st.sampled_from(["", "", "", " ", "-", "－", "\u3000", "\u200e", " - ", "\n"]), min_size=9, max_size=9)
# Han and marks: letters and digits of ASCII might make other numbers.
around = st.text(st.sampled_from("我的身分證字號是：，。（）號碼 \n😀\u202eé"), max_size=12)


def wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def spread(number: str, between: list[str]) -> str:
    return "".join(symbol + gap for symbol, gap in zip(number, [*between, ""], strict=True))


@pytest.mark.parametrize("number", NATIONAL + RESIDENT + OLD_RESIDENT)
def test_published_numbers(number):
    assert is_number(number)
    assert found(f"我是{number},") == [Span(2, 12)]


@given(numbers, gaps, around, around, st.sampled_from([str, str.lower, wide]))
def test_every_number_is_found_where_it_stands(number, between, before, behind, form):
    written = form(spread(number, between))
    text = before + written + behind
    assert found(text) == [Span(len(before), len(before) + len(written))]


@given(numbers, st.integers(1, 9))
def test_a_wrong_check_digit_is_no_number(number, more):
    wrong = number[:-1] + str((int(number[-1]) + more) % 10)
    assert found(f"號碼 {wrong} 號") == []


@given(numbers, gaps, around, around)
def test_masking_leaves_nothing_of_the_middle_and_all_of_the_rest(number, between, before, behind):
    written = spread(number, between)
    text = before + written + behind
    result = masked(text)
    assert len(result) == len(text)
    inside = [each for each in result[len(before) : len(before) + len(written)] if each.isalnum() or each == "*"]
    assert "".join(inside) == f"{number[:3]}****{number[-3:]}"
    assert (result[: len(before)], result[len(before) + len(written) :]) == (before, behind)
    assert masked(result) == result


@given(st.text())
def test_any_text_keeps_its_length_and_is_masked_once(text):
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once


def test_two_numbers_in_one_sentence():
    assert masked("A123456789、Ａ８００００００１４") == "A12****789、Ａ８０****０１４"


@pytest.mark.parametrize(
    "text", ["A1234567890", "XA123456789", "0A123456789", "A323456789", "AE01234567", "A12345678", "A1    23456789", ""]
)
def test_what_only_looks_like_one(text):
    assert found(text) == []
    assert masked(text) == text


def test_a_number_behind_something_that_begins_like_one():
    assert found("A-B123456781 A123456789") == [Span(13, 23)]
