"""Specifications of charts: names, units and numbers in both languages, and the size of the picture."""

import json
from typing import Any

import pytest

from portal.statistics.chart_style import LAYOUTS, PAGE, PHONE, WHOLE
from portal.statistics.charts import drawn, read_chart
from portal.statistics.csvtable import parse_csv
from portal.statistics.structure import Structure
from portal.statistics.vegalite import Picture, picture
from tests.factories.datasets import chart
from tests.factories.documents import both
from tests.unit.statistics.tables import in_order

DIMENSIONS = [
    {
        "code": "staff",
        "label": both("人員", "Staff"),
        "codes": [
            {"code": "workers", "label": both("工友", "Workers")},
            {"code": "temporary", "label": both("臨時人員", None)},
            {"code": "others", "label": both("臨時人員", "Others")},
        ],
    }
]
MEASURES = [
    {"code": "headcount", "label": both("員額", "Headcount"), "unit": "person"},
    {"code": "leavers", "label": both("離職", "Leavers"), "unit": "person"},
    {"code": "budget", "label": both("經費", "Budget"), "unit": "ten-thousand-twd"},
]
LINES = """\
period,measure,staff,value,status,note_zh,note_en
2022-05,headcount,workers,6131,normal,,
2022-05,headcount,temporary,-1287.50,approximate,,
2022-05,headcount,others,,missing,,
2021-05,headcount,workers,7000,provisional,,
2022-05,leavers,workers,12,normal,,
2022-05,budget,workers,3186.20,normal,,
"""


def made(
    language: str = "zh-Hant",
    layout: Any = PAGE,
    lines: str = LINES,
    dimension_names: dict[str, str] | None = None,
    **members: Any,
) -> Picture:
    """A chart of the lines; ``dimension_names`` gives codes of the dimension other names."""
    structure = Structure.from_document(DIMENSIONS, MEASURES)
    found = read_chart(chart(**members), structure)
    codes = [_renamed(each, dimension_names or {}) for each in DIMENSIONS[0]["codes"]]
    rows = [row for row in in_order(parse_csv(lines, structure), structure) if found.has(row)]
    return picture(
        found,
        drawn(found, rows),
        dimensions=[DIMENSIONS[0] | {"codes": codes}],
        measures=MEASURES,
        language=language,
        layout=layout,
        heading=("標題" if language == "zh-Hant" else "Title", "資料集"),
        description="說明。",
    )


def _renamed(code: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return code | ({"label": both(names[code["code"]], None)} if code["code"] in names else {})


def values(found: Picture, name: str) -> list[Any]:
    return [datum[name] for datum in found.spec["data"]["values"]]


@pytest.mark.parametrize(
    ("language", "texts", "words"),
    [
        ("zh-Hant", ["6,131", "約−1,287.50", "缺值"], "臨時人員：約−1,287.50人"),
        ("en", ["6,131", "about −1,287.50", "Missing"], "臨時人員: about −1,287.50 people"),
    ],
)
def test_numbers_are_read_as_the_source_has_them(language, texts, words):
    found = made(language)
    assert values(found, "value") == [6131.0, -1287.5, None]
    assert values(found, "value_text") == texts
    assert values(found, "in_words")[1] == words
    assert found.period == "2022-05"


def test_names_that_are_the_same_are_told_apart():
    assert values(made(), "staff") == ["工友", "臨時人員", "臨時人員 (others)"]
    assert values(made("en"), "staff") == ["Workers", "臨時人員", "Others"]


@pytest.mark.parametrize(
    ("language", "measures", "title"),
    [
        ("zh-Hant", ["headcount"], "員額（人）"),
        ("en", ["headcount"], "Headcount (people)"),
        ("zh-Hant", ["budget"], "經費（萬元）"),
        ("en", ["budget"], "Budget (NT$10,000)"),
        ("en", ["headcount", "leavers"], "People"),
    ],
)
def test_the_axis_of_values_has_the_unit(language, measures, title):
    colour = "measure" if len(measures) > 1 else None
    found = made(language, measures=measures, colour=colour)
    assert found.spec["encoding"]["x"]["axis"]["title"] == title
    assert found.spec["encoding"]["x"]["type"] == "quantitative"


def test_chinese_axes_count_roc_years_and_english_ones_gregorian_years():
    members = {"x": "period", "y": "value", "filters": {"staff": ["workers"]}}
    assert made(**members).spec["encoding"]["x"]["sort"] == ["110年5月", "111年5月"]
    assert made("en", **members).spec["encoding"]["x"]["sort"] == ["May 2021", "May 2022"]


def test_a_line_goes_along_the_days():
    found = made(mark="line", x="period", y="value", filters={"staff": ["workers"]})
    first, second = sorted(values(found, "first_day"))
    assert second - first == 365
    axis = found.spec["encoding"]["x"]["axis"]
    assert axis["values"] == [first, second]
    assert "111年5月" in axis["labelExpr"].replace('", "', "")


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("declared", ["工友", "臨時人員", "臨時人員 (others)"]),
        ("descending", ["工友", "臨時人員 (others)", "臨時人員"]),
        ("ascending", ["臨時人員", "臨時人員 (others)", "工友"]),
    ],
)
def test_categories_have_an_order(sort, names):
    assert made(sort=sort).spec["encoding"]["y"]["sort"] == names


def test_bars_begin_at_zero_and_leave_room_for_their_numbers():
    low, high = made().spec["encoding"]["x"]["scale"]["domain"]
    assert low < -1287.5
    assert high > 6131


def test_colours_are_told_apart_by_more_than_the_colour():
    period = {"x": "period", "y": "value", "colour": "staff"}
    line = made(mark="line", **period).spec["encoding"]
    point = made(mark="point", **period).spec["encoding"]
    assert line["strokeDash"]["scale"]["domain"] == line["color"]["scale"]["domain"]
    assert point["shape"]["scale"]["domain"] == point["color"]["scale"]["domain"]
    assert line["color"]["title"] == "人員"


def test_stacked_bars_are_on_each_other_and_others_beside_each_other():
    stacked = made(y="period", colour="staff", stacked=True).spec["encoding"]
    beside = made(y="period", colour="staff").spec["encoding"]
    assert (stacked["x"]["stack"], "yOffset" in stacked) == ("zero", False)
    assert (beside["x"]["stack"], beside["yOffset"]["field"]) == (None, "staff")


@pytest.mark.parametrize("layout", LAYOUTS.values())
def test_the_size_is_known_before_it_is_drawn(layout):
    found = made(layout=layout)
    assert (found.spec["width"], found.spec["height"]) == (found.width, found.height) == (layout.width, found.height)
    assert found.spec["autosize"] == {"type": "fit", "contains": "padding"}


def test_only_the_picture_that_stands_by_itself_has_its_title():
    assert made(layout=WHOLE).spec["title"]["text"] == ["標題"]
    assert made(layout=WHOLE).spec["title"]["subtitle"] == ["資料集"]
    assert "title" not in made(layout=PAGE).spec
    assert "title" not in made(layout=PHONE).spec


def test_a_specification_is_plain_json_without_addresses():
    spec = made().spec
    assert json.loads(json.dumps(spec)) == spec
    assert spec["description"] == "說明。"
    assert "url" not in json.dumps(spec)
