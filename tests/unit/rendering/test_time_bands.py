"""Bands of time: each date is drawn as exactly as it is known, and in its place."""

import datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.core.languages import CHINESE, ENGLISH
from portal.rendering.time_bands import DASHED, OPEN, SOLID, WITHIN, Group, Line, Span, span_of, time_band

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 12, 31))


def day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


def band(*spans: Span, language: str = CHINESE, **options):
    lines = [Line(f"line {number}", None, span) for number, span in enumerate(spans)]
    return time_band("test", [Group("", lines)], language, **options)


def share(percent: str) -> float:
    return float(percent.removesuffix("%"))


def bars(span: Span, **options) -> list[tuple[str, str, str, bool]]:
    (line,) = band(span, **options).lines
    return [(bar.mark, bar.at, bar.end, bar.is_open) for bar in line.bars]


YEAR = {"first": day("2022-01-01"), "last": day("2022-12-31")}


def test_what_is_known_is_solid_over_its_days():
    assert bars(Span(day("2022-01-01"), day("2022-12-31"))) == [(SOLID, "0.00%", "100.00%", False)]
    assert bars(Span(day("2022-07-02"), day("2022-12-31")), **YEAR) == [(SOLID, "49.86%", "100.00%", False)]


def test_some_time_within_is_hatched():
    assert bars(Span(day("2022-01-01"), day("2022-12-31"), within=True)) == [(WITHIN, "0.00%", "100.00%", False)]


def test_no_end_is_an_arrow_that_has_room():
    (line,) = band(Span(day("2022-05-01"), None)).lines
    (bar,) = line.bars
    assert (bar.mark, bar.is_open, bar.end) == (SOLID, True, "100.00%")
    assert band(Span(day("2022-05-01"), None)).marks == {SOLID, OPEN}
    assert [tick.label for tick in band(Span(day("2022-05-01"), None)).months] == ["5", "6"]


def test_no_start_is_dashed_until_it_is_known_to_have_begun():
    assert bars(Span(None, day("2022-12-31")), **YEAR) == [(DASHED, "0.00%", "100.00%", False)]
    assert bars(Span(None, day("2022-12-31"), known_on=day("2022-07-02")), **YEAR) == [
        (DASHED, "0.00%", "49.86%", False),
        (SOLID, "49.86%", "100.00%", False),
    ]
    assert [mark for mark, *_ in bars(Span(None, day("2022-03-31"), known_on=day("2022-07-02")), **YEAR)] == [DASHED]


def test_without_a_day_there_is_no_band():
    assert time_band("test", [Group("Visits", [], "None")], CHINESE) is None


def test_a_group_is_named_once_and_says_when_it_is_empty():
    span = Span(day("2022-05-01"), day("2022-05-31"))
    groups = [Group("Exhibits", [Line("a", None, span), Line("b", None, span)]), Group("Visits", [], "None recorded")]
    lines = time_band("test", groups, CHINESE).lines
    assert [(each.group, each.line and each.line.label, each.empty) for each in lines] == [
        ("Exhibits", "a", ""),
        ("", "b", ""),
        ("Visits", None, "None recorded"),
    ]


def test_a_note_stands_after_its_bar_where_there_is_room():
    early, late = Span(day("2022-01-01"), day("2022-03-31")), Span(day("2022-01-01"), day("2022-12-31"))
    lines = [Line("a", None, early, note="92 days"), Line("b", None, late, note="275 days"), Line("c", None, early)]
    drawn = time_band("test", [Group("", lines)], CHINESE).lines
    assert [each.note_at for each in drawn] == ["24.66%", None, None]


def test_months_and_years_have_the_readers_names():
    span = Span(day("2021-11-01"), day("2022-06-30"))
    chinese = band(span)
    assert [(tick.label, tick.other) for tick in chinese.years] == [("110年", "2021"), ("111年", "2022")]
    assert [tick.label for tick in chinese.months] == ["11", "12", "1", "2", "3", "4", "5", "6"]
    with override("en"):
        english = band(span, language=ENGLISH)
    assert [(tick.label, tick.other) for tick in english.years] == [("2021", ""), ("2022", "")]
    assert [tick.label for tick in english.months][:3] == ["Nov", "Dec", "Jan"]


@pytest.mark.parametrize(
    ("dates", "span"),
    [
        (("2022-04-01", "2022-04-30", "month"), Span(day("2022-04-01"), day("2022-04-30"))),
        (("2022-02-01", "2022-06-30", "period"), Span(day("2022-02-01"), day("2022-06-30"), within=True)),
        (("2022-05-01", None, "month"), Span(day("2022-05-01"), None)),
        ((None, "2022-11-30", "day"), Span(None, day("2022-11-30"))),
        ((None, None, "undated"), None),
    ],
)
def test_the_span_of_a_records_dates(dates, span):
    start, end, precision = dates
    assert span_of({"start": start, "end": end, "ongoing": False, "precision": precision}) == span


@given(st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 4000))), min_size=1, max_size=6))
def test_bars_keep_the_order_of_their_days_and_stay_on_the_line(given):
    spans = [Span(start, start + datetime.timedelta(days=days) if days is not None else None) for start, days in given]
    drawn = band(*spans)
    bars = [line.bars[0] for line in drawn.lines]
    for bar, span in zip(bars, spans, strict=True):
        assert 0 <= share(bar.at) <= share(bar.end) <= 100
        assert bar.is_open == (span.end is None)
    by_start = sorted(zip(spans, bars, strict=True), key=lambda pair: pair[0].start)
    assert [share(bar.at) for _span, bar in by_start] == sorted(share(bar.at) for _span, bar in by_start)
    names = [share(tick.at) for tick in drawn.years if tick.label]
    assert names == sorted(set(names))


@given(DAYS, DAYS)
def test_names_of_years_never_touch(one, other):
    drawn = band(Span(min(one, other), max(one, other)))
    places = [share(tick.at) for tick in drawn.years if tick.label]
    assert all(after - before >= 5.99 for before, after in zip(places, places[1:], strict=False))
    assert len(drawn.months) <= 24
