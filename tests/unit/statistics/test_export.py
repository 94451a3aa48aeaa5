"""Tables as text files: what is written can be read back, and says what the API says."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.languages import CHINESE, ENGLISH
from portal.statistics import columns as columns_module
from portal.statistics.columns import from_parquet, to_columns, to_parquet, to_rows
from portal.statistics.csvtable import parse_csv
from portal.statistics.export import csv_portions, json_lines, program_header, spreadsheet_portions, spreadsheet_rows
from portal.statistics.labels import label_rows
from portal.statistics.rows import Row
from tests.unit.statistics.tables import CSV, STRUCTURE, in_order, tables
from tests.unit.statistics.test_structure import DIMENSIONS, MEASURES

DOCUMENT = {"dimensions": DIMENSIONS, "measures": MEASURES}
LANGUAGES = st.sampled_from([None, CHINESE, ENGLISH])


def columns(rows: list[Row]):
    return to_columns(rows, STRUCTURE.dimension_codes)


def read(portions) -> list[list[str]]:
    text = b"".join(portions).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(tables())
def test_columns_are_the_rows(rows):
    made = columns(in_order(rows, STRUCTURE))
    assert list(to_rows(made)) == in_order(rows, STRUCTURE)
    assert from_parquet(to_parquet(made)).equals(made)
    assert to_parquet(made) == to_parquet(columns(in_order(reversed(rows), STRUCTURE)))


@given(tables(), LANGUAGES)
def test_json_lines_say_what_the_api_says(rows, language):
    lines = b"".join(json_lines(columns(rows), DOCUMENT, labels=language)).decode().splitlines()
    assert [json.loads(line) for line in lines] == label_rows(rows, DIMENSIONS, MEASURES, language)


@given(tables(), LANGUAGES)
def test_csv_is_read_back(rows, language):
    header, *lines = read(csv_portions(columns(rows), DOCUMENT, labels=language))
    assert [name for name in header if not name.endswith("_label")] == program_header(DOCUMENT)
    for line, row in zip(lines, rows, strict=True):
        cells = dict(zip(header, line, strict=True))
        assert (cells["period"], cells["measure"], cells["staff"]) == (row.period, row.measure, row.dimensions["staff"])
        assert (cells["value"], cells["status"]) == (row.value or "", row.status)
        assert (cells["note_zh"], cells["note_en"]) == (row.note_zh_hant, row.note_en)
        assert cells["unit"] == {"headcount": "person", "share": "percent"}[row.measure]
        assert ("staff_label" in cells) == (language is not None)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        (
            CHINESE,
            ["111年5月", "2022-05", "員額", "工級人員", "市府所屬機關", "5498", "人", "正常", ""],
            "約數，見說明",
        ),
        (
            ENGLISH,
            ["May 2022", "2022-05", "Headcount", "Workers", "Agencies", "5498", "people", "Normal value", ""],
            "About, see below",
        ),
    ],
)
def test_csv_for_spreadsheets(language, first, last):
    made = columns(parse_csv(CSV, STRUCTURE))
    content = b"".join(spreadsheet_portions(made, DOCUMENT, language))
    assert content.startswith(b"\xef\xbb\xbf")
    header, *lines = read([content])
    assert header[3:5] == [dimension["label"][language] for dimension in DIMENSIONS]
    assert lines[0] == first
    assert lines[2][-1] == last
    assert lines[3][-1] == "'=1+1"
    assert [cell or None for cell in lines[0]] == list(next(iter(spreadsheet_rows(made, DOCUMENT, language))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_neutralised_and_negative_numbers_stay(start):
    row = Row("2022", "headcount", {"staff": "workers", "place": "all"}, "-5.50", "normal", f"{start}1+1")
    [_header, line] = read(spreadsheet_portions(columns([row]), DOCUMENT, CHINESE))
    assert (line[5], line[-1]) == ("-5.50", f"'{start}1+1")


@given(tables(max_size=9))
def test_portions_do_not_show(rows):
    made = columns(rows)
    whole = [b"".join(csv_portions(made, DOCUMENT)), b"".join(json_lines(made, DOCUMENT))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.statistics.export.BATCH", 2)
        patch.setattr(columns_module, "BATCH", 2)
        assert [b"".join(csv_portions(made, DOCUMENT)), b"".join(json_lines(made, DOCUMENT))] == whole
        assert list(to_rows(columns(rows))) == rows
