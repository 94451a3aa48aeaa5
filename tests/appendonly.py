"""Where alone append-only triggers are lifted: while a test database is emptied, and in tests of them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

from portal.cases import triggers as cases
from portal.cases.counts import triggers as counts
from portal.cases.personal import triggers as personal
from portal.publication import triggers as publication
from portal.statistics import triggers as statistics

ROOMS = (publication, statistics, cases, personal, counts)


def lift(connection) -> None:
    """Drop the triggers that keep the log and the events of cases append-only and tables of statistics unchanged."""
    with connection.cursor() as cursor:
        for room in ROOMS:
            for name, definition in room.TRIGGERS[connection.vendor].items():
                if connection.vendor == "postgresql":
                    table = re.search(r" ON (\w+)", definition).group(1)
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def put_back(connection) -> None:
    """Create the triggers again."""
    for room in ROOMS:
        room.install(connection)


@contextmanager
def lifted_triggers(connection) -> Iterator[None]:
    """Do without the triggers for the length of a block."""
    lift(connection)
    try:
        yield
    finally:
        put_back(connection)


@pytest.fixture(scope="session", autouse=True)
def lifted_while_flushing() -> Iterator[None]:
    """Let the teardown of transactional tests empty the tables, and put the triggers back."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(operations, sql_list):
        if sql_list:
            lift(operations.connection)
        try:
            return flush(operations, sql_list)
        finally:
            put_back(operations.connection)

    BaseDatabaseOperations.execute_sql_flush = lifted
    yield
    BaseDatabaseOperations.execute_sql_flush = flush
