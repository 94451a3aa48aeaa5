"""A stamp of the entries, and names that mean the same, counted."""

from django.db import migrations, models

# What the rows of names say so far.
FILL = """
    INSERT INTO search_pair (folded, other, count)
    SELECT a.folded, b.folded, COUNT(DISTINCT a.pair)
    FROM search_name a JOIN search_name b ON a.pair = b.pair
    WHERE a.folded <> b.folded
    GROUP BY a.folded, b.folded
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_editors")]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("stamp", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.CharField(max_length=200)),
                ("other", models.CharField(max_length=200)),
                ("count", models.IntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("folded", "other"), name="search_pair_unique")],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="name", name="search_name_pair_f6e525_idx"),
        migrations.RemoveIndex(model_name="name", name="search_name_folded_626cbe_idx"),
    ]
