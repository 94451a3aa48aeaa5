"""Single rows by their key, in SQL that is written once.

Nearly every request asks for the head or for one record. Writing the SQL takes the ORM several times as long
as the database takes to answer, and it would be the same SQL each time.
"""

import datetime
import functools
from typing import Any

from django.db import connection, models


def by_key(model: Any, columns: tuple[str, ...], key: Any) -> tuple[Any, ...] | None:
    """The values of a row's fields, found by primary key, or None. Moments are aware, in UTC; other values
    are as the database has them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_sql(model, columns), [key])
        found = cursor.fetchone()
    return None if found is None else tuple(map(_value, found, _moments(model, columns)))


@functools.cache
def _sql(model: Any, columns: tuple[str, ...]) -> str:
    fields = model._meta
    quote = connection.ops.quote_name
    selected = ", ".join(quote(fields.get_field(name).column) for name in columns)
    # Nothing of a request is in it: the names are the program's own.
    return f"SELECT {selected} FROM {quote(fields.db_table)} WHERE {quote(fields.pk.column)} = %s"  # noqa: S608


@functools.cache
def _moments(model: Any, columns: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(isinstance(model._meta.get_field(name), models.DateTimeField) for name in columns)


def _value(value: Any, is_moment: bool) -> Any:
    """SQLite keeps moments in UTC without saying so."""
    return value.replace(tzinfo=datetime.UTC) if is_moment and value is not None and value.tzinfo is None else value
