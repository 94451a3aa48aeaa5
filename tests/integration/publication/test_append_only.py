"""The database itself refuses to change the log, and what was changed without it is found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal.publication import triggers, verify
from portal.publication.models import Content, LogRow, Redaction
from tests.appendonly import lift, lifted_triggers
from tests.factories.documents import document, publish, redact, withdraw

pytestmark = pytest.mark.django_db

ROW, CONTENT, REDACTION = triggers.ROW, triggers.CONTENT, triggers.REDACTION
COLUMNS = "seq, uid, type, version, action, published_at, commitment, previous"
_VALUES = "'visit', {version}, 'publish', '2099-01-01T00:00:00.000000Z', 'x', 'x'"


def row(seq, uid="visit:a", version=99):
    return f"{seq}, '{uid}', {_VALUES.format(version=version)}"


@pytest.fixture(autouse=True)
def a_log(db):
    """Row 1 and 2 versions of a record, 3 its redaction, 4 and 5 another and its withdrawal."""
    publish(document("visit", "a"))
    publish(document("visit", "a", summary={"zh-Hant": "改", "en": None}))
    redact("visit:a")
    publish(document("visit", "b"))
    withdraw("visit:b")


def refused(*statements):
    """Every statement is refused, and the log is as it was."""
    before = contents()
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert contents() == before


def contents():
    return [list(model.objects.order_by("pk").values()) for model in (LogRow, Content, Redaction)]


@pytest.mark.parametrize("column", ["uid", "type", "action", "published_at", "commitment", "previous"])
def test_no_update_of_a_row(column):
    refused(f"UPDATE {ROW} SET {column} = 'x' WHERE seq = 4", f"UPDATE {ROW} SET {column} = {column}")


def test_no_update_at_all():
    refused(
        f"UPDATE {ROW} SET seq = 9 WHERE seq = 5",
        f"UPDATE {ROW} SET version = 9 WHERE seq = 5",
        f"UPDATE {CONTENT} SET document = '{{}}' WHERE seq = 4",
        f"UPDATE {CONTENT} SET nonce = 'x' WHERE seq = 4",
        f"UPDATE {CONTENT} SET seq = 1 WHERE seq = 4",
        f"UPDATE {REDACTION} SET by_id = 4",
    )


def test_no_deletion():
    refused(
        f"DELETE FROM {ROW} WHERE seq = 5",
        f"DELETE FROM {ROW}",
        f"DELETE FROM {CONTENT} WHERE seq = 5",
        f"DELETE FROM {CONTENT}",
        f"DELETE FROM {REDACTION}",
        f"DELETE FROM {REDACTION} WHERE seq = 1",
    )


def test_no_gaps_and_no_second_row_of_a_number():
    refused(
        f"INSERT INTO {ROW} ({COLUMNS}) VALUES ({row(7)})",
        f"INSERT INTO {ROW} ({COLUMNS}) VALUES ({row(5)})",
        f"INSERT INTO {ROW} ({COLUMNS}) VALUES ({row(0)})",
        f"INSERT INTO {ROW} ({COLUMNS}) VALUES ({row(-1)})",
        f"INSERT INTO {ROW} ({COLUMNS}) VALUES ({row(6, 'visit:b', 1)})",
    )


def test_no_content_twice_and_none_without_a_row():
    refused(
        f"INSERT INTO {CONTENT} (seq, document, nonce) VALUES (4, '{{}}', 'x')",
    )


def test_no_redaction_without_ground():
    refused(
        # By a row that is no redaction, of another record, of itself, of a later row, of one that is covered.
        f"INSERT INTO {REDACTION} (seq, by_id) VALUES (4, 5)",
        f"INSERT INTO {REDACTION} (seq, by_id) VALUES (4, 3)",
        f"INSERT INTO {REDACTION} (seq, by_id) VALUES (3, 3)",
        f"INSERT INTO {REDACTION} (seq, by_id) VALUES (5, 3)",
        f"INSERT INTO {REDACTION} (seq, by_id) VALUES (1, 3)",
    )


@pytest.mark.needs_sqlite
def test_no_replacing():
    refused(
        f"INSERT OR REPLACE INTO {ROW} ({COLUMNS}) VALUES ({row(4)})",
        f"REPLACE INTO {ROW} ({COLUMNS}) VALUES ({row(6, 'visit:b', 2)})",
        f"REPLACE INTO {CONTENT} (seq, document, nonce) VALUES (4, '{{}}', 'x')",
        f"REPLACE INTO {REDACTION} (seq, by_id) VALUES (1, 3)",
        f"UPDATE OR REPLACE {ROW} SET seq = 4 WHERE seq = 5",
        f"INSERT INTO {ROW} ({COLUMNS}) VALUES ({row(4)}) ON CONFLICT (seq) DO UPDATE SET uid = 'x'",
    )


@pytest.mark.needs_postgresql
def test_no_truncation_and_no_upsert():
    refused(
        f"TRUNCATE {ROW} CASCADE",
        f"TRUNCATE {CONTENT}",
        f"TRUNCATE {REDACTION}",
        f"INSERT INTO {ROW} ({COLUMNS}) VALUES ({row(4)}) ON CONFLICT (seq) DO UPDATE SET uid = 'x'",
        f"INSERT INTO {CONTENT} (seq, document, nonce) VALUES (4, '{{}}', 'x') "
        "ON CONFLICT (seq) DO UPDATE SET document = 'x'",
        f"WITH gone AS (DELETE FROM {CONTENT} WHERE seq = 4 RETURNING seq) SELECT * FROM gone",
    )


def test_the_orm_is_refused_too():
    refused_by = pytest.raises(DatabaseError)
    with refused_by, transaction.atomic():
        LogRow.objects.filter(seq=4).update(uid="visit:c")
    with refused_by, transaction.atomic():
        Content.objects.filter(row=4).delete()


@pytest.mark.parametrize("name", triggers.TRIGGERS[connection.vendor])
def test_a_missing_trigger_is_found_and_put_back(name):
    table = next(table for table in (ROW, CONTENT, REDACTION) if name.startswith(table))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert verify.missing_triggers() == [name]
    with pytest.raises(CommandError):
        call_command("verify_log")
    triggers.install(connection)
    assert verify.missing_triggers() == []
    call_command("verify_log")


@pytest.mark.needs_postgresql
def test_a_trigger_that_is_switched_off_is_missing():
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {ROW} DISABLE TRIGGER {ROW}_no_delete")
    assert verify.missing_triggers() == [f"{ROW}_no_delete"]
    triggers.install(connection)
    assert verify.missing_triggers() == []


def test_migrating_puts_them_back():
    lift(connection)
    assert verify.missing_triggers() == sorted(triggers.TRIGGERS[connection.vendor])
    call_command("migrate", verbosity=0)
    assert verify.missing_triggers() == []


#: What somebody who can lift the triggers might do, and what the walk along the chain says of it.
TAMPERING = {
    "another uid": f"UPDATE {ROW} SET uid = 'visit:c' WHERE seq = 4",
    "another type": f"UPDATE {ROW} SET type = 'city' WHERE seq = 4",
    "another version": f"UPDATE {ROW} SET version = 7 WHERE seq = 4",
    "another moment": f"UPDATE {ROW} SET published_at = '1999-01-01T00:00:00.000000Z' WHERE seq = 4",
    "a later moment": f"UPDATE {ROW} SET published_at = '2999-01-01T00:00:00.000000Z' WHERE seq = 4",
    "another action": f"UPDATE {ROW} SET action = 'withdraw' WHERE seq = 4",
    "another commitment": f"UPDATE {ROW} SET commitment = '{'0' * 64}' WHERE seq = 4",
    "another previous": f"UPDATE {ROW} SET previous = '{'0' * 64}' WHERE seq = 4",
    "another document": f"UPDATE {CONTENT} SET document = replace(document, '標題', '別的') WHERE seq = 4",
    "a document of another spelling": f"UPDATE {CONTENT} SET document = document || ' ' WHERE seq = 4",
    "no document": f"UPDATE {CONTENT} SET document = 'gone' WHERE seq = 4",
    "another nonce": f"UPDATE {CONTENT} SET nonce = '{'0' * 64}' WHERE seq = 4",
    "no nonce": f"UPDATE {CONTENT} SET nonce = 'not hexadecimal' WHERE seq = 4",
    "a lost content": f"DELETE FROM {CONTENT} WHERE seq = 4",
    "a note taken out": f"DELETE FROM {CONTENT} WHERE seq = 5",
    "the words of a redaction taken out": f"DELETE FROM {CONTENT} WHERE seq = 3",
    "a redaction undone": f"DELETE FROM {REDACTION} WHERE seq = 1",
    "a redaction of another row": f"UPDATE {REDACTION} SET seq = 4 WHERE seq = 1",
    "a redaction by a row that is none": f"INSERT INTO {REDACTION} (seq, by_id) VALUES (4, 5)",
    "a content that came back": f"INSERT INTO {CONTENT} (seq, document, nonce) VALUES (1, '{{}}', '{'0' * 64}')",
    "the last row of another record": f"UPDATE {ROW} SET uid = 'visit:c' WHERE seq = 5",
    "the last row another action": f"UPDATE {ROW} SET action = 'publish' WHERE seq = 5",
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found(name, capsys):
    assert [finding.message for finding in verify.chain() if finding.problem] == []
    with lifted_triggers(connection), connection.cursor() as cursor:
        if name == "a redaction by a row that is none":
            cursor.execute(f"DELETE FROM {CONTENT} WHERE seq = 4")
        cursor.execute(TAMPERING[name])
        problems = [finding for finding in verify.chain() if finding.problem]
        # Deferred checks of foreign keys would refuse the commit as well; here nothing is committed.
    assert problems
    with pytest.raises(CommandError):
        call_command("verify_log")
    assert problems[0].message in capsys.readouterr().out


def test_rows_taken_out_of_the_middle_or_off_the_end_are_found():
    for seqs in ("4", "5", "4, 5"):
        with transaction.atomic():
            with lifted_triggers(connection), connection.cursor() as cursor:
                cursor.execute("UPDATE publication_currentrecord SET seq = 1")
                cursor.execute(f"DELETE FROM {CONTENT} WHERE seq IN ({seqs})")
                cursor.execute(f"DELETE FROM {ROW} WHERE seq IN ({seqs})")
            assert [finding for finding in verify.chain() if finding.problem], seqs
            transaction.set_rollback(True)


def test_a_log_in_order_says_so(capsys):
    call_command("verify_log")
    said = capsys.readouterr().out
    assert "1: redacted by 3" in said
    assert "2: redacted by 3" in said
