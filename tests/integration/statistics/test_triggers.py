"""The triggers come back whenever something has dropped them, and their absence is told."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from portal.statistics import triggers
from portal.statistics.apps import put_triggers_back
from portal.statistics.csvtable import parse_csv
from portal.statistics.models import Part
from portal.statistics.services import ensure_table
from tests.appendonly import lift, lifted_triggers
from tests.unit.statistics.tables import CSV, STRUCTURE

pytestmark = pytest.mark.django_db


def test_nothing_is_missing_after_migrating():
    assert triggers.missing(connection) == []


def test_what_is_missing_is_named_and_put_back():
    lift(connection)
    assert triggers.missing(connection) == sorted(triggers.TRIGGERS[connection.vendor])
    put_triggers_back(using="default")
    assert triggers.missing(connection) == []
    triggers.install(connection)


def test_migrate_puts_them_back():
    lift(connection)
    call_command("migrate", "statistics", verbosity=0)
    assert triggers.missing(connection) == []


def test_lifting_lasts_for_a_block_only():
    table = ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE)
    with lifted_triggers(connection):
        Part.objects.filter(table=table).delete()
    assert triggers.missing(connection) == []


@pytest.mark.needs_postgresql
def test_a_trigger_that_is_switched_off_is_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE statistics_table DISABLE TRIGGER statistics_table_no_update")
    assert triggers.missing(connection) == ["statistics_table_no_update"]
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_before_the_tables_exist_nothing_is_installed(monkeypatch):
    lift(connection)
    monkeypatch.setattr(connection.introspection, "table_names", list)
    triggers.install(connection)
    assert triggers.missing(connection)


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_still_be_emptied():
    """The teardown of this test empties the tables; the next tests find the triggers again."""
    ensure_table(parse_csv(CSV, STRUCTURE), structure=STRUCTURE)
    assert apps.get_app_config("statistics").label == "statistics"
