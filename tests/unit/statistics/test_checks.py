"""Checks: what they take, and what they say of figures."""

from decimal import Decimal, localcontext

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.csvtable import parse_csv
from portal.statistics.evaluation import MOST_FINDINGS, Evaluation, evaluate, suspects
from portal.statistics.formulas import formula
from portal.statistics.rows import Row
from portal.statistics.structure import Dimension, Measure, Structure
from tests.factories.datasets import check
from tests.unit.statistics.tables import HEADER, STRUCTURE, VALUES

WORKERS = """
2022-05,headcount,workers,agencies,5498,normal,,
2022-05,headcount,workers,schools,633,normal,,
2022-05,headcount,workers,all,6131,normal,,
2022-05,headcount,temporary,all,2444,normal,,
"""
SUM = check("sum", "headcount.workers.all", "headcount.workers.agencies", "headcount.workers.schools")


def said(lines: str, *declared, others=None, structure: Structure = STRUCTURE) -> list[Evaluation]:
    """What checks say of a table given as lines of CSV."""
    rows = parse_csv(f"{HEADER}\n{lines.strip()}\n", structure)
    return evaluate(declared, structure, reader(rows), others or {})


def reader(rows: list[Row]):
    return lambda series: [row for row in rows if series.has(row)]


def formulas(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [(formula(evaluation, finding), finding.outcome) for finding in evaluation.findings]


def test_a_sum_holds():
    [evaluation] = said(WORKERS, SUM)
    assert evaluation.outcome == "holds"
    assert formulas(evaluation) == [("5,498 + 633 = 6,131", "holds")]


def test_a_wrong_cell_fails_its_sum():
    [evaluation] = said(WORKERS.replace("5498", "5489"), SUM)
    assert evaluation.outcome == "fails"
    assert formulas(evaluation) == [("5,489 + 633 = 6,122 ≠ 6,131", "fails")]


def test_every_period_of_the_result_is_checked():
    lines = WORKERS + WORKERS.replace("2022-05", "2022-11").replace("633", "634")
    [evaluation] = said(lines, SUM)
    assert dict(evaluation.counts) == {"holds": 1, "fails": 1, "open": 0}
    assert [(each.period, each.outcome) for each in evaluation.findings] == [
        ("2022-11", "fails"),
        ("2022-05", "holds"),
    ]


def test_a_difference():
    lines = "2022,headcount,workers,all,-3,normal,,\n2022,headcount,workers,agencies,2,normal,,"
    lines += "\n2022,headcount,workers,schools,5,normal,,"
    declared = check("difference", "headcount.workers.all", "headcount.workers.agencies", "headcount.workers.schools")
    assert formulas(said(lines, declared)[0]) == [("2 − 5 = −3", "holds")]
    backwards = check("difference", "headcount.workers.agencies", "headcount.workers.all", "headcount.workers.schools")
    assert formulas(said(lines, backwards)[0]) == [("(−3) − 5 = −8 ≠ 2", "fails")]


@pytest.mark.parametrize(
    ("rate", "rounding", "shown"),
    [
        ("27.55", "half-up", ("2,331 ÷ 8,462 = 27.55%", "holds")),
        ("27.5", "half-up", ("2,331 ÷ 8,462 = 27.5%", "holds")),
        ("27.54", "down", ("2,331 ÷ 8,462 = 27.54%", "holds")),
        ("27.54", "half-up", ("2,331 ÷ 8,462 = 27.55% ≠ 27.54%", "fails")),
        ("28", None, ("2,331 ÷ 8,462 = 28%", "holds")),
    ],
)
def test_a_rate_is_rounded_to_its_own_places(rate, rounding, shown):
    lines = f"2022,share,workers,all,{rate},normal,,\n2022,headcount,workers,all,8462,normal,,"
    lines += "\n2022,headcount,temporary,all,2331,normal,,"
    declared = check("rate", "share.workers.all", "headcount.temporary.all", "headcount.workers.all", rounding=rounding)
    assert formulas(said(lines, declared)[0]) == [shown]


def test_a_rate_of_nothing_fails():
    lines = "2022,share,workers,all,5,normal,,\n2022,headcount,workers,all,0,normal,,"
    declared = check("rate", "share.workers.all", "headcount.workers.all", "headcount.workers.all")
    assert formulas(said(lines, declared)[0]) == [("0 ÷ 0 ≠ 5%", "fails")]


def test_an_open_code_is_the_same_in_every_term():
    lines = """
2022,headcount,workers,agencies,1,normal,,
2022,headcount,workers,schools,2,normal,,
2022,headcount,workers,all,3,normal,,
2022,headcount,temporary,agencies,4,normal,,
2022,headcount,temporary,schools,5,normal,,
2022,headcount,temporary,all,8,normal,,
"""
    [evaluation] = said(lines, check("sum", "headcount.*.all", "headcount.*.agencies", "headcount.*.schools"))
    assert formulas(evaluation) == [("4 + 5 = 9 ≠ 8", "fails"), ("1 + 2 = 3", "holds")]


def test_what_is_not_there_leaves_a_check_open():
    [evaluation] = said(WORKERS.replace("2022-05,headcount,workers,schools,633,normal,,\n", ""), SUM)
    assert evaluation.outcome == "open"
    assert evaluation.absent == ["headcount.workers.schools.2022-05"]
    assert formulas(evaluation) == [("5,498 + ? = 6,131", "open")]


def test_a_missing_value_leaves_a_check_open():
    [evaluation] = said(WORKERS.replace("633,normal", ",missing"), SUM)
    assert evaluation.outcome == "open"
    assert evaluation.absent == []


def test_a_check_of_nothing_is_open():
    assert said(WORKERS, check("sum", "headcount.temporary.schools", *SUM["terms"]))[0].outcome == "open"


@pytest.mark.parametrize(
    ("direction", "outcomes"),
    [
        ("not-falling", ["fails", "holds", "holds"]),
        ("rising", ["fails", "fails", "holds"]),
        ("not-rising", ["fails", "holds", "holds"]),
        ("falling", ["fails", "fails", "holds"]),
    ],
)
def test_a_direction_is_looked_at_from_one_period_to_the_next(direction, outcomes):
    values = {"2019": 5, "2020": 7, "2021": 7, "2022": 6}
    lines = "\n".join(f"{period},headcount,workers,all,{value},normal,," for period, value in values.items())
    [evaluation] = said(lines, check("monotony", "headcount.workers.all", direction=direction))
    assert [each.outcome for each in evaluation.findings] == outcomes


def test_periods_that_overlap_are_no_steps():
    lines = "2021,headcount,workers,all,9,normal,,\n2021-05,headcount,workers,all,1,normal,,"
    assert said(lines, check("monotony", "headcount.workers.all"))[0].findings == ()


def test_steps_do_not_lead_from_one_series_into_another():
    lines = "2021,headcount,workers,all,9,normal,,\n2022,headcount,temporary,all,1,normal,,"
    assert said(lines, check("monotony", "headcount.*.all"))[0].findings == ()


def test_agreement_with_another_dataset():
    other = Structure((Dimension("group", ("workers", "others")),), (Measure("people", "person"),))
    rows = parse_csv(
        "period,measure,group,value,status,note_zh,note_en\n2022-05,people,workers,6131.0,normal,,\n"
        "2022-05,people,others,1,normal,,\n",
        other,
    )
    others = {"dataset:other": (other, reader(rows))}
    agreeing = check("agreement", "headcount.workers.all", "people.workers", dataset="dataset:other")
    summed = {**agreeing, "terms": ["people.workers", "people.others"]}
    evaluations = said(WORKERS, agreeing, summed, others=others)
    assert [formulas(each) for each in evaluations] == [
        [("6,131.0 = 6,131", "holds")],
        [("6,131.0 + 1 = 6,132 ≠ 6,131", "fails")],
    ]


def test_a_dataset_that_is_not_public():
    [evaluation] = said(WORKERS, check("agreement", "headcount.workers.all", "a.b", dataset="dataset:gone"))
    assert evaluation.outcome == "open"
    with translation.override("en"):
        assert str(evaluation.problem) == "The dataset dataset:gone is not public."


def test_a_tolerance_is_shown():
    lines = WORKERS.replace("6131", "6132")
    [evaluation] = said(lines, {**SUM, "tolerance": "1"})
    assert formulas(evaluation) == [("5,498 + 633 = 6,131 ≈ 6,132 (±1)", "holds")]
    assert said(lines, {**SUM, "tolerance": "0.9"})[0].outcome == "fails"


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        (check("sum", "headcount.nobody.all", *SUM["terms"]), "nobody"),
        (check("sum", "people.workers.all", *SUM["terms"]), "people"),
        (check("sum", "headcount.workers", *SUM["terms"]), "measure.staff.place"),
        (check("sum", "headcount.workers.all", "headcount.workers.schools"), "at least 2"),
        (check("rate", "share.workers.all", *SUM["terms"], "headcount.workers.all"), "at most 2"),
        (check("monotony", "headcount.workers.all", "headcount.workers.schools"), "at most 0"),
        (check("sum", "headcount.workers.all", "headcount.*.schools", "headcount.workers.all"), "leaves a code open"),
        (check("sum", "headcount.workers.all", "share.workers.all", "headcount.workers.all"), "unit"),
        (check("agreement", "headcount.workers.all", "headcount.workers.all"), "not public"),
        (check("median", "headcount.workers.all"), "not a kind"),
    ],
)
def test_what_could_never_be_checked(declared, words):
    [evaluation] = said(WORKERS, declared)
    with translation.override("en"):
        assert words in str(evaluation.problem)


