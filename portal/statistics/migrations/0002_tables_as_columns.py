"""The rows of a table move from a database row each to a Parquet file in parts (decision 0002).

Rewrites every table of statistics and drops the old rows: it takes seconds per million observations, under the locks of
the two tables. The triggers that keep tables unchanged are taken away for it; `post_migrate` puts them back.
"""

import io

import django.db.models.deletion
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import migrations, models

_PART_BYTES = 8 * 2**20
_CODED = pa.dictionary(pa.int32(), pa.string())


def let_change(apps, schema_editor):
    """Drop the triggers of both tables."""
    on = schema_editor.connection.vendor == "postgresql"
    for table in ("statistics_table", "statistics_observation"):
        for event in ("update", "delete", "truncate", "replace", "addition"):
            name = f"{table}_no_{event}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if on else ''}")


def move(apps, schema_editor):
    """Write each table's rows into parts."""
    Table, Part = (apps.get_model("statistics", name) for name in ("Table", "Part"))
    for table in Table.objects.iterator():
        content = _parquet(table)
        pieces = [content[first : first + _PART_BYTES] for first in range(0, len(content), _PART_BYTES)]
        Table.objects.filter(pk=table.pk).update(parts=len(pieces))
        for number, piece in enumerate(pieces):
            Part.objects.create(table=table, number=number, data=piece)


def _parquet(table):
    members = ("measure", "period", "dimensions", "status", "value", "note_zh_hant", "note_en")
    rows = list(table.observations.order_by("ordinal").values_list(*members).iterator())
    columns = {"measure": [row[0] for row in rows], "period": [row[1] for row in rows]}
    columns |= {dimension: [row[2][place] for row in rows] for place, dimension in enumerate(table.dimensions)}
    columns["status"] = [row[3] for row in rows]
    fields = [pa.field(name, _CODED, nullable=False) for name in columns]
    columns |= {"value": [row[4] or None for row in rows], "note_zh": [row[5] or None for row in rows]}
    columns["note_en"] = [row[6] or None for row in rows]
    fields += [pa.field("value", pa.string()), pa.field("note_zh", _CODED), pa.field("note_en", _CODED)]
    arrays = [
        array if field.type == pa.string() else array.dictionary_encode()
        for field, array in ((field, pa.array(columns[field.name], pa.string())) for field in fields)
    ]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]

    operations = [
        migrations.RunPython(let_change, migrations.RunPython.noop),
        migrations.AddField("table", "parts", models.PositiveSmallIntegerField(default=0), preserve_default=False),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("data", models.BinaryField()),
                (
                    "table",
                    models.ForeignKey(
                        db_column="digest",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="statistics.table",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("table", "number"), name="statistics_part_number")]
            },
        ),
        migrations.RunPython(move),
        migrations.DeleteModel("Observation"),
    ]
