"""Counts of cases that modules keep to themselves."""

from django.db import models

from portal.cases.models.modules import Module


class SentCounts(models.Model):
    """What a module has sent for a month of a kind at its agency, in versions: the last one counts, none changes
    (`counts.triggers`).

    ``cells`` are as they were sent (`counts.cells`), ``totals`` their sums by measure, ``checksum`` is that of the
    cells.
    """

    kind = models.CharField(max_length=40)
    agency = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    version = models.PositiveIntegerField()
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+")
    cells = models.JSONField()
    totals = models.JSONField()
    checksum = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "period", "agency", "version"], name="cases_sentcounts_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} of {self.agency} v{self.version}"
