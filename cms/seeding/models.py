"""What the seeding remembers, so that it never undoes an editor's work."""

from django.db import models


class SeededRecord(models.Model):
    """A record that was seeded: what the fixture said (``digest``), and the version that it was published as."""

    uid = models.CharField(max_length=140, primary_key=True)
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.uid
