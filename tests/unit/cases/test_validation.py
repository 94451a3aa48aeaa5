"""Values against a declaration: what is accepted, in which form, and what is refused by which field."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.kinds.consumer_complaint import KIND
from portal.cases.kinds.fields import Choice, Field, FieldType, When
from portal.cases.kinds.validation import Times, validated
from portal.cases.references import new_reference
from portal.cases.refusals import ValuesInvalid
from tests.factories.cases import complaint_values

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
RECEIVED = datetime.datetime(2022, 5, 31, 9, 0, tzinfo=TAIPEI)
TIMES = Times(RECEIVED, RECEIVED + datetime.timedelta(days=3))


def read(field, value):
    """What a value is read as."""
    result = validated({field.name: value}, [field], TIMES)
    return said(result).get(field.name)


def said(result):
    """All valid values, as they were sent."""
    return result.plain | {name: value.reveal() for name, value in result.personal.items()}


def refused(field, value):
    """The code with which a value is refused; both messages are there and name the field."""
    with pytest.raises(ValuesInvalid) as raised:
        validated({field.name: value}, [field], TIMES)
    (problem,) = raised.value.problems
    assert problem.pointer == f"/{field.name}"
    assert problem.messages["zh-Hant"] != problem.messages["en"]
    return problem.code


TEXT = Field("text", FieldType.TEXT, "Text", max_length=20)
LINES = replace(TEXT, multiline=True)


@pytest.mark.parametrize("text", ["王小明", "👩‍👩‍👧‍👦 🎧 1️⃣", "עברית", "=HYPERLINK(1)", "𠮷野家", "\u200fשלום\u200f"])
def test_texts_of_people(text):
    assert read(TEXT, text) == text


@pytest.mark.parametrize(
    "text",
    [*(f"甲{chr(code)}乙" for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]), "\x00", "a\x00", "\x1b[31m"]
    + ["a\x7f", "a\x85b", "a\ud800", "a\u2028b", "a\nb", "a\tb"],
)
def test_hidden_characters_are_refused_and_shown_by_their_number(text):
    assert refused(TEXT, text) == "character"


def test_a_forbidden_character_is_not_repeated_in_the_message():
    with pytest.raises(ValuesInvalid) as raised:
        validated({"text": "好\u202e壞"}, [TEXT], TIMES)
    message = raised.value.problems[0].messages["en"]
    assert "U+202E" in message
    assert "\u202e" not in message


def test_lines():
    assert read(LINES, " 一\r\n二\r三\n\n四\t \n") == "一\n二\n三\n\n四"
    assert refused(LINES, "一\x0b二") == "character"


def test_identity_numbers_have_no_place_in_what_is_not_personal():
    assert refused(TEXT, "王先生 A123456789") == "identity-number"
    assert read(replace(TEXT, personal=True), "王先生 A123456789") == "王先生 A123456789"
    assert read(TEXT, "A123456788") == "A123456788"


def test_references_as_people_type_them():
    reference, field = new_reference("CC"), Field("f", FieldType.CASE, "F")
    assert read(field, f" {reference.lower().replace('-', ' ')} ") == reference
    assert refused(field, f"{reference[:-1]}{'0' if reference[-1] != '0' else '1'}") == "type"


def test_length_in_characters():
    assert read(TEXT, "字" * 20) == "字" * 20
    assert refused(TEXT, "字" * 21) == "too-long"
    assert read(TEXT, f" {'😀' * 20} ") == "😀" * 20


@pytest.mark.parametrize("value", [1, 1.5, True, [], {}, ["a"]])
@pytest.mark.parametrize(
    "type_", [FieldType.TEXT, FieldType.DATE, FieldType.DATETIME, FieldType.AMOUNT, FieldType.CASE]
)
def test_texts_are_texts(type_, value):
    assert refused(Field("f", type_, "F"), value) == "type"


@pytest.mark.parametrize(
    ("value", "kept"),
    [("2990", "2990"), ("0", "0"), ("007", "7"), (" 12 ", "12"), ("999999999999", "999999999999"), ("-0", "0")],
)
def test_amounts(value, kept):
    assert read(Field("amount", FieldType.AMOUNT, "Amount", minimum=0), value) == kept


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e5",
        "1,000",
        "1.5",
        "１２",
        "0x1",
        "1_000",
        "1000000000000",
        float("nan"),
        1e400,
    ],
)
def test_what_is_no_amount(value):
    assert refused(Field("amount", FieldType.AMOUNT, "Amount", minimum=0), value) == "type"


def test_limits():
    amount = Field("amount", FieldType.AMOUNT, "Amount", minimum=0, maximum=10, decimals=2)
    assert (read(amount, "1.5"), read(amount, "10.00")) == ("1.50", "10.00")
    assert (refused(amount, "-1"), refused(amount, "10.01"), refused(amount, "1.234")) == (
        "too-small",
        "too-large",
        "type",
    )
    number = Field("count", FieldType.INTEGER, "Count", minimum=1, maximum=3)
    assert read(number, 3) == 3
    assert (refused(number, 0), refused(number, 4), refused(number, True)) == ("too-small", "too-large", "type")
    assert (refused(number, 1.0), refused(number, "1"), refused(number, 10**400)) == ("type", "type", "type")


def test_choices_and_booleans():
    choice = Field("c", FieldType.CHOICE, "C", choices=(Choice("a", "A"), Choice("b", "B")))
    assert read(choice, "a") == "a"
    assert [refused(choice, value) for value in ("A", 1, ["a"], {"a": 1}, True)] == ["choice"] * 5
    boolean = Field("b", FieldType.BOOLEAN, "B")
    assert (read(boolean, False), refused(boolean, 0), refused(boolean, "true")) == (False, "type", "type")


def test_dates_against_receipt_and_now():
    days = {When.BY_RECEIPT: {}, When.SINCE_RECEIPT: {}, When.FROM_RECEIPT: {}, When.ANY: {}}
    for when in days:
        field = Field("day", FieldType.DATE, "Day", when=when)
        for day in ("2022-05-30", "2022-05-31", "2022-06-03", "2022-06-04"):
            try:
                days[when][day] = read(field, day) == day
            except ValuesInvalid as wrong:
                days[when][day] = wrong.problems[0].code
    assert [list(each.values()) for each in days.values()] == [
        [True, True, "after-receipt", "after-receipt"],
        ["before-receipt", True, True, "in-future"],
        ["before-receipt", True, True, True],
        [True, True, True, True],
    ]


@pytest.mark.parametrize(
    "value", ["2022-02-30", "2022-5-1", "111-05-31", "20220531", "2022-05-31T00:00:00Z", "0000-01-01", "２０２２-05-31"]
)
def test_what_is_no_date(value):
    assert refused(Field("day", FieldType.DATE, "Day"), value) == "type"


def test_moments():
    field = Field("at", FieldType.DATETIME, "At", when=When.SINCE_RECEIPT)
    assert read(field, "2022-06-01T10:00:00+08:00") == read(field, "2022-06-01t02:00z") == "2022-06-01T02:00:00Z"
    assert refused(field, "2022-05-31T08:59:59+08:00") == "before-receipt"
    assert refused(field, "2022-07-01T00:00:00Z") == "in-future"
    for value in ("2022-06-01T10:00:00", "2022-06-01", "now", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert refused(field, value) == "type"


def test_rules():
    fields = KIND.fields_by_name
    for good in ("04595257", "22099131", "12345676"):
        assert read(fields["business_tax_id"], good) == good
    # The seventh digit is a 7: the sum may be one short.
    assert read(fields["business_tax_id"], "10458575") == "10458575"
    for bad in ("12345678", "0459525", "045952577", "0459525A", "０４５９５２５７"):
        assert refused(fields["business_tax_id"], bad) in ("format", "too-long")
    for good in ("07-1234567", "0912 345 678", "+886-7-123-4567", "(07)336-8333#123"):
        assert read(fields["consumer_phone"], good) == good
    for bad in ("call me", "12", "07-12345-", "0912345678;DROP"):
        assert refused(fields["consumer_phone"], bad) == "format"
    assert read(fields["consumer_email"], "ming@example.org") == "ming@example.org"
    for bad in ("ming", "a@b", "a b@example.org", "a@example.org\nBcc: b@example.org"):
        assert refused(fields["consumer_email"], bad) in ("format", "character")


def test_every_problem_is_told_by_its_field():
    values = complaint_values(consumer_phone=None, consumer_email=None, channel=None, amount="NaN", demand="gold")
    with pytest.raises(ValuesInvalid) as raised:
        validated(values | {"__proto__": 1, "a/b~c": 2}, KIND.receipt, TIMES, at_least_one=KIND.at_least_one)
    assert [(problem.pointer, problem.code) for problem in raised.value.problems] == [
        ("/channel", "required"),
        ("/amount", "type"),
        ("/demand", "choice"),
        ("/consumer_phone", "one-required"),
        ("/__proto__", "unknown-field"),
        ("/a~1b~0c", "unknown-field"),
    ]
    assert "消費者電話 / 消費者電子郵件" in raised.value.problems[3].messages["zh-Hant"]
    assert "王小明" not in str(raised.value)


def test_personal_values_are_set_apart():
    result = validated(complaint_values(), KIND.receipt, TIMES)
    assert {name for name, field in KIND.fields_by_name.items() if field.personal} >= result.personal.keys()
    assert not result.personal.keys() & result.plain.keys()
    assert result.personal["consumer_name"].reveal() == "王小明"
    assert "王小明" not in repr(result)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from([*KIND.fields_by_name]) | st.text(max_size=20)


@given(st.dictionaries(NAMES, JSON))
def test_any_json_is_read_or_refused(changes):
    try:
        result = validated(complaint_values() | changes, KIND.receipt, TIMES, at_least_one=KIND.at_least_one)
    except ValuesInvalid as wrong:
        assert wrong.problems
        for problem in wrong.problems:
            assert problem.messages.keys() == {"zh-Hant", "en"}
    else:
        again = validated(said(result), KIND.receipt, TIMES)
        assert again == result
