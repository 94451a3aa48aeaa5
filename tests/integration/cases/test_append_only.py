"""The database itself refuses to change events, and what was changed without it is found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal.cases import triggers, verify
from portal.cases.merging import merge
from portal.cases.models import CaseEvent
from tests.appendonly import lift, lifted_triggers
from tests.factories.cases import Remembering, moved, received

pytestmark = pytest.mark.django_db

EVENT = triggers.EVENT
COLUMNS = (
    "seq, case_id, number, type, kind, state, closed, agency, from_agency, assignee, actor, "
    "occurred_at, recorded_at, data"
)


@pytest.fixture(autouse=True)
def two_cases(db):
    """Events 1, 3 and 5 of a case, 2 and 4 of another, which was merged into it."""
    kept, double = received(), received()
    moved(kept, "forward")
    merge(case_reference=double.reference, into=kept.reference, actor="user:1", personal=Remembering())
    return kept, double


def row(seq, case, number):
    """The values of an event, for an INSERT."""
    moments = "'2099-01-01 00:00:00+00', '2099-01-01 00:00:00+00'"
    return f"{seq}, {case.pk}, {number}, 'forward', 'x', 'x', FALSE, 'x', '', '', 'x', {moments}, '{{}}'"


def refused(*statements):
    """Every statement is refused, and the events are as they were."""
    before = list(CaseEvent.objects.order_by("seq").values())
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(CaseEvent.objects.order_by("seq").values()) == before


@pytest.mark.parametrize("column", COLUMNS.split(", "))
def test_no_update(column):
    refused(f"UPDATE {EVENT} SET {column} = {column}", f"UPDATE {EVENT} SET {column} = NULL WHERE seq = 5")


def test_no_deletion():
    refused(f"DELETE FROM {EVENT}", f"DELETE FROM {EVENT} WHERE seq = 5")


def test_no_gaps_and_no_number_twice(two_cases):
    kept, double = two_cases
    insert = f"INSERT INTO {EVENT} ({COLUMNS}) VALUES "
    refused(
        f"{insert} ({row(7, double, 3)})",
        f"{insert} ({row(5, double, 3)})",
        f"{insert} ({row(0, double, 3)})",
        f"{insert} ({row(6, double, 2)})",
        f"{insert} ({row(6, double, 4)})",
        f"{insert} ({row(6, kept, 3)})",
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{insert} ({row(6, double, 3)})")


@pytest.mark.needs_sqlite
def test_no_replacing(two_cases):
    kept, double = two_cases
    refused(
        f"INSERT OR REPLACE INTO {EVENT} ({COLUMNS}) VALUES ({row(4, double, 2)})",
        f"REPLACE INTO {EVENT} ({COLUMNS}) VALUES ({row(6, kept, 1)})",
        f"UPDATE OR REPLACE {EVENT} SET seq = 4 WHERE seq = 5",
    )


@pytest.mark.needs_postgresql
def test_no_truncation_and_no_upsert(two_cases):
    kept, _double = two_cases
    refused(
        f"TRUNCATE {EVENT}",
        "TRUNCATE cases_case CASCADE",
        f"INSERT INTO {EVENT} ({COLUMNS}) VALUES ({row(4, kept, 4)}) ON CONFLICT (seq) DO UPDATE SET type = 'x'",
    )


@pytest.mark.parametrize("name", triggers.TRIGGERS[connection.vendor])
def test_a_missing_trigger_is_found_and_put_back(name):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {EVENT}" if connection.vendor == "postgresql" else ""))
    assert list(verify.faults()) == [f"trigger missing: {name}"]
    triggers.install(connection)
    assert list(verify.faults()) == []


def test_migrating_puts_them_back():
    lift(connection)
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


#: What somebody who can lift the triggers, or who writes to the table of cases, might do.
TAMPERING = {
    "another state": "UPDATE cases_case SET state = 'settled' WHERE version = 3",
    "another agency": "UPDATE cases_case SET agency = 'x' WHERE version = 3",
    "closed": "UPDATE cases_case SET closed_at = received_at WHERE version = 3",
    "opened": "UPDATE cases_case SET closed_at = NULL WHERE version = 2",
    "received before": "UPDATE cases_case SET received_at = '2000-01-01 00:00:00+00' WHERE version = 3",
    "another version": "UPDATE cases_case SET version = 9 WHERE version = 3",
    "other data": "UPDATE cases_case SET data = '{}' WHERE version = 3",
    "no longer merged": "UPDATE cases_case SET merged_into_id = NULL WHERE version = 2",
    "another event": f"UPDATE {EVENT} SET state = 'settled' WHERE seq = 5",
    "an unknown type": f"UPDATE {EVENT} SET type = 'evaporate' WHERE seq = 3",
    "no receipt": f"UPDATE {EVENT} SET type = 'forward' WHERE seq = 1",
    "the last event gone": f"DELETE FROM {EVENT} WHERE seq = 5",
    "an event gone": f"DELETE FROM {EVENT} WHERE seq = 3",
    "all events gone": f"DELETE FROM {EVENT}",
    "another order": f"UPDATE {EVENT} SET recorded_at = '2000-01-01 00:00:00+00' WHERE seq = 4",
    "another head": "UPDATE cases_eventhead SET seq = 6",
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found(name, capsys):
    call_command("cases", "verify")
    with lifted_triggers(connection), connection.cursor() as cursor:
        cursor.execute(TAMPERING[name])
        cursor.execute("SELECT 1")
    assert list(verify.faults())
    with pytest.raises(CommandError):
        call_command("cases", "verify")
    assert "甲乙商行" not in capsys.readouterr().out
