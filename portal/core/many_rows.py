"""Writing many new rows of a table at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models

#: Fewer rows than this cost no more by statements.
_MANY = 20
#: Fields whose values PostgreSQL's driver takes as a model has them.
_AS_THEY_ARE = (
    models.BinaryField,
    models.BooleanField,
    models.CharField,
    models.DateTimeField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
    models.UUIDField,
)

Row = Sequence[Any]


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """Write new rows of a model, each the values of the attributes ``names``, in order, all or none; their keys, where
    those are the table's to give. Within a transaction.

    PostgreSQL gets many rows by COPY, at a small part of what a parameter for each value costs. Constraints and
    triggers on INSERT hold as ever; as with ``bulk_create`` no signal is sent, and no ``save`` called.
    """
    if connection.vendor != "postgresql" or len(rows) < _MANY:
        made = model._default_manager.bulk_create(model(**dict(zip(names, row, strict=True))) for row in rows)
        return [row.pk for row in made]
    keys: list[int] = []
    if isinstance(model._meta.pk, models.AutoField):
        keys = _new_keys(model, len(rows))
        names = [*names, model._meta.pk.attname]
        rows = [(*row, key) for row, key in zip(rows, keys, strict=True)]
    _copy(model, names, rows)
    return keys


def insert_models(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model as `insert` does, and give each its key."""
    if not rows:
        return
    model = type(rows[0])
    names = [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    read = attrgetter(*names)
    keys = insert(model, names, [read(row) for row in rows])
    for row, key in zip(rows, keys or [row.pk for row in rows], strict=True):
        row.pk, row._state.adding, row._state.db = key, False, connection.alias


def _new_keys(model: type[models.Model], count: int) -> list[int]:
    """So many keys from the sequence of a table."""
    table, key = connection.ops.quote_name(model._meta.db_table), model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, count]
        )
        return [key for (key,) in cursor.fetchall()]


def _copy(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name.removesuffix("_id")) for name in names]
    columns = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    # Django wraps the errors of the methods of a cursor that it knows, and COPY is none of them.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in _prepared(fields, rows):
            copy.write_row(row)


def _prepared(fields: Sequence[Any], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows as the driver takes them."""
    others: list[tuple[int, Callable[..., Any]]] = [
        (place, field.get_db_prep_save) for place, field in enumerate(fields) if not isinstance(field, _AS_THEY_ARE)
    ]
    if not others:
        yield from rows
        return
    for row in rows:
        values = list(row)
        for place, prepare in others:
            values[place] = prepare(values[place], connection)
        yield values
