"""Files of cases: what is known of each, and the key that it is encrypted with. What it is called is a personal value
of its event (`declaration.ATTACHMENT_NAME`), what is in it lies in a directory of its own (`portal.cases.attachments`).
"""

import uuid

from django.db import models


class Attachment(models.Model):
    """The file that event number ``event`` of a case has brought.

    ``uid`` is its random name in the directory and in addresses. ``digest`` is the SHA-256 of its plain content in hex,
    ``sealed`` its own key, encrypted for its place under the key with the id ``key`` (`personal.ciphers`). Once it is
    erased (``erased_at``) all three are empty and the file is gone; what kind it was, and its ``size`` in bytes, stay.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="attachments")
    event = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField()
    key = models.CharField(max_length=20, db_index=True, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "event"], name="cases_attachment_of_one_event")]

    def __str__(self) -> str:
        return f"attachment {self.pk}"
