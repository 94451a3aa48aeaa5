"""Cases."""

from django.db import models


class Case(models.Model):
    """A case: its reference (`references`) and the code of its kind."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.reference
