"""What is left of telephone numbers, addresses and identity numbers once they are masked."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.cases.masking import masked, name_masked


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0912345678", "0912***678"),
        ("手機0912-345-678。", "手機0912-***-678。"),
        ("０９１２ ３４５ ６７８", "０９１２ *** ６７８"),
        ("+886 912 345 678", "+886 912 *** 678"),
        ("+886(0)912345678", "+886(0)912***678"),
        ("07-3373366", "07-*****66"),
        ("(07) 337-3366 轉 123", "(07) ***-**66 轉 123"),
        ("(02)2720-8889", "(02)****-**89"),
        ("+886-7-337-3366", "+886-7-***-**66"),
        ("037-323456 及 049-2332161", "037-****56 及 049-*****61"),
        ("chen.ming@example.org", "c***.****@example.org"),
        ("信箱CHEN@mail.example.com.tw,", "信箱C***@mail.example.com.tw,"),
        ("a@example.org", "*@example.org"),
        ("ｃｈｅｎ＠example.org", "ｃ***＠example.org"),
        ("A123456789 0912345678 x1@example.org", "A12****789 0912***678 x*@example.org"),
    ],
)
def test_what_is_shown(written, shown):
    assert masked(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-01 2022-06-30",
        "2022/07/31 23:59:59.123456",
        "2,331 / 8,462 = 27.55 %",
        "CC-7K3M9-Q2TXH",
        "案件 11503070001234",
        "https://example.org/@name",
        "五月 5@3 元",
    ],
)
def test_what_is_nobodys_stays(text):
    assert masked(text) == text


@given(
    st.from_regex(r"09[0-9]{8}", fullmatch=True, alphabet=st.characters(codec="ascii")),
    st.sampled_from(["", "-", " ", "－"]),
)
def test_the_middle_of_a_mobile_number_is_gone(number, mark):
    written = f"請撥 {number[:4]}{mark}{number[4:7]}{mark}{number[7:]} 謝謝"
    assert masked(written) == f"請撥 {number[:4]}{mark}***{mark}{number[7:]} 謝謝"


pieces = st.sampled_from(
    [
        "A123456789",
        "0912345678",
        "07",
        "3373366",
        "+886",
        "886",
        "00",
        "(0)",
        "-",
        " ",
        "@",
        "example.org",
        "a",
        "B2",
        "*",
    ]
    + ["９", "。", ".", "#", "1", "x@y.tw", "\u200b"]
)


@example("022222)02)200000")
@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=14).map("".join)))
def test_masking_keeps_the_length_and_is_done_once(text):
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once
    assert all(shown in (written, "*") for written, shown in zip(text, once, strict=True))


@pytest.mark.parametrize(
    ("name", "shown"), [("王小明", "王○○"), ("歐陽 娜娜", "歐○ ○○"), ("Mary Ng", "M○○○ ○○"), ("王", "王"), ("", "")]
)
def test_what_is_shown_of_a_name(name, shown):
    assert name_masked(name) == shown
