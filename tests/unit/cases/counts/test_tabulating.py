"""The table of a month: totals, shares, medians, and what is hidden with a small count."""

from decimal import Decimal

import pytest

from portal.cases.counts.counting import Counts
from portal.cases.counts.tabulating import CodeMissing, Dimension, Measure, median, tabulated

STAGE = Dimension("stage", ("first", "second", "mediation", "total"))
OUTCOME = Dimension("outcome", ("settled", "withdrawn", "total"))
COUNTS = Counts(
    dimensions=("stage", "outcome"),
    received={("first",): 40, ("second",): 12, ("mediation",): 2},
    closed={("first", "settled"): {3: 10, 8: 5}, ("second", "settled"): {20: 4}},
    timeliness={("first", "in-time"): 30, ("first", "late"): 10},
)


def table(counts=COUNTS, dimensions=(STAGE, OUTCOME), **given):
    figures = tabulated(counts, dimensions, threshold=3, **given)
    return {(figure.measure, *figure.codes): figure for figure in figures}


def value(found, *key):
    return "hidden" if found[key].hidden else found[key].value


def test_sums_shares_and_medians():
    found = table()
    assert value(found, "received", "total", "total") == 54
    assert value(found, "received", "first", "total") == 40
    assert value(found, "closed", "total", "settled") == 19
    assert value(found, "closed", "first", "withdrawn") == 0
    assert value(found, "median-days", "first", "settled") == 3
    assert value(found, "median-days", "total", "total") == 3
    assert value(found, "median-days", "mediation", "total") is None
    assert value(found, "in-time-share", "first", "total") == Decimal("75.0")
    assert value(found, "in-time-share", "second", "total") is None
    assert ("received", "first", "settled") not in found


def test_a_small_count_is_hidden_with_another():
    found = table()
    hidden = [key for key in found if found[key].hidden]
    assert hidden == [("received", "second", "total"), ("received", "mediation", "total")]


def test_what_was_hidden_stays_hidden():
    before = [("received", ("second", "total")), ("closed", ("first", "settled")), ("late", ("first", "total"))]
    found = table(already=before)
    for measure, codes in before:
        assert found[measure, *codes].hidden
    assert found["median-days", "first", "settled"].hidden
    assert found["in-time-share", "first", "total"].hidden


def test_shares_and_medians_of_hidden_counts_are_hidden():
    counts = Counts(("stage",), {}, {("first",): {1: 2}, ("second",): {4: 9}}, {("first", "late"): 1})
    found = table(counts, [STAGE])
    assert found["median-days", "first"].hidden and found["closed", "first"].hidden
    assert found["in-time-share", "first"].hidden
    assert value(found, "in-time-share", "second") is None


def test_without_a_total_of_outcomes_only_closed_cases_are_told():
    found = table(dimensions=(STAGE, Dimension("outcome", ("settled", "withdrawn"))))
    assert {measure for measure, *_codes in found} == {Measure.CLOSED, Measure.MEDIAN_DAYS}


@pytest.mark.parametrize("missing", ["first", "second"])
def test_a_table_has_a_code_for_every_case(missing):
    stage = Dimension("stage", tuple(code for code in STAGE.codes if code != missing))
    with pytest.raises(CodeMissing) as refused:
        table(dimensions=(stage, OUTCOME))
    assert (refused.value.dimension, refused.value.code) == ("stage", missing)


@pytest.mark.parametrize(
    ("days", "middle"),
    [({}, None), ({4: 1}, 4), ({4: 1, 5: 1}, Decimal("4.5")), ({0: 3, 90: 2}, 0), ({1: 2, 2: 1, 9: 3}, Decimal("5.5"))],
)
def test_median(days, middle):
    assert median(days) == middle
