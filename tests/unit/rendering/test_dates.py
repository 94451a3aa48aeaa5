"""Dates as both languages write them."""

import datetime

import pytest
from django.utils.translation import override

from portal.core.languages import CHINESE, DJANGO_CODES, ENGLISH
from portal.rendering.dates import display_date, display_dates, display_moment, display_period, display_span

CASES = [
    (("2022-03-14", "2022-03-14", "day"), "111年3月14日", "2022-03-14", "14 March 2022", "(ROC 111)"),
    (("2022-06-09", "2022-06-10", "day"), "111年6月9日至10日", "2022-06-09 / 10", "9–10 June 2022", "(ROC 111)"),
    (
        ("2022-02-01", "2022-06-30", "day"),
        "111年2月1日至6月30日",
        "2022-02-01 / 06-30",
        "1 February – 30 June 2022",
        "(ROC 111)",
    ),
    (("2022-05-01", None, "month"), "111年5月起", "2022-05", "From May 2022", "(ROC 111)"),
    (("2022-04-01", "2022-04-30", "month"), "111年4月", "2022-04", "April 2022", "(ROC 111)"),
    (
        ("2021-01-01", "2022-04-30", "month"),
        "110年1月至111年4月",
        "2021-01 / 2022-04",
        "January 2021 – April 2022",
        "(ROC 110–111)",
    ),
    (("2022-03-01", "2022-05-31", "month"), "111年3月至5月", "2022-03 / 05", "March – May 2022", "(ROC 111)"),
    ((None, "2022-11-30", "day"), "至111年11月30日", "2022-11-30", "Until 30 November 2022", "(ROC 111)"),
    (
        ("2022-02-01", "2022-06-30", "period"),
        *("111年2月1日至6月30日間", "2022-02-01 / 06-30", "Between 1 February and 30 June 2022", "(ROC 111)"),
    ),
    (("2022-01-01", "2022-12-31", "year"), "111年", "2022", "2022", "(ROC 111)"),
    (("2022-01-01", "2022-06-30", "half-year"), "111年上半年", "2022-H1", "First half of 2022", "(ROC 111)"),
    (("2022-04-01", "2022-06-30", "quarter"), "111年第2季", "2022-Q2", "Second quarter of 2022", "(ROC 111)"),
]


@pytest.mark.parametrize(("given", "chinese", "gregorian", "english", "roc"), CASES)
def test_dates_of_records(given, chinese, gregorian, english, roc):
    start, end, precision = given
    dates = {"start": start, "end": end, "ongoing": end is None, "precision": precision}
    for language, primary, secondary in ((CHINESE, chinese, gregorian), (ENGLISH, english, roc)):
        with override(DJANGO_CODES[language]):
            shown = display_dates(dates, language)
        assert (shown.primary, shown.secondary) == (primary, secondary)


def test_undated():
    assert display_dates({"start": None, "end": None, "ongoing": False, "precision": "undated"}, CHINESE) is None


def test_single_dates_name_one_unit_to_machines():
    assert display_date("2022-03-14", CHINESE).machine == "2022-03-14"
    assert display_date({"date": "2022-03-01", "precision": "month"}, ENGLISH).primary == "March 2022"
    assert display_date(None, CHINESE) is None


def test_moments_are_taiwans():
    assert display_moment("2022-08-01T16:30:00.000000Z", CHINESE).primary == "111年8月2日 00:30"


def test_before_the_republic_there_is_no_roc_year():
    with override("en"):
        assert display_date("1895-06-02", ENGLISH).secondary == ""


def test_periods():
    with override("zh-hant"):
        assert display_period("2022-02-01--2022-06-30", CHINESE).primary == "111年2月1日至6月30日"


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        ((2022, 1, 1), (2022, 12, 31), "111年", "2022"),
        ((2024, 2, 1), (2024, 2, 29), "113年2月", "February 2024"),
        ((2022, 12, 1), (2022, 12, 31), "111年12月", "December 2022"),
        ((9999, 12, 1), (9999, 12, 31), "西元9999年12月", "December 9999"),
        ((2022, 3, 5), (2022, 3, 5), "111年3月5日", "5 March 2022"),
        ((2021, 7, 1), (2022, 6, 30), "110年7月1日至111年6月30日", "1 July 2021 – 30 June 2022"),
        ((2022, 3, 5), None, "111年3月5日起", "From 5 March 2022"),
        (None, (2022, 3, 5), "至111年3月5日", "Until 5 March 2022"),
        (None, None, "", ""),
    ],
)
def test_a_chosen_span_is_called_by_its_name(first, last, chinese, english):
    days = [datetime.date(*each) if each else None for each in (first, last)]
    for language, expected in ((CHINESE, chinese), (ENGLISH, english)):
        with override(DJANGO_CODES[language]):
            assert display_span(*days, language) == expected
