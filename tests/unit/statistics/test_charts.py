"""Charts: what may be declared, and which observations make one."""

import pytest
from django.utils import translation

from portal.statistics.charts import MOST_BARS, MOST_OBSERVATIONS, Chart, ChartError, drawn, read_chart
from portal.statistics.csvtable import parse_csv
from portal.statistics.palette import MOST_COLOURS
from portal.statistics.rows import Row
from portal.statistics.structure import Dimension, Measure, Structure
from tests.factories.datasets import chart
from tests.unit.statistics.tables import HEADER, STRUCTURE

TOTALS = {"place": ["all"]}
ALONG = {"mark": "line", "x": "period", "y": "value", "colour": "staff"}


def read(structure: Structure = STRUCTURE, **members) -> Chart:
    return read_chart(chart(**({"filters": TOTALS} | members)), structure)


def rows(lines: str) -> list[Row]:
    return parse_csv(f"{HEADER}\n{lines.strip()}\n", STRUCTURE)


def by_period(*periods: str) -> list[Row]:
    return rows("\n".join(f"{period},headcount,workers,all,1,normal,," for period in periods))


def english(problem: ChartError) -> str:
    with translation.override("en"):
        return str(problem)


def test_a_chart_is_read():
    found = read(filters={"place": ["all", "schools"], "staff": ["workers"]}, y="place", sort="descending")
    assert found.categories == ("place",)
    assert found.codes == {"staff": ("workers",), "place": ("schools", "all")}
    assert found.fixed == {"staff": "workers"}
    assert found.unit == "person"
    assert found.is_horizontal


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"measures": ["people"]}, "people"),
        ({"measures": ["headcount", "headcount"]}, "twice"),
        ({"measures": ["headcount", "share"], "colour": "measure"}, "same unit"),
        ({"measures": []}, "needs a measure"),
        ({"y": "nobody"}, "nobody"),
        ({"colour": "nobody"}, "nobody"),
        ({"y": "value"}, "One of x and y"),
        ({"x": "staff", "y": "period"}, "One of x and y"),
        ({"colour": "staff"}, "on an axis already"),
        ({"filters": {}}, "place"),
        ({"filters": {"place": ["all", "schools"]}}, "place"),
        ({"filters": {"place": ["nowhere"]}}, "nowhere"),
        ({"filters": TOTALS | {"nothing": ["all"]}}, "nothing"),
        ({"filters": {"place": []}}, "lets nothing through"),
        ({"mark": "line"}, "Lines and areas"),
        ({"mark": "area", "x": "value", "y": "period", "colour": "staff"}, "Lines and areas"),
        ({"mark": "pie"}, "pie"),
    ],
)
def test_what_could_never_be_drawn(members, words):
    with pytest.raises(ChartError) as refused:
        read(**members)
    assert words in english(refused.value)


def test_two_filters_of_one_dimension():
    twice = [{"dimension": "place", "codes": ["all"]}, {"dimension": "place", "codes": ["schools"]}]
    with pytest.raises(ChartError, match="place"):
        read_chart(chart() | {"filters": twice}, STRUCTURE)


def test_several_measures_are_told_apart():
    structure = Structure(STRUCTURE.dimensions, (Measure("before", "person"), Measure("after", "person")))
    with pytest.raises(ChartError, match="measure"):
        read(structure, measures=["before", "after"])
    # In the order in which the structure has them.
    assert read(structure, measures=["after", "before"], colour="measure").measures == ("before", "after")


def test_colours_are_as_many_as_can_be_told_apart():
    codes = tuple(f"c{place}" for place in range(MOST_COLOURS + 1))
    structure = Structure((Dimension("staff", ("all",)), Dimension("code", codes)), STRUCTURE.measures)
    assert read(structure, colour="code", filters={"code": codes[1:]}).colour == "code"
    with pytest.raises(ChartError, match=str(MOST_COLOURS)):
        read(structure, colour="code", filters={})


def test_areas_are_stacked_and_a_single_colour_is_not():
    along = {"x": "period", "y": "value"}
    assert read(mark="area", **along, colour="staff").stacked
    assert not read(mark="area", **along, filters=TOTALS | {"staff": ["workers"]}).stacked
    assert not read(stacked=True).stacked
    assert read(stacked=True, colour="period").stacked


def test_only_what_is_filtered_is_drawn():
    found = read()
    given = rows("2022,headcount,workers,all,1,normal,,\n2022,headcount,workers,schools,2,normal,,")
    assert [row.value for row in given if found.has(row)] == ["1"]


def test_the_latest_period_is_drawn_where_none_is_shown():
    assert [row.period for row in drawn(read(), by_period("2021", "2022-05", "2022-02-01--2022-06-30"))] == [
        "2022-02-01--2022-06-30"
    ]
    assert len(drawn(read(colour="period"), by_period("2021", "2022"))) == 2


@pytest.mark.parametrize(
    ("members", "lines", "words"),
    [
        ({}, "", "no value"),
        ({}, "2022,headcount,workers,all,,missing,,", "no value"),
        (
            ALONG,
            "2022,headcount,workers,all,1,normal,,",
            "two",
        ),
        (
            ALONG,
            "2022,headcount,workers,all,1,normal,,\n2022-05,headcount,workers,all,1,normal,,",
            "overlap",
        ),
    ],
)
def test_observations_that_make_no_chart(members, lines, words):
    with pytest.raises(ChartError) as refused:
        drawn(read(**members), rows(lines) if lines else [])
    assert words in english(refused.value)


@pytest.mark.parametrize(
    ("mark", "count", "good"),
    [
        ("bar", MOST_BARS, True),
        ("bar", MOST_BARS + 1, False),
        ("point", MOST_BARS + 1, True),
        ("point", MOST_OBSERVATIONS, True),
        ("point", MOST_OBSERVATIONS + 1, False),
    ],
)
def test_a_chart_draws_no_more_than_can_be_seen(mark, count, good):
    found = read(mark=mark, x="period", y="value", filters=TOTALS | {"staff": ["workers"]})
    many = by_period(*(f"{1000 + place // 12}-{place % 12 + 1:02}" for place in range(count)))
    if good:
        assert len(drawn(found, many)) == count
    else:
        with pytest.raises(ChartError):
            drawn(found, many)
