"""Tables from files: what is good is read exactly, what is not is refused with its place and the reason."""

import datetime
import io

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.csvtable import parse_csv
from portal.statistics.names import Names
from portal.statistics.problems import TableProblems
from portal.statistics.uploads import packages
from portal.statistics.uploads.files import Limits, Upload, read_file
from tests.factories.spreadsheets import cell as ods_cell
from tests.factories.spreadsheets import claiming, number, ods, ods_row, ods_sheet, rewritten, xlsx, zipped
from tests.unit.statistics.tables import CSV, HEADER, STRUCTURE

_COLUMNS = HEADER.split(",")
_LABELS = {"workers": "工級人員", "temporary": "臨時人員", "agencies": "市府所屬機關", "schools": "學校", "all": "合計"}
_NAMES = Names(
    [
        {
            "code": dimension.code,
            "label": {"zh-Hant": {"staff": "人員類別", "place": "單位"}[dimension.code], "en": None},
            "codes": [{"code": code, "label": {"zh-Hant": _LABELS[code], "en": None}} for code in dimension.codes],
        }
        for dimension in STRUCTURE.dimensions
    ],
    [
        {"code": "headcount", "label": {"zh-Hant": "員額", "en": "Headcount"}},
        {"code": "share", "label": {"zh-Hant": "比率", "en": "Share"}},
    ],
)
_LIMITS = Limits(csv_rows=100, sheet_rows=50)
_GOOD = ["2022-05", "headcount", "workers", "agencies", 5498, "normal", "", ""]


def read(content: bytes, limits: Limits = _LIMITS) -> Upload:
    return read_file(io.BytesIO(content), STRUCTURE, _NAMES, limits)


def refused(content: bytes, language: str = "en") -> list[str]:
    with pytest.raises(TableProblems) as caught, translation.override(language):
        read(content)
    with translation.override(language):
        return [str(problem) for problem in caught.value.problems]


def line(place: int = 4, value: object = 5498) -> list[object]:
    """A good line, but for one cell."""
    return [*_GOOD[:place], value, *_GOOD[place + 1 :]]


def values(content: bytes) -> list[str | None]:
    return [row.value for row in read(content).rows]


# --- CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_in_utf_8(encoding):
    upload = read(CSV.encode(encoding))
    assert list(upload.rows) == parse_csv(CSV, STRUCTURE)
    assert upload.notices == []


@pytest.mark.parametrize(("language", "said"), [("zh-hant", "Big5"), ("en", "The file is in Big5 (CP950)")])
def test_big5_is_converted_and_that_is_said(language, said):
    text = CSV.replace("約數，見說明", "約數，含碁先生、裏面")
    upload = read(text.encode("cp950"))
    assert list(upload.rows) == parse_csv(text, STRUCTURE)
    [notice] = upload.notices
    with translation.override(language):
        assert said in str(notice)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CSV.encode("utf-16"), "The file is in UTF-16."),
        # Broken UTF-8 is not Big5, though it can be read as such.
        (CSV.encode().replace("說".encode(), "說".encode()[:2]), "Line 4: The line has a character that is neither"),
        (CSV.encode("cp950").replace("約".encode("cp950"), b"\xff\xff"), "Line 4: The line has a character"),
        (CSV.encode()[:-20] + b"\0", "Line 6: The text holds a NUL byte"),
        (b"x" * 200_000, "Line 1: The line is too long"),
        (b"%PDF-1.7 \xe2\xe3", "Line 1, period: The column is missing."),
        (b"", "Line 1, period: The column is missing."),
    ],
)
def test_files_that_are_no_csv(content, reason):
    assert refused(content)[0].startswith(reason)


def test_only_the_last_line_is_wrong():
    lines = [f"{1900 + number},headcount,workers,all,{number},,,\n" for number in range(99)]
    text = HEADER + "\n" + "".join(lines) + "2022,headcount,workers,all,many,,,\n"
    assert refused(text.encode())[0].startswith("Line 101, value: “many” is not a decimal number")


def test_too_many_rows():
    lines = "".join(f"{year},headcount,workers,all,1,,,\n" for year in range(1800, 1902))
    assert refused(f"{HEADER}\n{lines}".encode()) == ["Line 102: The table has more than 100 observations."]
    rows = [line(0, str(year)) for year in range(1800, 1852)]
    assert refused(xlsx([_COLUMNS, *rows])) == ["Line 52: The table has more than 50 observations."]


# --- Spreadsheets


