"""A member holds what it says, and nothing that only looks like it."""

import datetime
from typing import Any

import pytest

from tests.report_coverage.english import read_english
from tests.report_coverage.numerals import find_numerals
from tests.report_coverage.values import held_by


def holds(member: Any, text: str, name: str = "") -> bool:
    """Whether ``member`` holds the first numeral of ``text`` that is not excused."""
    numeral = next(n for n in find_numerals(text) if n.kind != "excused")
    return held_by(member, name=name).holds(numeral)


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ({"value": "261391", "unit": "portion"}, "261,391份"),
        (36, "第36個"),
        ("29.40", "29.4％"),
        ({"zh-Hant": "第六期整修", "en": None}, "第六期"),
        ({"zh-Hant": "整修", "en": "The sixth phase"}, "第六期"),
        ({"zh-Hant": "整修", "en": "both centres"}, "兩行政中心"),
        ({"zh-Hant": "<p>共<strong>13</strong>個城市</p>", "en": None}, "13個城市"),
        ([{"zh-Hant": c} for c in "甲乙丙"], "3國"),
        ({"cities": ["city:a", "city:b"], "related": []}, "兩市"),
        ({"zh-Hant": "於四維行政中心", "en": None}, "四維行政中心"),
        ({"number": 7, "alt": {"zh-Hant": "甲"}}, "(照片7)"),
        ({"start": "2022-06-09", "end": "2022-06-10"}, "111年"),
        ({"period": "2022-05", "value": "1"}, "111年"),
        ({"zh-Hant": "資料日期110年5月31日"}, "110.5.31"),
        ({"en": "budget for 2023"}, "112年度"),
        ({"en": "in ROC 111"}, "111年"),
        (datetime.date(2022, 3, 17), "111年"),
        ({"en": "NT$87.981 million"}, "8,798.1萬"),
    ],
)
def test_held(member: Any, text: str) -> None:
    assert holds(member, text)


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ({"value": "261390"}, "261,391份"),
        ({"zh-Hant": "111年3月17日", "en": "17 March 2022"}, "3國"),
        ({"start": "2022-03-17", "end": "2022-03-17"}, "17人"),
        ({"zh-Hant": "進一步合作", "en": None}, "一批"),
        ({"zh-Hant": "四維行政中心", "en": None}, "4處"),
        ({"zh-Hant": "四處", "en": None}, "四維行政中心"),
        ({"zh-Hant": "照片7"}, "7國"),
        ({"number": 8, "alt": {"zh-Hant": "甲"}}, "(照片7)"),
        ({"uid": "visit:b-36", "id": "36", "sha256": "36", "width": 36}, "第36個"),
        ({"en": "COVID-19", "zh-Hant": "COVID-19"}, "19場次"),
        (["city:a-3"], "3國"),
        (True, "1部"),
        ({"zh-Hant": "共1,013.1萬元"}, "1,013萬元"),
    ],
)
def test_not_held(member: Any, text: str) -> None:
    assert not holds(member, text)


def test_parts_of_a_date_must_agree() -> None:
    day = find_numerals("111年3月17日")[-1]
    assert held_by({"start": "2022-03-17"}).holds(day)
    assert held_by({"zh-Hant": "3月17日"}).holds(day)
    assert not held_by({"start": "2022-04-17"}).holds(day)
    assert not held_by({"start": "2021-03-17"}).holds(day)
    assert not held_by({"start": "2022-03"}).holds(day)


def test_a_plain_string_is_read_by_the_name_of_its_member() -> None:
    assert holds("2022-H1", "111年", name="period")
    assert holds("2022-02-01--2022-06-30", "111年", name="period")


def test_numbers_are_no_dates() -> None:
    assert not holds({"value": "2022"}, "111年")


def test_names_of_cited_records_count_as_words_only() -> None:
    held = held_by(["city:hachioji"], {"city:hachioji": "八王子市3"})
    name, number = find_numerals("八王子市3國")
    assert held.holds(name)
    assert not held.holds(number)


def test_english_dates() -> None:
    numbers, dates = read_english("9–10 June 2022, and March 3, twelve guests")
    assert {(2022, 6, 9), (2022, 6, 10), (None, 3, 3)} <= dates
    assert {int(n) for n in numbers} == {12}
