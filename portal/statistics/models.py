"""Tables of observations. A table never changes: the database's own triggers hold that (`triggers`)."""

from django.db import models


class Table(models.Model):
    """A table, addressed by the SHA-256 (lower-case hex) of its content, see `portal.statistics.digest`.

    ``dimensions`` are the dimensions' names in the declared order. Whoever needs a table holds its digest;
    labels and units stand in the document that does. Its rows lie in ``parts`` parts.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    dimensions = models.JSONField()
    rows = models.PositiveIntegerField()
    parts = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class Part(models.Model):
    """A piece of the Parquet file that holds a table's rows (`portal.statistics.columns`), numbered from 0."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="pieces", db_column="digest")
    number = models.PositiveSmallIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="statistics_part_number")]

    def __str__(self) -> str:
        return f"{self.table_id} {self.number}"


class Erasure(models.Model):
    """That a table has to go: a law demanded it of every version that holds it. Only under such a row does the database
    let a table be deleted.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest
