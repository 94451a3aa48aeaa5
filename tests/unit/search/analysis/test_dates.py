"""Dates in texts, and the tokens of dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.languages import CHINESE, ENGLISH
from portal.core.periods import days_label, parse_period, period_label
from search.analysis.calendar import coarser, date_tokens
from search.analysis.dates import find_dates
from search.analysis.folding import fold
from tests.unit.search.analysis.texts import TEXTS

DATES = st.dates(min_value=date(1912, 1, 1), max_value=date(2061, 12, 31))


def found(text: str) -> list[tuple[str, str]]:
    """The dates of a text as they are written there, and their codes."""
    folded = fold(text)
    spans = [(folded.span(start, end), code) for start, end, code in find_dates(folded.text)]
    return [(text[start:end], code) for (start, end), code in spans]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2022-03-17", "2022-03-17"),
        ("2022/3/17", "2022-03-17"),
        ("2022.3.17", "2022-03-17"),
        ("2022-03", "2022-03"),
        ("2022/3", "2022-03"),
        ("２０２２／３／１７", "2022-03-17"),
        ("民國111年3月17日", "2022-03-17"),
        ("中華民國111年3月17日", "2022-03-17"),
        ("民国111年3月17号", "2022-03-17"),
        ("民國 111 年 3 月 17 日", "2022-03-17"),
        ("１１１年３月１７日", "2022-03-17"),
        ("111年3月", "2022-03"),
        ("111年", "2022"),
        ("111年度", "2022"),
        ("99年12月", "2010-12"),
        ("38年12月", "1949-12"),
        ("民國元年", "1912"),
        ("民國38年", "1949"),
        ("9年1月1日", "1920-01-01"),
        ("令和4年3月17日", "2022-03-17"),
        ("令和元年", "2019"),
        ("平成29年", "2017"),
        ("昭和 41年3月", "1966-03"),
        ("民國111", "2022"),
        ("西元2022年", "2022"),
        ("公元2022", "2022"),
        ("111/6/9", "2022-06-09"),
        ("111/3", "2022-03"),
        ("111-03-17", "2022-03-17"),
        ("111-03", "2022-03"),
        ("111.5.31", "2022-05-31"),
        ("民國111/3/17", "2022-03-17"),
        ("2022年3月", "2022-03"),
        ("2022年3月17日", "2022-03-17"),
        ("17 March 2022", "2022-03-17"),
        ("17th of March, 2022", "2022-03-17"),
        ("March 17, 2022", "2022-03-17"),
        ("March 17 2022", "2022-03-17"),
        ("Mar 2022", "2022-03"),
        ("Sept. 2022", "2022-09"),
        ("MARCH 2022", "2022-03"),
        ("111年上半年", "2022-H1"),
        ("111年下半年", "2022-H2"),
        ("first half of 2022", "2022-H1"),
        ("second half of 2022", "2022-H2"),
        ("2022-H1", "2022-H1"),
        ("2022H2", "2022-H2"),
        ("H1 2022", "2022-H1"),
        ("111年第2季", "2022-Q2"),
        ("111年第二季", "2022-Q2"),
        ("third quarter of 2022", "2022-Q3"),
        ("2022 Q4", "2022-Q4"),
        ("Q4 2022", "2022-Q4"),
        ("111Q4", "2022-Q4"),
        ("113/2/29", "2024-02-29"),
    ],
)
def test_ways_of_writing_a_date(text: str, code: str) -> None:
    assert found(text) == [(text, code)]
    assert found(f"展覽於{text}。") == [(text, code)]
    assert found(f"held ({text}), then") == [(text, code)]


@pytest.mark.parametrize(
    "text",
    [
        "13/45/99", "24/7", "111", "2022", "111.5", "2022.3", "5年", "10年來", "500年歷史", "締盟5周年", "100元",
        "3月17日", "2022-02-30", "112/2/29", "111年13月", "111年0月", "2022-00", "2022-03-00", "2022-13",
        "111年2月30日", "1.111.5.31", "07-111-03-17", "1111111年", "1,234年", "2022-03-175", "12022-03-17",
        "2331/8462", "1/2", "May", "March 17", "17 March", "may be 2,022", "third half of 2022", "2022-Q5",
        "H3 2022", "民國2022年", "西元111年", "民國0年", "上半年", "第二季", "110-5", "元年1月1日", "0年1月1日",
        "v2022-03-17", "千年",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("111年2月1日至111年6月30日", [("111年2月1日", "2022-02-01"), ("111年6月30日", "2022-06-30")]),
        ("111年2月1日至6月30日", [("111年2月1日", "2022-02-01"), ("6月30日", "2022-06-30")]),
        ("111年6月9日至10日", [("111年6月9日", "2022-06-09"), ("10日", "2022-06-10")]),
        ("111年5月6日、7日及8日", [("111年5月6日", "2022-05-06"), ("7日", "2022-05-07"), ("8日", "2022-05-08")]),
        ("111年3月24-25日", [("111年3月24", "2022-03-24"), ("25日", "2022-03-25")]),
        ("111年1-6月", [("111年1", "2022-01"), ("6月", "2022-06")]),
        ("111年1月至6月", [("111年1月", "2022-01"), ("6月", "2022-06")]),
        ("2022-02-01--2022-06-30", [("2022-02-01", "2022-02-01"), ("2022-06-30", "2022-06-30")]),
        ("2022/02/01-2022/06/30", [("2022/02/01", "2022-02-01"), ("2022/06/30", "2022-06-30")]),
        ("17–20 March 2022", [("17", "2022-03-17"), ("20 March 2022", "2022-03-20")]),
        ("9 and 10 June 2022", [("9", "2022-06-09"), ("10 June 2022", "2022-06-10")]),
        ("March 17–20, 2022", [("March 17", "2022-03-17"), ("20, 2022", "2022-03-20")]),
        ("1 February to 30 June 2022", [("1 February", "2022-02-01"), ("30 June 2022", "2022-06-30")]),
        ("111年3月17日5人", [("111年3月17日", "2022-03-17")]),
        ("111年3月17日及5人", [("111年3月17日", "2022-03-17")]),
        ("2022-03-17T10:00", [("2022-03-17", "2022-03-17")]),
        ("自110年1月起至111年4月", [("110年1月", "2021-01"), ("111年4月", "2022-04")]),
    ],
)
def test_dates_within_texts(text: str, dates: list[tuple[str, str]]) -> None:
    assert found(text) == dates


@given(DATES, DATES, st.sampled_from(["day", "period"]), st.sampled_from([CHINESE, ENGLISH]))
def test_the_portals_own_labels_are_read(one: date, other: date, precision: str, language: str) -> None:
    start, end = (one, one) if precision == "day" else (min(one, other), max(one, other))
    codes = [code for _written, code in found(days_label(start, end, precision, language))]
    assert codes == list(dict.fromkeys([start.isoformat(), end.isoformat()]))


@given(DATES, st.sampled_from(["{0.year}", "{0.year}-{0.month:02d}", "{0.year}-Q1", "{0.year}-H2"]), st.booleans())
def test_the_labels_of_periods_are_read(day: date, pattern: str, chinese: bool) -> None:
    code = pattern.format(day)
    codes = [found for _written, found in found(period_label(code, CHINESE if chinese else ENGLISH))]
    # A bare year is a number; with less than a month after it, an ROC year below 80 may be a number of years.
    if pattern == "{0.year}" and (not chinese or day.year < 1991):
        assert codes == []
    elif not (chinese and day.year < 1921) and not (chinese and pattern[-2:] in ("Q1", "H2") and day.year < 1991):
        assert codes == [code]


@given(TEXTS)
def test_dates_are_in_the_calendar_and_apart(text: str) -> None:
    folded = fold(text).text
    done = 0
    for start, end, code in find_dates(folded):
        assert done <= start < end <= len(folded)
        parse_period(code)
        done = end


@given(TEXTS, st.sets(st.sampled_from([1912, 1917, 2010, 2019, 2021, 2022, 2024])))
def test_dates_of_some_years_are_those_of_all_that_lie_in_them(text: str, years: set[int]) -> None:
    folded = fold(text).text
    assert find_dates(folded, years) == [each for each in find_dates(folded) if int(each[2][:4]) in years]


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("2022", ("2022",)),
        ("2022-H2", ("2022-H2", "2022")),
        ("2022-Q3", ("2022-Q3", "2022-H2", "2022")),
        ("2022-06", ("2022-06", "2022-Q2", "2022-H1", "2022")),
        ("2022-07-01", ("2022-07-01", "2022-07", "2022-Q3", "2022-H2", "2022")),
    ],
)
def test_wider_periods(code: str, codes: tuple[str, ...]) -> None:
    assert coarser(code) == codes


@given(DATES)
def test_a_day_lies_in_each_of_its_wider_periods(day: date) -> None:
    for code in coarser(day.isoformat()):
        period = parse_period(code)
        assert period.start <= day <= period.end


@pytest.mark.parametrize(
    ("start", "end", "precision", "tokens"),
    [
        ("2022-03-17", "2022-03-17", "day", "2022-03-17 2022-03 2022-Q1 2022-H1 2022"),
        ("2022-03-01", "2022-03-31", "month", "2022-03 2022-Q1 2022-H1 2022"),
        ("2022-04-01", "2022-06-30", "quarter", "2022-Q2 2022-H1 2022"),
        ("2022-07-01", "2022-12-31", "half-year", "2022-H2 2022"),
        ("2022-01-01", "2022-12-31", "year", "2022"),
        ("2022-05-30", "2022-07-02", "period",
         "2022-05-30 2022-07-02 2022-05 2022-06 2022-07 2022-Q2 2022-Q3 2022-H1 2022-H2 2022"),
        ("2021-12-31", "2022-01-01", "period",
         "2021-12-31 2022-01-01 2021-12 2022-01 2021-Q4 2022-Q1 2021-H2 2022-H1 2021 2022"),
        ("2022-03-17", "2022-03-17", "undated", ""),
    ],
)  # fmt: skip
def test_tokens_of_a_records_dates(start: str, end: str, precision: str, tokens: str) -> None:
    given_dates = date.fromisoformat(start), date.fromisoformat(end)
    assert date_tokens(*given_dates, precision) == {f"@{code}" for code in tokens.split()}


@given(st.dates(), st.integers(0, 900_000), st.sampled_from(["day", "month", "period", "year"]))
def test_a_records_dates_give_no_endless_tokens(start: date, days: int, precision: str) -> None:
    end = min(date.max - timedelta(1), start + timedelta(min(days, (date.max - start).days)))
    tokens = date_tokens(start, end, precision) if start <= end else set()
    months = [token for token in tokens if len(token) == 8 and token[6].isdecimal()]
    years = [token for token in tokens if len(token) == 5]
    assert len(months) <= 36
    assert len(years) <= 50
    assert len(tokens) <= 36 + 7 * 50 + 2
    if start <= end:
        assert {f"@{start.year:04d}", f"@{end.year:04d}"} <= tokens
