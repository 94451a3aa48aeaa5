"""Tables can be erased under a row that says so. The triggers that refuse a DELETE are made anew after the migration."""

from django.db import migrations, models


def drop_refusals(apps, schema_editor):
    """Drop the triggers whose rule changes; `post_migrate` puts them back."""
    on = schema_editor.connection.vendor == "postgresql"
    for table in ("statistics_table", "statistics_part"):
        for event in ("update", "delete", "truncate"):
            name = f"{table}_no_{event}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if on else ''}")


class Migration(migrations.Migration):
    dependencies = [("statistics", "0002_tables_as_columns")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunPython(drop_refusals, migrations.RunPython.noop),
    ]