def test_the_cell_that_only_failing_checks_count_with_is_suspected():
    total = check("sum", "headcount.temporary.agencies", "headcount.workers.all", "headcount.temporary.all")
    lines = WORKERS.replace("5498", "5489") + "2022-05,headcount,temporary,agencies,8575,normal,,\n"
    assert suspects(said(lines, SUM, total)) == [
        "headcount.workers.agencies.2022-05",
        "headcount.workers.schools.2022-05",
    ]


def test_findings_are_capped_and_those_that_fail_come_first():
    lines = "\n".join(
        f"{year},headcount,{staff},{place},{value},normal,,"
        for year in range(1900, 2020)
        for staff, place, value in (
            ("workers", "agencies", 1),
            ("workers", "schools", 1),
            ("workers", "all", 3 if year == 2019 else 2),
        )
    )
    [evaluation] = said(lines, SUM)
    assert len(evaluation.findings) == MOST_FINDINGS
    assert dict(evaluation.counts) == {"holds": 119, "fails": 1, "open": 0}
    assert evaluation.findings[0].period == "2019"


@given(st.lists(VALUES, min_size=2, max_size=30))
def test_sums_are_exact(values):
    codes = tuple(f"c{place}" for place in range(len(values)))
    structure = Structure((Dimension("code", (*codes, "all")),), (Measure("n", "case"),))
    with localcontext(prec=80):
        total = sum(map(Decimal, values), Decimal(0))
        smallest = Decimal(1).scaleb(-10)
        for result, outcome in ((total, "holds"), (total + smallest, "fails")):
            rows = [
                Row("2022", "n", {"code": code}, value, "normal") for code, value in zip(codes, values, strict=True)
            ]
            rows.append(Row("2022", "n", {"code": "all"}, f"{result:f}", "normal"))
            declared = check("sum", "n.all", *(f"n.{code}" for code in codes))
            [evaluation] = evaluate([declared], structure, reader(rows), {})
            assert evaluation.outcome == outcome
