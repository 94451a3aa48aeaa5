"""Keeping and reading personal data: encrypted, bound to its place, and never read without an audit row."""

import json
import os

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.cases.models import Erasure, PersonalIndex, PersonalValue, Reading
from portal.cases.personal import triggers
from portal.cases.personal.ciphers import Altered
from portal.cases.personal.keys import UnknownKey
from portal.cases.personal.reading import export, find, read, read_events
from portal.cases.personal.wrapped import Personal
from tests.appendonly import lift
from tests.factories.cases_personal import EMAIL, NAME, OFFICER, PHONE, a_case, say

pytestmark = pytest.mark.django_db


def revealed(values: dict[str, Personal]) -> dict[str, str]:
    return {name: value.reveal() for name, value in values.items()}


def test_what_was_said_last_is_read():
    case = a_case()
    say(case, 4, phone="07-337-3366")
    values = read(case, fields=["phone", "name", "address"], **OFFICER)
    assert revealed(values) == {"name": NAME, "phone": "07-337-3366"}


def test_nothing_is_in_clear_in_any_table():
    a_case(name="王標記甲", phone="0987-654-321", email="marked@example.org")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    content = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for mark in ("王標記甲", "654-321", "87654321", "marked"):
                        assert mark.encode() not in content


def test_equal_values_do_not_look_equal():
    a_case(name=NAME)
    a_case(name=NAME)
    assert len({bytes(sealed) for sealed in PersonalValue.objects.values_list("sealed", flat=True)}) == 2


def test_empty_values_are_not_kept():
    a_case(name=NAME, phone="")
    assert list(PersonalValue.objects.values_list("field", flat=True)) == ["name"]


def test_an_event_says_a_field_once():
    case = a_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        say(case, 1, name="他人")


def swap(field: str, one: PersonalValue, other: PersonalValue) -> None:
    """Let two rows change what they have in a column."""
    values = getattr(one, field), getattr(other, field)
    setattr(one, field, values[1])
    setattr(other, field, values[0])
    for row in (one, other):
        row.save()


@pytest.mark.parametrize(
    "places",
    [
        lambda: [a_case(name=NAME), a_case(name="他人")],
        lambda: [a_case(name=NAME, address="苓雅區")] * 2,
    ],
)
def test_a_value_of_another_case_or_field_is_refused(places):
    cases = places()
    one, other = PersonalValue.objects.order_by("pk")
    swap("sealed", one, other)
    for case in cases:
        with pytest.raises(Altered, match=case.reference):
            read(case, fields=["name", "address"], **OFFICER)
    assert not Reading.objects.exists()


def test_a_value_of_another_event_is_refused():
    case = a_case(name=NAME)
    PersonalValue.objects.update(event=2)
    with pytest.raises(Altered):
        read(case, fields=["name"], **OFFICER)


@pytest.mark.parametrize("sealed", [b"", b"short", b"\x5a" * 60], ids=["empty", "short", "long"])
def test_a_damaged_value_is_refused(sealed):
    case = a_case(name=NAME)
    PersonalValue.objects.update(sealed=sealed)
    with pytest.raises(Altered):
        read(case, fields=["name"], **OFFICER)


def test_a_key_that_was_taken_out_too_early_is_named(settings):
    case = a_case()
    settings.PERSONAL_DATA_KEYS = {"new": os.urandom(32)}
    with pytest.raises(UnknownKey, match="'development', which PERSONAL_DATA_KEYS does not hold") as refused:
        read(case, fields=["name"], **OFFICER)
    assert NAME not in f"{refused.value!r} {refused.getrepr(showlocals=True, style='long')}"


def test_every_reading_is_noted():
    case = a_case()
    read(case, fields=["phone", "name"], **OFFICER)
    read(case, fields=["address"], actor="module:mediation", purpose="forwarding")
    find("phone", Personal(PHONE), **OFFICER)
    find("email", Personal("nobody@example.org"), **OFFICER)
    export(case, actor="user:8")
    noted = Reading.objects.order_by("at").values_list("act", "actor", "purpose", "reference", "fields", "found")
    assert list(noted) == [
        ("read", "user:7", "handling", case.reference, ["name", "phone"], 2),
        ("read", "module:mediation", "forwarding", case.reference, ["address"], 0),
        ("find", "user:7", "handling", "", ["phone"], 1),
        ("find", "user:7", "handling", "", ["email"], 0),
        ("export", "user:8", "request", case.reference, ["email", "name", "phone"], 3),
    ]


