"""Names in place of codes, and periods as people write them."""

import pytest
from django.utils import translation

from portal.statistics.names import Names
from portal.statistics.periods import period_code

_DIMENSIONS = [
    {
        "code": "staff",
        "label": {"zh-Hant": "人員類別", "en": "Category of staff"},
        "codes": [
            {"code": "workers", "label": {"zh-Hant": "工級人員", "en": "Workers"}},
            {"code": "temporary", "label": {"zh-Hant": "臨時人員", "en": None}},
            {"code": "total", "label": {"zh-Hant": "合計", "en": "All"}},
            {"code": "all", "label": {"zh-Hant": "合計", "en": "Workers and temporary staff"}},
        ],
    }
]
_MEASURES = [{"code": "headcount", "label": {"zh-Hant": "員額", "en": "Headcount"}, "unit": "person"}]
_NAMES = Names(_DIMENSIONS, _MEASURES)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("staff", "工級人員", "workers"),
        ("staff", " WORKERS ", "workers"),
        ("staff", "臨時人員", "temporary"),
        ("staff", "nobody", "nobody"),
        # A code is itself, whatever else is called so.
        ("staff", "all", "all"),
        ("measure", "員額", "headcount"),
        ("status", "缺值", "missing"),
        ("status", "Provisional", "provisional"),
        ("period", "111年5月", "2022-05"),
        ("note_zh", "工級人員", "工級人員"),
        ("value", "5498", "5498"),
    ],
)
def test_names_become_codes(column, text, code):
    assert _NAMES.in_cells({column: text}) == ({column: code}, [])


def test_a_name_of_several_codes_is_refused_with_them():
    _cells, [(column, message, params)] = _NAMES.in_cells({"staff": "合計"})
    assert column == "staff"
    with translation.override("en"):
        assert str(message) % params == "“合計” is the name of several codes; write one of them: total, all."


@pytest.mark.parametrize(
    ("text", "column"),
    [("期間", "period"), ("Value", "value"), ("人員類別", "staff"), ("STAFF", "staff"), ("other", "other")],
)
def test_names_of_columns(text, column):
    assert _NAMES.column(text) == column


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2022-05", "2022-05"),
        ("111年5月", "2022-05"),
        ("民國１１１年５月", "2022-05"),
        ("2022/5", "2022-05"),
        ("111/3/17", "2022-03-17"),
        ("111年上半年", "2022-H1"),
        ("111年第二季", "2022-Q2"),
        ("111年", "2022"),
        ("111", "2022"),
        ("2022-02-01--2022-06-30", "2022-02-01--2022-06-30"),
        # A month may have lost its zero, and two digits may be a day.
        ("111.1", "111.1"),
        ("11", "11"),
        ("05/01/22", "05/01/22"),
        ("99年5月", "2010-05"),
        ("111年13月", "111年13月"),
        ("五月", "五月"),
        ("", ""),
    ],
)
def test_periods(typed, code):
    assert period_code(typed) == code
