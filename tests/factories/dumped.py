"""All that the database holds."""

from django.db import connection


def tables() -> dict[str, str]:
    """Every table with its rows as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
            found[table] = str(rows)
    return found
