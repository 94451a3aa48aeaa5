"""Every numeral is found, at its place, as what it is."""

from decimal import Decimal

import pytest

from tests.report_coverage.numerals import Numeral, find_numerals, parse_number


def kinds(text: str) -> list[tuple[str, str]]:
    return [(numeral.text, numeral.kind) for numeral in find_numerals(text)]


def only(text: str) -> Numeral:
    (numeral,) = find_numerals(text)
    return numeral


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("261,391份", {"261391"}),
        ("27.55％", {"27.55"}),
        ("29.40％", {"29.4"}),
        ("第３屆", {"3"}),
        ("第六期", {"6"}),
        ("二十一處", {"21"}),
        ("兩行政中心", {"2"}),
        ("一九五〇專線", {"1950"}),
        ("三千六百人", {"3600"}),
        ("8,798.1萬", {"8798.1", "87981000"}),
        ("十萬元", {"100000"}),
        ("共6國", {"6"}),
    ],
)
def test_numbers(text: str, values: set[str]) -> None:
    numeral = only(text)
    assert numeral.kind == "number"
    assert numeral.values == {Decimal(value) for value in values}


def test_position_is_that_of_the_original_text() -> None:
    text = "　甲１２乙"
    numeral = only(text)
    assert text[numeral.start : numeral.end] == "１２"


def test_parts_of_dates_know_the_whole_date() -> None:
    dates = [numeral.date for numeral in find_numerals("111年6月9日至10日")]
    assert dates == [(2022, None, None), (2022, 6, None), (2022, 6, 9), (2022, 6, 10)]


def test_linked_months_share_the_year() -> None:
    dates = [numeral.date for numeral in find_numerals("分別於111年3月及5月輔導")]
    assert dates == [(2022, None, None), (2022, 3, None), (2022, 5, None)]


def test_dates_of_different_phrases_are_not_joined() -> None:
    assert find_numerals("111年辦理，於3月24日參加")[-1].date == (None, 3, 24)


def test_range_of_years() -> None:
    assert [n.date for n in find_numerals("民國61至70年")] == [(1972, None, None), (1981, None, None)]


def test_dotted_date_is_one_numeral() -> None:
    assert only("資料日期：110.5.31").date == (2021, 5, 31)


@pytest.mark.parametrize("text", ["締盟5周年", "為期3年", "共3日本城市"])
def test_counts_beside_signs_of_dates_are_numbers(text: str) -> None:
    assert only(text).kind == "number"


def test_item_numbers_do_not_swallow_what_follows() -> None:
    assert kinds("1.112年車輛經費7,785萬元\n2.111年4月起") == [
        ("1", "excused"),
        ("112", "year"),
        ("7,785", "number"),
        ("2", "excused"),
        ("111", "year"),
        ("4", "month"),
    ]


def test_decimals_at_the_start_of_a_line_are_no_item_numbers() -> None:
    assert kinds("27.55％\n3,186.2") == [("27.55", "number"), ("3,186.2", "number")]


def test_numbers_of_sections() -> None:
    assert {kind for _, kind in kinds("貳、結語\n四、職工\n(二)管控\n 1.辦理")} == {"excused"}


def test_section_words_inside_a_line_are_numerals() -> None:
    assert kinds("共計三、四處") == [("三", "number"), ("四", "number")]


def test_idioms_and_names() -> None:
    text = "進一步促進，成員之一南六企業；COVID-19；四維行政中心四處"
    assert kinds(text) == [
        ("一", "excused"),
        ("一", "excused"),
        ("六", "name"),
        ("19", "name"),
        ("四", "name"),
        ("四", "number"),
    ]


def test_photos() -> None:
    assert kinds("(照片7、8)共9張") == [("7", "photo"), ("8", "photo"), ("9", "number")]


def test_not_a_number() -> None:
    assert parse_number("甲") is None