@pytest.mark.parametrize(
    "who",
    [
        {"actor": "林小美", "purpose": "handling"},
        {"actor": "user:mei@example.org", "purpose": "handling"},
        {"actor": "", "purpose": "handling"},
        {"actor": "user:7", "purpose": "林小美 asked"},
    ],
)
def test_nobody_reads_without_saying_who_and_what_for(who):
    case = a_case()
    for reading in (
        lambda: read(case, fields=["name"], **who),
        lambda: read_events([(case.pk, 1)], **who),
        lambda: find("phone", Personal(PHONE), **who),
    ):
        with pytest.raises(ValueError, match=r"actor|purposes") as refused:
            reading()
        assert "林小美" not in str(refused.value)
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "written",
    ["0912345678", "0912 345 678", "+886-912-345-678", "+886(0)912345678", "０９１２３４５６７８", "002886912345678"],
)
def test_a_telephone_number_is_found_however_it_is_written(written):
    case, _other = a_case(), a_case(phone="0912-345-679")
    assert find("phone", Personal(written), **OFFICER) == [case.pk]


@pytest.mark.parametrize("written", [EMAIL, "mei@example.org", " MEI@EXAMPLE.ORG ", "ｍｅｉ＠example.org"])
def test_an_address_is_found_however_it_is_written(written):
    case = a_case()
    assert find("email", Personal(written), **OFFICER) == [case.pk]


def test_all_cases_of_a_person_are_found_newest_first():
    first, second = a_case(), a_case()
    say(first, 2, email="other@example.org")
    assert find("email", Personal(EMAIL), **OFFICER) == [second.pk, first.pk]
    assert find("email", Personal("other@example.org"), **OFFICER) == [first.pk]


@pytest.mark.parametrize(("by", "written"), [("phone", "3373366"), ("phone", "林小美"), ("email", "0912345678")])
def test_what_is_no_number_and_no_address_is_not_looked_for(by, written):
    with pytest.raises(ValueError, match="not a") as refused:
        find(by, Personal(written), **OFFICER)
    assert written not in str(refused.value)


def test_a_number_that_makes_no_sense_is_kept_and_not_found():
    case = a_case(phone="請打到公司")
    assert revealed(read(case, fields=["phone"], **OFFICER)) == {"phone": "請打到公司"}
    assert not PersonalIndex.objects.exists()


def test_a_page_of_events_is_read_with_one_query_and_noted_with_one_statement():
    cases = [a_case(name=f"第{number}人") for number in range(300)]
    say(cases[0], 2, name="改名")
    say(cases[1], 2, name="未要求")
    wanted = [(case.pk, 1) for case in cases] + [(cases[0].pk, 2)]
    with CaptureQueriesContext(connection) as queries:
        said = read_events(wanted, **OFFICER)
    assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) == 2
    assert set(said) == set(wanted)
    assert said[cases[0].pk, 2]["name"].reveal() == "改名"
    assert said[cases[299].pk, 1]["name"].reveal() == "第299人"
    assert Reading.objects.count() == 300
    assert Reading.objects.get(reference=cases[0].reference).found == 2


def test_events_that_said_nothing_are_neither_read_nor_noted():
    assert read_events([], **OFFICER) == {}
    assert read_events([(a_case().pk, 9)], **OFFICER) == {}
    assert not Reading.objects.exists()


def test_an_export_holds_all_that_was_said_and_when_it_was_read():
    case = a_case(name=NAME)
    say(case, 3, name="林美")
    read(case, fields=["name"], **OFFICER)
    exported = json.loads(export(case, actor="user:7").reveal())
    assert exported["reference"] == case.reference
    assert exported["values"] == [
        {"event": 1, "field": "name", "value": NAME},
        {"event": 3, "field": "name", "value": "林美"},
    ]
    [reading] = exported["readings"]
    assert (reading["purpose"], reading["fields"]) == ("handling", ["name"])
    assert "user:7" not in json.dumps(exported)


def audit_rows() -> list[Reading | Erasure]:
    case = a_case()
    read(case, fields=["name"], **OFFICER)
    Erasure.objects.create(at=timezone.now(), reference=case.reference, ground="request", values=3)
    return [Reading.objects.get(), Erasure.objects.get()]


def test_the_audit_is_append_only():
    for row in audit_rows():
        table = row._meta.db_table
        for statement in (
            f"UPDATE {table} SET reference = ''",
            f"DELETE FROM {table}",
            *([f"TRUNCATE {table}"] if connection.vendor == "postgresql" else []),
            *([f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"] if connection.vendor == "sqlite" else []),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_its_triggers_come_back_after_a_migration():
    assert triggers.missing(connection) == []
    lift(connection)
    assert triggers.missing(connection) == sorted(triggers.TRIGGERS[connection.vendor])
    call_command("migrate", "cases", verbosity=0)
    assert triggers.missing(connection) == []


def test_a_reading_that_is_rolled_back_is_of_nothing():
    case = a_case()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        read(case, fields=["name"], **OFFICER)
        raise ZeroDivisionError
    assert not Reading.objects.exists()
