"""Whom a case concerns, encrypted; what such cases are found by; who has read it, and what was erased.

**Personal data.** `PersonalValue` holds what people have said of themselves and of others, `PersonalIndex` keyed hashes
of their telephone numbers and e-mail addresses. Nothing of it is in any other table, and nowhere is it in clear.
Retention is the kind's: both are deleted that many days after a case is closed, or at the person's request, and
`Erasure` says so. `Reading` and `Erasure` are append-only (`personal.triggers`) and hold no value; they name a case by
its reference, since that outlives a restore and a row's number does not.
"""

import uuid

from django.db import models


class PersonalValue(models.Model):
    """What event number ``event`` of a case has said for one of the kind's personal fields.

    ``sealed`` is a nonce (12 bytes), the ciphertext and its tag (16), bound to its place and key (`personal.ciphers`);
    ``key`` is that key's id.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="personal_values")
    event = models.PositiveBigIntegerField()
    field = models.CharField(max_length=60)
    sealed = models.BinaryField()
    key = models.CharField(max_length=20, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "event", "field"], name="cases_personalvalue_said_once"),
        ]

    def __str__(self) -> str:
        return f"personal value {self.pk}"


class PersonalIndex(models.Model):
    """What a value is found by: ``digest`` is the HMAC-SHA256 of its normal form (`personal.indexing`) in hex, under
    the index key with the id ``key``.
    """

    class By(models.TextChoices):
        PHONE = "phone"
        EMAIL = "email"

    value = models.OneToOneField(PersonalValue, on_delete=models.CASCADE, primary_key=True, related_name="index")
    by = models.CharField(max_length=5, choices=By)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=20, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["by", "digest"])]

    def __str__(self) -> str:
        return f"{self.by} of personal value {self.pk}"


class Reading(models.Model):
    """That somebody has read personal data of the case ``reference``, or searched by a personal value.

    ``actor`` is opaque: ``user:``, ``module:`` or ``system:`` and an id. ``fields`` are the names of what was read; of
    a search, what was searched by. ``found`` is how many values, or cases, there were.
    """

    class Act(models.TextChoices):
        READ = "read"
        FIND = "find"
        EXPORT = "export"

    class Purpose(models.TextChoices):
        HANDLING = "handling"
        NOTIFYING = "notifying"
        FORWARDING = "forwarding"
        REQUEST = "request"
        SUPERVISING = "supervising"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=6, choices=Act)
    actor = models.CharField(max_length=80, db_index=True)
    purpose = models.CharField(max_length=11, choices=Purpose)
    reference = models.CharField(max_length=20, blank=True, db_index=True)
    fields = models.JSONField()
    found = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.actor} {self.act} {self.reference}"


class Erasure(models.Model):
    """That the personal data of the case ``reference`` was erased: ``values`` values, on which ground."""

    class Ground(models.TextChoices):
        RETENTION = "retention"
        REQUEST = "request"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField(db_index=True)
    reference = models.CharField(max_length=20, db_index=True)
    ground = models.CharField(max_length=9, choices=Ground)
    values = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.reference} {self.ground}"
