"""Which files hold a version of a dataset, how far their making is, and which files hold the current records. All of it
can be made again from the log.
"""

from django.db import models

from portal.publication.models import LogRow, PublicFile


class Distribution(models.Model):
    """A file that holds a version of a dataset in one of the formats (`portal.opendata.formats`).

    It lives as long as its public file: a redaction of the version takes both away.
    """

    row = models.ForeignKey(LogRow, on_delete=models.PROTECT, related_name="distributions", db_column="seq")
    format = models.CharField(max_length=20)
    file = models.ForeignKey(PublicFile, on_delete=models.CASCADE, related_name="distributions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "format"], name="opendata_distribution_unique")]

    def __str__(self) -> str:
        return f"{self.row_id} {self.format}"


class Making(models.Model):
    """That the files of a version are being made: how many of how many formats are done, and what went wrong.

    ``newest_period`` is the code of the period of its table that ends last; empty until that was read.
    """

    row = models.OneToOneField(LogRow, on_delete=models.PROTECT, primary_key=True, related_name="+", db_column="seq")
    done = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField()
    problem = models.TextField(blank=True)
    newest_period = models.CharField(max_length=24, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.row_id} {self.done}/{self.of}"


class Snapshot(models.Model):
    """Files that hold public records as they were at one moment: those of a collection (``kind`` is its record type) or
    of a dump (``dump``).

    Nothing in them has been withdrawn or redacted up to row ``seq`` of the log. ``state`` is the digest of what they
    were made from, ``records`` how many records they hold.
    """

    kind = models.CharField(max_length=20)
    seq = models.PositiveBigIntegerField()
    state = models.CharField(max_length=64)
    records = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} at {self.seq}"


class SnapshotFile(models.Model):
    """A file of a snapshot, in the ``public`` storage under its SHA-256 and name; size in bytes."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "name"], name="opendata_snapshotfile_unique")]
        indexes = [models.Index(fields=["sha256", "name"])]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.name}"
