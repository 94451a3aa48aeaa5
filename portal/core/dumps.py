"""Putting a whole database into one file, and back, in one step that either happens or does not.

Both directions work on Django's default connection and on its vendor's own format: SQLite's backup interface,
and `pg_dump`'s custom format, for which PostgreSQL's client programs must be installed. What a room keeps out of
backups (``kept_out_of_backups`` of its application) is not in the file: its tables are, empty.
"""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection

#: Vendor → the name of its dump in an archive.
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}

# A table with a row in it means that somebody has used this database.
_USED = (
    "auth_user",
    "publication_logrow",
    "wagtailcore_revision",
    "wagtailimages_image",
    "wagtaildocs_document",
)


def used() -> bool:
    """Whether the database holds accounts, revisions, uploads or log rows; a newly migrated one does not."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in _USED:
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return True
    return False


def left_out() -> list[str]:
    """The tables whose rows no dump holds."""
    rooms = (room for room in apps.get_app_configs() if getattr(room, "kept_out_of_backups", False))
    return [model._meta.db_table for room in rooms for model in room.get_models(include_auto_created=True)]


def dump(path: Path) -> None:
    """Write the database as it is at one moment to `path`, while others go on writing."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)
            # The copy is one file: without this it would ask for a write-ahead log beside it.
            target.execute("PRAGMA journal_mode=DELETE")
            for table in left_out():
                target.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
            target.commit()
            # Deleted rows stay in the file's free pages until it is written anew.
            target.execute("VACUUM")
    else:
        empty = (f"--exclude-table-data={connection.ops.quote_name(table)}" for table in left_out())
        _postgresql_program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *empty, f"--file={path}")


def check(path: Path) -> None:
    """Raise CommandError unless `path` holds a dump that can be read."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as source:
            try:
                (answer,) = source.execute("PRAGMA integrity_check").fetchone()
            except sqlite3.DatabaseError as error:
                raise CommandError(f"The database in the archive cannot be read: {error}") from error
        if answer != "ok":
            raise CommandError(f"The database in the archive is damaged: {answer}")
    else:
        _run(["pg_restore", "--list", str(path)], os.environ)


def load(path: Path) -> None:
    """Replace the whole database by the dump. On any error the database is as it was."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with connection.cursor() as cursor:
            # The copying below would wait without end for a writer; this waits as long as the settings say.
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("ROLLBACK")
        with closing(sqlite3.connect(path)) as source:
            source.backup(connection.connection)
    else:
        script = path.with_suffix(".sql")
        _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path)], os.environ)
        head = "SET lock_timeout = '30s';\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"
        beginning = path.with_suffix(".head.sql")
        beginning.write_text(head, encoding="utf-8")
        # Its own connection would wait for the locks of this one.
        connection.close()
        _postgresql_program(
            *("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"),
            *("--output=/dev/null", f"--file={beginning}", f"--file={script}"),
        )
    connection.close()


def _postgresql_program(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the default database; the password is not on its command line."""
    parameters = connection.get_connection_params()
    names = {
        "dbname": "PGDATABASE",
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
    }
    environment = os.environ | {
        variable: str(parameters[name]) for name, variable in names.items() if parameters.get(name)
    }
    environment |= {f"PG{name.upper()}": str(value) for name, value in parameters.items() if name.startswith("ssl")}
    _run([program, *arguments], environment)


def _run(command: list[str], environment: os._Environ[str] | dict[str, str]) -> None:
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise CommandError(f"{command[0]} is not installed; PostgreSQL's client programs are needed.") from error
    except subprocess.CalledProcessError as error:
        raise CommandError(f"{command[0]} failed: {error.stderr.strip()[-2000:]}") from error