def _sheets(rows: list[list[object]]) -> dict[str, bytes]:
    """The same rows as a workbook and as an OpenDocument spreadsheet."""
    cells = [[number(str(each)) if isinstance(each, int | float) else str(each) for each in row] for row in rows]
    return {"xlsx": xlsx(rows), "ods": ods(ods_sheet(*(ods_row(*row) for row in cells)))}


@pytest.fixture(params=["xlsx", "ods"])
def sheet(request):
    return lambda *rows: _sheets([_COLUMNS, *rows])[request.param]


def test_a_sheet_is_read(sheet):
    rows = [line(), line(2, "temporary"), line(4, "27.50"), [*line(4, "")[:5], "missing", "註", "Note"]]
    for place, row in enumerate(rows):
        row[0] = str(2019 + place)
    text = "".join("\n" + ",".join(map(str, row)) for row in rows)
    assert list(read(sheet(*rows)).rows) == parse_csv(HEADER + text, STRUCTURE)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_names_stand_for_codes(kind):
    header = ["期間", "Measure", "人員類別", "單位", "數值", "狀態", "note_zh", "note_en"]
    rows = [header, ["111年5月", "員額", "工級人員", "市府所屬機關", 5498, "正常", "", ""]]
    [row] = read(_sheets(rows)[kind]).rows
    assert (row.key, row.status) == ("headcount.workers.agencies.2022-05", "normal")


def test_a_table_may_stand_anywhere_in_its_sheet():
    rows = [[], [None, None, *_COLUMNS], [], [None, None, *_GOOD]]
    assert values(xlsx(rows)) == ["5498"]
    below = ods(ods_sheet(ods_row("", number_rows_repeated="7"), ods_row("", *_COLUMNS), ods_row("", *map(str, _GOOD))))
    assert values(below) == ["5498"]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_header_that_does_not_match_names_the_one_that_would(kind):
    assert refused(_sheets([[*_COLUMNS[:-1], "remarks"], _GOOD])[kind]) == [
        f"Line 1, note_en: The column is missing. The header line is: {HEADER}",
        f"Line 1, remarks: The column is not known. The header line is: {HEADER}",
    ]


def test_a_cell_beside_the_table_is_refused():
    assert refused(xlsx([_COLUMNS, _GOOD, [*line(0, "2021"), None, "beside"]])) == [
        "Line 3: Cell J3 of the sheet “Data”: it is in a column without a name."
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (5498, "General", "5498"),
        (5498.0, "#,##0", "5498"),
        (27.55, "General", "27.55"),
        (27.5, "0.00", "27.50"),
        (27.5, "0.00_ ", "27.50"),
        (-3.25, "#,##0.00_);[Red](#,##0.00)", "-3.25"),
        (0.1, "General", "0.1"),
        (1e15, "General", "1000000000000000"),
        (1e-7, "General", "0.0000001"),
        (7785, '0.0"萬元"', "7785.0"),
        ("27.50", "General", "27.50"),
    ],
)
def test_numbers_of_a_workbook_keep_what_they_show(value, number_format, text):
    def shaped(workbook):
        workbook.active["E2"].number_format = number_format

    assert values(xlsx([_COLUMNS, line(4, value)], shaped)) == [text]


@pytest.mark.parametrize(
    ("value", "number_format", "reason"),
    [
        (27.55, "0", "it holds 27.55 but shows 28. Round the value, or show all its decimal places"),
        (0.25, "0.0", "it holds 0.25 but shows 0.2"),
        (0.12345678901, "General", "A value has at most 18 digits before and 10 after the decimal point"),
        (0.2755, "0.00%", "“27.55%”: write the number only"),
        ("=E3*2", "General", "it holds a formula (=E3*2). Paste the value instead"),
        ("=[1]Other!A1", "General", "it takes its value from another file (=[1]Other!A1)"),
        ("#DIV/0!", "General", "it holds an error (#DIV/0!)"),
        (datetime.datetime(2022, 5, 1, 12, 30), "yyyy/m/d", "it holds a time"),
        (datetime.time(12, 30), "h:mm", "it holds a time"),
        (True, "General", "“TRUE” is not a decimal number"),
    ],
)
def test_cells_of_a_workbook_that_are_refused(value, number_format, reason):
    def shaped(workbook):
        workbook.active["E2"].number_format = number_format

    [problem] = refused(xlsx([_COLUMNS, line(4, value)], shaped))
    assert problem.startswith("Line 2")
    assert reason in problem
    assert ("Cell E2 of the sheet “Data”: " in problem) == reason.startswith("it ")


