"""Where modules are told of events, and what became of telling them.

Nothing here is personal. An address may hold a secret of the receiver's, so it is in no log and no `__str__`.
"""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.cases.kinds import KINDS
from portal.cases.models.modules import Module


def _key() -> str:
    return secrets.token_hex(12)


class Webhook(models.Model):
    """An address that a module is told at of the events of its agency's cases, in their order.

    ``kinds`` are names of kinds. Every event up to ``position`` was delivered, skipped or not for this webhook.
    ``secret`` is sealed (`webhooks.sealing`) under the key ``secret_key``; ``old_secret`` signs too until
    ``old_until``. ``attempts`` is how often the event after the position has failed since ``failing_since``;
    before ``retry_at`` it is not tried again. ``claim`` is held by the process that delivers, until ``claimed_until``.
    """

    class State(models.TextChoices):
        WORKING = "working"
        #: By somebody's word.
        PAUSED = "paused"
        #: Given up after days, until somebody resumes it. Nothing is lost meanwhile.
        FAILING = "failing"

    key = models.CharField(max_length=24, unique=True, default=_key, editable=False)
    module = models.ForeignKey(
        Module, on_delete=models.PROTECT, related_name="webhooks", verbose_name=pgettext_lazy("of cases", "module")
    )
    url = models.CharField(_("address"), max_length=500)
    kinds = models.JSONField(_("kinds of case"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WORKING)
    position = models.PositiveBigIntegerField(pgettext_lazy("webhook", "told up to event"), default=0)
    secret = models.BinaryField()
    secret_key = models.CharField(max_length=20)
    old_secret = models.BinaryField(null=True)
    old_secret_key = models.CharField(max_length=20, blank=True)
    old_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"webhook {self.key}"

    @property
    def read_kinds(self) -> list[str]:
        """The kinds that the webhook tells of and that its module may read."""
        return [name for name in self.kinds if name in KINDS and self.module.may_read(name)]


class Delivery(models.Model):
    """That an event was told at a webhook, or is to be; without ``seq`` it is a trial. What was sent is not kept: it is
    made again from the event.

    ``status`` is the HTTP status of the last answer, if there was one; ``fault`` what went wrong
    (`webhooks.faults`), a code. With ``asked_at`` it is sent once more, whatever became of it before.
    """

    class State(models.TextChoices):
        #: To be sent, or to be tried again.
        WAITING = "waiting"
        DELIVERED = "delivered"
        #: Sent once more, or for a trial, in vain; it is not tried again by itself.
        FAILED = "failed"
        SKIPPED = "skipped"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    seq = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "seq"], name="cases_delivery_once")]
        indexes = [
            models.Index(fields=["webhook"], condition=Q(asked_at__isnull=False), name="cases_delivery_asked"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} of webhook {self.webhook_id}"
