"""Looking for words in every table of the database."""

import re

from django.apps import apps
from django.db import connection, models


def texts():
    """(table, column, text) of every text in the database that is not empty."""
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                column = connection.ops.quote_name(field.column)
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT CAST({column} AS TEXT) FROM {connection.ops.quote_name(table)}")
                    yield from ((table, field.column, text) for (text,) in cursor.fetchall() if text)


def everywhere(pattern: re.Pattern[str]) -> set[str]:
    """All that matches, anywhere."""
    return {found for _table, _column, text in texts() for found in pattern.findall(text)}


def places(token: str) -> set[str]:
    """The columns that hold a word."""
    return {f"{table}.{column}" for table, column, text in texts() if token in text}