@pytest.mark.parametrize(
    ("value", "number_format", "period"),
    [
        (datetime.date(2022, 5, 17), "yyyy-mm-dd", "2022-05-17"),
        (datetime.date(2022, 5, 1), "mmm-yy", "2022-05"),
        (datetime.date(2022, 5, 1), '[$-404]e"年"m"月"', "2022-05"),
        (datetime.date(2022, 1, 1), "yyyy", "2022"),
        (2022, "General", "2022"),
        (111, "General", "2022"),
    ],
)
def test_periods_of_a_workbook(value, number_format, period):
    def shaped(workbook):
        workbook.active["A2"].number_format = number_format

    [row] = read(xlsx([_COLUMNS, line(0, value)], shaped)).rows
    assert row.period == period


@pytest.mark.parametrize(
    ("value", "number_format", "reason"),
    [
        (datetime.date(2022, 5, 17), "mmm-yy", "it holds the day 2022-05-17 but does not show all of it"),
        (111.1, "General", "“111.1” is not a period"),
    ],
)
def test_periods_that_do_not_show_what_they_are(value, number_format, reason):
    def shaped(workbook):
        workbook.active["A2"].number_format = number_format

    [problem] = refused(xlsx([_COLUMNS, line(0, value)], shaped))
    assert reason in problem


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (number("5498", "5,498"), "5498"),
        (number("27.5", "27.50"), "27.50"),
        (number("-3.25", "−3.25"), "-3.25"),
        (number("5498", "5,498 人"), "5498"),
        (number("1.5E3", "1500"), "1500"),
        (ods_cell("5498"), "5498"),
        (ods_cell("7", inside="<office:annotation><text:p>a comment</text:p></office:annotation>"), "7"),
    ],
)
def test_numbers_of_an_open_document_keep_what_they_show(given, text):
    content = ods(ods_sheet(ods_row(*_COLUMNS), ods_row(*_GOOD[:4], given, "normal", "", "")))
    assert values(content) == [text]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (number("27.55", "28"), "it holds 27.55 but shows 28"),
        (ods_cell("27.55%", "percentage", office_value="0.2755"), "“27.55%”: write the number only"),
        (
            ods_cell("3", "float", office_value="3", table_formula="of:=[.E3]+1"),
            "it holds a formula (=[.E3]+1). Paste the value instead",
        ),
        (
            ods_cell("3", "float", office_value="3", table_formula="of:='file:///x.ods'#$Data.A1"),
            "it takes its value from another file (='file:///x.ods'#$Data.A1)",
        ),
        (ods_cell("12:30", "time", office_time_value="PT12H30M"), "it holds a time"),
        (ods_cell("x", "float", office_value="x"), "it holds no number"),
        (
            ods_cell("3", "float", inside='<table:cell-range-source xlink="y"/>', office_value="3"),
            "it takes its value from another file",
        ),
    ],
)
def test_cells_of_an_open_document_that_are_refused(given, reason):
    [problem] = refused(ods(ods_sheet(ods_row(*_COLUMNS), ods_row(*_GOOD[:4], given, "normal", "", ""))))
    assert reason in problem
    assert ("Cell E2 of the sheet “Data”: " in problem) == reason.startswith("it ")


@pytest.mark.parametrize(
    ("day", "shown", "period"),
    [
        ("2022-05-17", "2022-05-17", "2022-05-17"),
        ("2022-05-01", "111年5月", "2022-05"),
        ("2022-05-01", "05/01/22", "2022-05-01"),
        ("2022-05-17T00:00:00", "111/5/17", "2022-05-17"),
    ],
)
def test_periods_of_an_open_document(day, shown, period):
    given = ods_cell(shown, "date", office_date_value=day)
    [row] = read(ods(ods_sheet(ods_row(*_COLUMNS), ods_row(given, *map(str, _GOOD[1:]))))).rows
    assert row.period == period


def test_lines_that_an_open_document_repeats_are_lines():
    content = ods(ods_sheet(ods_row(*_COLUMNS), ods_row(*map(str, _GOOD), number_rows_repeated="2")))
    assert refused(content) == [
        "Line 3: The same observation (headcount.workers.agencies.2022-05) is already in line 2."
    ]


def test_a_note_of_several_lines():
    paragraphs = "<text:p>一</text:p><text:p>二<text:s text:c='2'/>三</text:p>"
    note = ods_cell(inside=paragraphs)
    [row] = read(ods(ods_sheet(ods_row(*_COLUMNS), ods_row(*map(str, _GOOD[:6]), note, "")))).rows
    assert row.note_zh_hant == "一\n二  三"


# --- What is refused as a whole


def _two(state: str = "visible"):
    def change(workbook):
        workbook.create_sheet("More")["B7"] = "something"
        workbook["More"].sheet_state = state

    return change


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_of_a_workbook(state):
    assert refused(xlsx([_COLUMNS, _GOOD], _two(state)))[0].startswith("These sheets are hidden: More.")


