"""What others make of the files: readers of CSVW, Frictionless, DuckDB, LibreOffice, spreadsheets."""

import csv
import datetime
import json
import shutil
import subprocess
from decimal import Decimal

import duckdb
import openpyxl
import pytest
from csvw import CSVW
from frictionless import Resource, Schema
from frictionless.fields import StringField

from tests.integration.opendata.conftest import LINES

_ROWS = list(csv.DictReader(LINES.splitlines()))


def test_csvw(download):
    download("csv")
    read = CSVW(str(download("csvw")), validate=True)
    assert read.is_valid, read.warnings
    [table] = read.to_json()["tables"] if "tables" in (told := read.to_json()) else [told]
    assert table["url"].endswith(".csv")
    values = [row["describes"][0].get("sdmx-measure:obsValue") for row in table["row"]]
    assert len(values) == len(_ROWS)


def test_csvw_has_titles_in_both_languages(download):
    described = json.loads(download("csvw").read_text("utf-8"))
    columns = {column["name"]: column for column in described["tableSchema"]["columns"]}
    assert columns["staff"]["titles"] == {"zh-Hant": ["類別", "staff"], "en": ["Kind of staff", "staff"]}
    assert columns["value"]["datatype"] == {"base": "decimal"}
    assert described["tableSchema"]["primaryKey"] == ["measure", "staff", "period"]


@pytest.mark.parametrize("code", ["csv", "csv-zh-hant", "csv-en"])
def test_frictionless(download, code):
    path = download(code)
    header = path.read_text("utf-8-sig").partition("\n")[0].split(",")
    schema = Schema(fields=[StringField(name=name) for name in header])
    resource = Resource(path=path.name, basepath=str(path.parent), schema=schema, encoding="utf-8-sig")
    report = resource.validate()
    assert report.valid, report.flatten(["type", "message"])


def test_parquet_in_duckdb(download):
    path = str(download("parquet"))
    found = duckdb.execute("select period, period_start, staff, value, unit, note_zh from read_parquet(?)", [path])
    rows = found.fetchall()
    assert len(rows) == len(_ROWS)
    assert ("2022-05", datetime.date(2022, 5, 1), "temporary", Decimal("-1705.50"), "person", '=1+1，見"說明"') in rows
    assert Decimal("123456789012345678.25") in {row[3] for row in rows}


def test_json_and_json_lines_agree(download):
    whole = json.loads(download("json").read_bytes())
    lines = [json.loads(line) for line in download("jsonl").read_bytes().splitlines()]
    assert whole["observations"] == lines
    assert (whole["uid"], whole["version"], whole["title"]["en"]) == ("dataset:headcount", 1, "Headcount, <all>")


@pytest.mark.parametrize("code", ["xlsx-zh-hant", "xlsx-en"])
def test_xlsx_cells(download, code):
    sheet = openpyxl.load_workbook(download(code)).active
    header, *rows = [list(row) for row in sheet.iter_rows()]
    place = [cell.value for cell in header].index("數值" if code.endswith("hant") else "Value")
    values = [row[place] for row in rows]
    assert (values[1].data_type, values[1].value, values[1].number_format) == ("n", 5498, "#,##0")
    assert (values[2].data_type, values[2].value, values[2].number_format) == ("n", -1705.5, "#,##0.00")
    assert (values[0].data_type, values[0].value) == ("s", "123456789012345678.25")
    assert rows[2][-1].data_type == "s"
    assert str(rows[2][-1].value).startswith("=")


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("code", ["ods-zh-hant", "ods-en", "xlsx-zh-hant"])
def test_spreadsheets_in_libreoffice(download, tmp_path, code):
    path = download(code)
    subprocess.run(
        [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation=file://{tmp_path}/office",
            *("--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"),
            *("--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    [_header, *rows] = list(csv.reader((tmp_path / f"{path.stem}.csv").read_text("utf-8").splitlines()))
    assert len(rows) == len(_ROWS)
    assert [row[4] for row in rows] == ["123456789012345678.25", "5498", "-1705.5", "27.5", ""]
    assert rows[2][-1].startswith("=")
