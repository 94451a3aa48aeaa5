"""Structures, units, statuses and labels."""

import pytest

from portal.core.languages import CHINESE, ENGLISH
from portal.statistics.csvtable import parse_csv
from portal.statistics.labels import label_rows
from portal.statistics.status import STATUSES, status_label
from portal.statistics.structure import Dimension, Measure, Structure, StructureError
from portal.statistics.units import UNITS, quantity_label, unit_label
from tests.unit.statistics.tables import CSV, STRUCTURE

DIMENSIONS = [
    {
        "code": "staff",
        "label": {"zh-Hant": "人員類別", "en": "Staff"},
        "codes": [
            {"code": "workers", "label": {"zh-Hant": "工級人員", "en": "Workers"}},
            {"code": "temporary", "label": {"zh-Hant": "臨時人員", "en": None}},
        ],
    },
    {
        "code": "place",
        "label": {"zh-Hant": "機關學校", "en": "Place"},
        "codes": [
            {"code": code, "label": {"zh-Hant": name, "en": code.title()}}
            for code, name in (("agencies", "市府所屬機關"), ("schools", "學校"), ("all", "合計"))
        ],
    },
]
MEASURES = [
    {"code": "headcount", "label": {"zh-Hant": "員額", "en": "Headcount"}, "unit": "person"},
    {"code": "share", "label": {"zh-Hant": "比率", "en": "Share"}, "unit": "percent"},
]


def test_a_structure_is_taken_from_a_document():
    assert Structure.from_document(DIMENSIONS, MEASURES) == STRUCTURE


@pytest.mark.parametrize(
    ("dimensions", "measures"),
    [
        ([("period", ["a"])], [("m", "case")]),
        ([("a", ["x"]), ("a", ["x"])], [("m", "case")]),
        ([("a", ["x", "x"])], [("m", "case")]),
        ([("a", [])], [("m", "case")]),
        ([("a", ["X"])], [("m", "case")]),
        ([("a", ["x.y"])], [("m", "case")]),
        ([("a--b", ["x"])], [("m", "case")]),
        ([("a", ["x" * 65])], [("m", "case")]),
        ([(f"d{number}", ["x"]) for number in range(9)], [("m", "case")]),
        ([], []),
        ([], [("m", "case"), ("m", "case")]),
        ([], [("m", "parsec")]),
    ],
)
def test_bad_structures_are_refused(dimensions, measures):
    with pytest.raises(StructureError) as caught:
        Structure(
            tuple(Dimension(code, tuple(codes)) for code, codes in dimensions),
            tuple(Measure(*measure) for measure in measures),
        )
    assert str(caught.value)


def test_rows_are_labelled_in_a_language():
    row = label_rows(parse_csv(CSV, STRUCTURE), DIMENSIONS, MEASURES, ENGLISH)[2]
    assert row == {
        "key": "headcount.temporary.all.2022-05",
        "period": "2022-05",
        "measure": "headcount",
        "staff": "temporary",
        "place": "all",
        "value": "2444",
        "unit": "person",
        "status": "approximate",
        "note": {"zh-Hant": "約數，見說明", "en": "About, see below"},
        "labels": {
            "period": "May 2022",
            "measure": "Headcount",
            "unit": "people",
            "status": "Approximate",
            "staff": "臨時人員",
            "place": "All",
        },
    }
    assert label_rows(parse_csv(CSV, STRUCTURE), DIMENSIONS, MEASURES, CHINESE)[0]["labels"]["period"] == "111年5月"
    assert "labels" not in label_rows(parse_csv(CSV, STRUCTURE), DIMENSIONS, MEASURES)[0]


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        ("5498", "person", "5,498人", "5,498 people"),
        ("1", "case", "1件", "1 case"),
        ("0", "case", "0件", "0 cases"),
        ("1.0", "year", "1.0年", "1.0 years"),
        ("-1234.50", "item", "-1,234.50案", "-1,234.50 items"),
        ("-0.5", "year", "-0.5年", "-0.5 years"),
        ("27.55", "percent", "27.55％", "27.55%"),
        ("3186.2", "ten-thousand-twd", "3,186.2萬元", "3,186.2 × NT$10,000"),
    ],
)
def test_quantities(value, unit, chinese, english):
    assert (quantity_label(value, unit, CHINESE), quantity_label(value, unit, ENGLISH)) == (chinese, english)


def test_every_code_has_names_in_both_languages():
    for language in (CHINESE, ENGLISH):
        assert all(unit_label(code, language) for code in UNITS)
        assert all(status_label(code, language) for code in STATUSES)
    assert {status.sdmx for status in STATUSES.values()} == {"A", "P", "E", "O", "Q", None}