def test_hidden_sheets_of_an_open_document():
    table = ods_sheet(ods_row(*_COLUMNS), ods_row(*map(str, _GOOD)))
    for other in (ods_sheet(ods_row("x"), name="More", style="hidden"), ods_sheet(name="More", style="hidden")):
        assert refused(ods(table, other))[0].startswith("These sheets are hidden: More.")


def test_several_sheets_that_are_not_empty():
    table = ods_sheet(ods_row(*_COLUMNS), ods_row(*map(str, _GOOD)))
    for content in (xlsx([_COLUMNS, _GOOD], _two()), ods(table, ods_sheet(ods_row("x"), name="More"))):
        assert refused(content)[0].startswith("Several sheets are not empty: Data, More.")
    assert values(ods(table, ods_sheet(name="More"))) == ["5498"]


def test_links_to_other_files():
    linked = rewritten(xlsx([_COLUMNS, _GOOD]), lambda _name, part: part, xl__externalLinks__externalLink1=b"<x/>")
    assert refused(linked)[0].startswith("The file has links to other files.")
    source = '<table:table-source xlink="file:///x.ods"/>'
    assert refused(ods(ods_sheet(ods_row(*_COLUMNS), inside=source)))[0].startswith(
        "The file has links to other files."
    )


def test_macros():
    macros = rewritten(xlsx([_COLUMNS, _GOOD]), lambda _name, part: part, **{"xl__vbaProject.bin": b"x"})
    assert refused(macros)[0].startswith("The file has macros.")


_GOOD_XLSX = xlsx([_COLUMNS, _GOOD])
_LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 50}'>" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing",
        _GOOD_XLSX[:-100],
        zipped({"readme.txt": b"words"}),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        rewritten(_GOOD_XLSX, lambda _name, _part: b"<broken"),
        rewritten(_GOOD_XLSX, lambda _name, _part: b""),
        rewritten(_GOOD_XLSX, lambda name, part: part.replace(b"<v>", b"<v>x") if "sheet1" in name else part),
        claiming(_GOOD_XLSX, 10),
        ods("<table:table>"),
        ods(ods_sheet(ods_row(*_COLUMNS), ods_row("&h;")), prolog=f"{_LAUGHS}]>"),
        rewritten(
            _GOOD_XLSX,
            lambda name, part: (
                part.replace(b"?>", f"?>{_LAUGHS}]>".encode(), 1).replace(b"workers", b"&h;") if "xml" in name else part
            ),
        ),
    ],
)
def test_what_is_damaged_is_refused(content):
    assert refused(content)


def test_a_password_is_named():
    assert "password" in refused(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)[0]


def test_zip_bombs_are_refused_before_they_are_unpacked():
    bomb = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * (packages.MOST_UNPACKED + 1)})
    assert len(bomb) < 1024 * 1024
    for content in (bomb, zipped({"mimetype": b"x", "content.xml": b" " * 20_000_000}), claiming(_GOOD_XLSX, 2**31)):
        assert "It is not opened." in refused(content)[0]


def test_tags_without_end_are_refused():
    tags = b"<a1/><b2/><c3/><d4/><e5/>" * (packages.MOST_TAGS // 5 + 1)
    noise = bytes(range(256)) * 20
    content = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": tags + noise})
    assert "It is not opened." in refused(content)[0]
    many = ods(ods_sheet(ods_row(*_COLUMNS), ods_row(*map(str, _GOOD), *("<text:p/>" for _place in range(50_000)))))
    assert "damaged" in refused(many)[0]


def test_a_table_that_repeats_itself_is_read():
    cells = [*map(str, line(4)[:4]), number("5"), "normal", "", ""]
    rows = [ods_row(f"{1000 + place}-01", *cells[1:]) for place in range(5000)]
    content = ods(ods_sheet(ods_row(*_COLUMNS), *rows))
    assert len(read(content, Limits(csv_rows=1, sheet_rows=5000)).rows) == 5000


def test_an_archive_that_unpacks_to_more_than_it_says_is_refused():
    content = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 50_000_000})
    assert "damaged" in refused(claiming(content, 1000))[0]


@given(st.binary(max_size=300), st.integers(0, len(_GOOD_XLSX)))
def test_whatever_comes_is_read_or_refused(noise, place):
    for content in (noise, _GOOD_XLSX[:place] + noise + _GOOD_XLSX[place + len(noise) :]):
        try:
            read(content)
        except TableProblems as caught:
            assert str(caught)
