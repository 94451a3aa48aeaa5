"""Tables of observations. A table never changes: the database's own triggers hold that (`triggers`)."""

from typing import Any

from django.db import models

from portal.statistics.cells import DECIMAL_PLACES, WHOLE_DIGITS
from portal.statistics.rows import Row
from portal.statistics.structure import CODE_LENGTH, KEY_LENGTH


class Table(models.Model):
    """A table, addressed by the SHA-256 (lower-case hex) of its content, see `portal.statistics.digest`.

    ``dimensions`` are the dimensions' names in the declared order. Whoever needs a table holds its digest;
    labels and units stand in the document that does.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    dimensions = models.JSONField()
    rows = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class Observation(models.Model):
    """One row of a table.

    ``ordinal`` counts the table's rows from 0 in the order in which they are shown. ``dimensions`` is the
    list of codes in the order of the table's dimensions. ``value`` is the exact text, empty if missing;
    ``number`` is the same as a number, for sorting only.
    """

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="observations", db_column="digest")
    ordinal = models.PositiveIntegerField()
    key = models.CharField(max_length=KEY_LENGTH)
    period = models.CharField(max_length=22)
    period_start = models.DateField()
    period_end = models.DateField()
    measure = models.CharField(max_length=CODE_LENGTH)
    dimensions = models.JSONField()
    value = models.CharField(max_length=WHOLE_DIGITS + DECIMAL_PLACES + 2, blank=True)
    # SQLite keeps it to fifteen digits and may round up to one digit more.
    number = models.DecimalField(max_digits=WHOLE_DIGITS + DECIMAL_PLACES + 2, decimal_places=DECIMAL_PLACES, null=True)
    status = models.CharField(max_length=20)
    note_zh_hant = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "ordinal"], name="statistics_observation_ordinal"),
            models.UniqueConstraint(fields=["table", "key"], name="statistics_observation_key"),
        ]

    def __str__(self) -> str:
        return self.key

    def row(self, dimensions: list[Any]) -> Row:
        """The observation outside the database; ``dimensions`` are the names of its table's dimensions."""
        return Row(
            period=self.period,
            measure=self.measure,
            dimensions=dict(zip(dimensions, self.dimensions, strict=True)),
            value=self.value or None,
            status=self.status,
            note_zh_hant=self.note_zh_hant,
            note_en=self.note_en,
        )
