"""Sets of database triggers that keep tables from being changed: creating what is missing, naming what is not there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class TriggerSet:
    """The triggers of a room's append-only tables.

    ``definitions`` maps a vendor (``sqlite``, ``postgresql``) to trigger name → what follows ``CREATE TRIGGER name``; a
    name begins with its table's. ``functions`` is the SQL of the functions that the triggers of PostgreSQL call.
    """

    tables: tuple[str, ...]
    definitions: Mapping[str, Mapping[str, str]]
    functions: str

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The names of the triggers that should be there and are not, or are switched off."""
        return sorted(self.definitions[connection.vendor].keys() - _present(connection))

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Create the triggers that are missing. Does nothing where the tables do not exist yet."""
        if not set(self.tables) <= set(connection.introspection.table_names()):
            return
        absent = self.missing(connection)
        if not absent:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(self.functions)
            for name in absent:
                if connection.vendor == "postgresql":
                    # One that is switched off counts as missing, but still has its name.
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {self._table(name)}")
                cursor.execute(f"CREATE TRIGGER {name} {self.definitions[connection.vendor][name]}")

    def _table(self, name: str) -> str:
        return next(table for table in self.tables if name.startswith(table))


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
        return {name for (name,) in cursor.fetchall()}
