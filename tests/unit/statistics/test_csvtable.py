"""CSV text to rows and back, and what is said about text that is wrong."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.csvtable import parse_csv, write_csv
from portal.statistics.problems import TableProblems
from portal.statistics.reading import MAX_PROBLEMS
from portal.statistics.rows import Row
from tests.unit.statistics.tables import CSV, HEADER, STRUCTURE, in_order, tables


def problems(text: str, **options) -> list[tuple[int, str | None, str]]:
    with pytest.raises(TableProblems) as caught:
        parse_csv(text, STRUCTURE, **options)
    with translation.override("en"):
        return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


def line(**cells: str) -> str:
    """A table with one good line, but for the given cells."""
    good = {"period": "2022-05", "measure": "headcount", "staff": "workers", "place": "all", "value": "1"}
    cells = good | {"status": "normal", "note_zh": "", "note_en": ""} | cells
    return f"{HEADER}\n" + ",".join(cells.values()) + "\n"


def test_a_table_is_read_in_the_declared_order_with_scale_kept():
    rows = parse_csv(CSV, STRUCTURE)
    assert [row.key for row in rows] == [
        "headcount.workers.agencies.2022-05",
        "headcount.workers.schools.2022-05",
        "headcount.temporary.all.2022-05",
        "share.workers.all.2022-05",
        "share.temporary.all.2022-05",
    ]
    assert [row.value for row in rows] == ["5498", "633", "2444", "27.50", None]
    assert rows[2].note == {"zh-Hant": "約數，見說明", "en": "About, see below"}
    assert rows[3].note == {"zh-Hant": "=1+1", "en": None}


def test_byte_order_mark_crlf_column_order_empty_lines_and_empty_status_do_not_matter():
    header = "\ufeffvalue,measure,period,place,staff,note_en,note_zh,status\r\n\r\n"
    text = header + "1, headcount ,2022,all,workers,,,\r\n,,,,,,,\r\n"
    assert parse_csv(text, STRUCTURE) == [Row("2022", "headcount", {"staff": "workers", "place": "all"}, "1", "normal")]


@given(tables(), st.randoms())
def test_what_is_written_is_read_back(rows, random):
    random.shuffle(rows)
    assert parse_csv(write_csv(rows, STRUCTURE), STRUCTURE) == in_order(rows, STRUCTURE)


def test_writing_what_was_read_gives_the_same_text():
    assert write_csv(parse_csv(CSV, STRUCTURE), STRUCTURE) == CSV


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ('"5,498"', "“5,498”: write the number without thousands separators, 5498."),
        ('"-1,234,567.5"', "“-1,234,567.5”: write the number without thousands separators, -1234567.5."),
        ("1 234", "“1 234”: write the number without thousands separators, 1234."),
        ("1e3", "“1e3”: write all digits of the number, without an exponent."),
        ("NaN", "“NaN” is not a number. Leave the value empty and set the status to “missing”."),
        ("-", "“-” is not a number. Leave the value empty and set the status to “missing”."),
        ("27.55%", "“27.55%”: write the number only; the unit belongs to the measure."),
        ("１２３", "“１２３”: write the number with the digits 0 to 9, a point and a hyphen for minus."),
        ("−5", "“−5”: write the number with the digits 0 to 9, a point and a hyphen for minus."),
        ("-0.0", "Write zero without a sign."),
        ("1" * 19, "A value has at most 18 digits before and 10 after the decimal point."),
        ("0." + "1" * 11, "A value has at most 18 digits before and 10 after the decimal point."),
        *(
            (bad, f"“{bad}” is not a decimal number such as 5498, 27.55 or -3.")
            for bad in ("007", "+5", ".5", "5.", "1.2.3", "about 5", "=1+1", "1_000", "٣")
        ),
        ("", "The value is empty. Enter it, or set the status to “missing”."),
    ],
)
def test_bad_values(value, hint):
    assert problems(line(value=value)) == [(2, "value", hint)]


@pytest.mark.parametrize("value", ["0", "0.00", "-3", "27.550", "9" * 18 + "." + "9" * 10])
def test_good_values_are_kept_as_they_are(value):
    assert parse_csv(line(value=value), STRUCTURE)[0].value == value


@pytest.mark.parametrize(
    ("cells", "column", "hint"),
    [
        ({"period": "111年5月"}, "period", "“111年5月” is not a period: write 2022, "),
        ({"period": "2022-02-30"}, "period", "“2022-02-30” is not in the calendar."),
        (
            {"measure": "budget"},
            "measure",
            "“budget” is not among the declared codes. Allowed: headcount, share.",
        ),
        (
            {"staff": "cooks"},
            "staff",
            "“cooks” is not among the declared codes. Allowed: workers, temporary.",
        ),
        ({"place": ""}, "place", "A code is missing. Allowed: agencies, schools, all."),
        ({"status": "final"}, "status", "“final” is not among the declared codes. Allowed: normal, "),
        ({"status": "missing"}, "value", "The status is “missing”, so the value must be empty."),
        ({"note_en": "About"}, "note_zh", "A note needs its Chinese text"),
        ({"note_zh": "字" * 2001}, "note_zh", "A note has at most 2000 characters."),
        ({"note_zh": "a\x07b"}, "note_zh", "The note holds a control character (U+0007)."),
    ],
)
def test_bad_cells(cells, column, hint):
    [(number, name, message)] = problems(line(**cells))
    assert (number, name) == (2, column)
    assert message.startswith(hint)


def test_every_problem_is_told_at_its_own_line():
    good = '2022,headcount,workers,all,1,normal,"two\nlines",\n'
    text = f"{HEADER}\n{good}\n2022-5,headcount,workers,all,x,normal,,\n"
    assert [(number, column) for number, column, _message in problems(text)] == [(5, "period"), (5, "value")]


def test_a_repeated_key_names_the_first_line():
    row = "2022,headcount,workers,all,1,normal,,\n"
    assert problems(f"{HEADER}\n{row}\n{row}") == [
        (4, None, "The same observation (headcount.workers.all.2022) is already in line 2.")
    ]


@pytest.mark.parametrize(
    ("header", "column", "hint"),
    [
        (
            HEADER.replace("staff", "stuff"),
            "staff",
            "The column is missing. The header line is: period,measure,",
        ),
        (HEADER + ",more", "more", "The column is not known. The header line is: period,measure,"),
        (HEADER + ",value", "value", "The column stands in the header more than once."),
        ("", "period", "The column is missing."),
    ],
)
def test_a_wrong_header(header, column, hint):
    number, name, message = problems(f"{header}\n")[0]
    assert (number, name) == (1, column)
    assert message.startswith(hint)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEADER}\n", (1, None, "The table has no observations.")),
        (f"{HEADER}\n2022\0", (2, None, "The text holds a NUL byte: this is not a CSV file.")),
        (f"{HEADER}\n2022,headcount\n", (2, None, "The line has 2 cells instead of 8.")),
        (
            f'{HEADER}\n"2022',
            (2, None, "The line is not valid CSV: a quotation mark may be missing or too many."),
        ),
        ('"a"b\n', (1, None, "The line is not valid CSV: a quotation mark may be missing or too many.")),
    ],
)
def test_text_that_is_no_table(text, problem):
    assert problems(text) == [problem]


def test_too_many_rows_name_the_first_that_is_too_many():
    assert problems(CSV, max_rows=2) == [(4, None, "The table has more than 2 observations.")]


def test_reading_stops_after_many_problems():
    found = problems(f"{HEADER}\n" + "x\n" * 1000)
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == (MAX_PROBLEMS + 1, None, "There may be more problems after this line.")


@given(st.text(st.sampled_from('2022-05,headcount\n\r"\0 workers=.e'), max_size=200))
def test_any_text_is_read_or_explained(text):
    try:
        parse_csv(f"{HEADER}\n{text}", STRUCTURE)
    except TableProblems as caught:
        assert str(caught)


def test_problems_speak_the_active_language():
    with pytest.raises(TableProblems) as caught:
        parse_csv(line(value='"5,498"'), STRUCTURE)
    with translation.override("zh-hant"):
        assert str(caught.value) == "第 2 行，value：「5,498」：數字不加千分位符號，請寫成 5498。"
    with translation.override("en"):
        assert str(caught.value) == "Line 2, value: “5,498”: write the number without thousands separators, 5498."
