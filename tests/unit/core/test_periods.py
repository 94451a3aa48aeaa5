"""Period codes, their labels, and dates as people type them."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.core.languages import CHINESE, ENGLISH
from portal.core.periods import PeriodError, days_label, parse_date_input, parse_period, period_label

DATES = st.dates(min_value=date(1000, 1, 1))


@st.composite
def codes(draw) -> str:
    day = draw(DATES)
    year = f"{day.year:04d}"
    return draw(
        st.sampled_from(
            [
                year,
                f"{year}-Q{(day.month + 2) // 3}",
                f"{year}-H{1 if day.month < 7 else 2}",
                f"{year}-{day.month:02d}",
                day.isoformat(),
                f"1000-01-01--{max(day, date(1000, 1, 2)).isoformat()}",
            ]
        )
    )


@pytest.mark.parametrize(
    ("code", "start", "end", "precision", "chinese", "english"),
    [
        ("2022", "2022-01-01", "2022-12-31", "year", "111年", "2022"),
        ("2022-Q2", "2022-04-01", "2022-06-30", "quarter", "111年第2季", "second quarter of 2022"),
        ("2022-H1", "2022-01-01", "2022-06-30", "half-year", "111年上半年", "first half of 2022"),
        ("2022-H2", "2022-07-01", "2022-12-31", "half-year", "111年下半年", "second half of 2022"),
        ("2022-05", "2022-05-01", "2022-05-31", "month", "111年5月", "May 2022"),
        ("2024-02", "2024-02-01", "2024-02-29", "month", "113年2月", "February 2024"),
        ("2022-05-31", "2022-05-31", "2022-05-31", "day", "111年5月31日", "31 May 2022"),
        (
            "2022-02-01--2022-06-30",
            "2022-02-01",
            "2022-06-30",
            "period",
            "111年2月1日至6月30日",
            "1 February – 30 June 2022",
        ),
        (
            "2021-12-01--2022-01-31",
            "2021-12-01",
            "2022-01-31",
            "period",
            "110年12月1日至111年1月31日",
            "1 December 2021 – 31 January 2022",
        ),
        (
            "2022-06-09--2022-06-10",
            "2022-06-09",
            "2022-06-10",
            "period",
            "111年6月9日至10日",
            "9–10 June 2022",
        ),
        ("1911", "1911-01-01", "1911-12-31", "year", "西元1911年", "1911"),
    ],
)
def test_a_code_means_days_and_has_labels(code, start, end, precision, chinese, english):
    period = parse_period(code)
    assert (period.start.isoformat(), period.end.isoformat(), period.precision) == (start, end, precision)
    assert (period_label(code, CHINESE), period_label(code, ENGLISH)) == (chinese, english)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "22",
        "2022-5",
        "2022-13",
        "2022-02-30",
        "2022-Q5",
        "2022-H3",
        "0000",
        "2022-05-31--2022-05-31",
        " 2022",
    ]
    + [
        "2022-06-30--2022-02-01",
        "2022--2023",
        "2022-01-01--2022-01-02--2022-01-03",
        "２０２２",
        "--",
        "111年5月",
    ]
    + ["2022-01-01--" * 5000, "2022-01-01/2022-01-31"],
)
def test_what_is_not_a_code_is_refused(code):
    with pytest.raises(PeriodError) as caught:
        parse_period(code)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("111-03-17", "2022-03-17", "2022-03-17"),
        ("111/6/9", "2022-06-09", "2022-06-09"),
        ("111.5.31", "2022-05-31", "2022-05-31"),
        ("民國111年3月", "2022-03-01", "2022-03-31"),
        ("中華民國 111 年 3 月 17 日", "2022-03-17", "2022-03-17"),
        ("111年3月17日", "2022-03-17", "2022-03-17"),
        ("111年第二季", "2022-04-01", "2022-06-30"),
        ("民國元年", "1912-01-01", "1912-12-31"),
        ("西元2022年3月", "2022-03-01", "2022-03-31"),
        ("2022年3月17日", "2022-03-17", "2022-03-17"),
        ("2022-03-17", "2022-03-17", "2022-03-17"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("111", "2022-01-01", "2022-12-31"),
        ("99", "2010-01-01", "2010-12-31"),
        ("１１１／３／１７", "2022-03-17", "2022-03-17"),
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2022-02-01--2022-06-30", "2022-02-01", "2022-06-30"),
    ],
)
def test_typed_dates(typed, start, end):
    assert [day.isoformat() for day in parse_date_input(typed)] == [start, end]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "yesterday",
        "2022-02-30",
        "111-13",
        "0",
        "000-1-1",
        "民國0年",
        "民國2022年",
        "西元111年",
        "17/3/2022",
    ]
    + ["2022-03/17", "2022-03-17T00:00:00", "12345", "111-03-17-", "1" * 5000, "年", "٢٠٢٢", "%s%(x)s"],
)
def test_what_is_not_a_date_is_refused(typed):
    with pytest.raises(PeriodError) as caught:
        parse_date_input(typed)
    assert str(caught.value)


def test_the_reason_is_told_in_the_active_language():
    with pytest.raises(PeriodError) as caught:
        parse_date_input("111-02-30")
    with translation.override("en"):
        assert str(caught.value) == "“111-02-30” is not in the calendar."
    with translation.override("zh-hant"):
        assert str(caught.value) == "曆上沒有「111-02-30」這個日期。"


@given(codes())
def test_a_period_begins_before_it_ends_and_can_be_typed(code):
    period = parse_period(code)
    assert period.start <= period.end
    assert period.code == code
    assert parse_date_input(code) == (period.start, period.end)


@given(codes().filter(lambda code: "--" not in code))
def test_the_chinese_label_can_be_typed_back(code):
    period = parse_period(code)
    assert parse_date_input(period_label(code, CHINESE)) == (period.start, period.end)


@given(DATES.filter(lambda day: 1912 <= day.year <= 2910), st.sampled_from(["-", "/", "."]))
def test_roc_and_gregorian_mean_the_same_day(day, separator):
    roc = separator.join(map(str, (day.year - 1911, day.month, day.day)))
    assert parse_date_input(roc) == parse_date_input(day.isoformat()) == (day, day)


@given(DATES, st.integers(1, 1000))
def test_intervals_name_both_ends(day, length):
    end = day + min(timedelta(days=length), date.max - day)
    for language in (CHINESE, ENGLISH):
        label = days_label(day, end, "period", language)
        assert str(day.day) in label
        assert str(end.day) in label


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_is_refused(typed):
    try:
        start, end = parse_date_input(typed)
    except PeriodError as error:
        assert str(error)
    else:
        assert start <= end
