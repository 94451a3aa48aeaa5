"""What is kept of filing and tracking besides the cases and their filings: counts of senders, and what became of the
mails.

None of it is personal: the address of a citizen is read from the case when a mail is sent. Mails that are settled are
erased after thirty days, counts of senders after two (`erasing`).
"""

from django.db import models

from portal.core.allowances import AbstractAllowance


class Mail(models.Model):
    """A mail that tells the citizen of event ``seq``: of the filed case, or of one that continues it.

    Its words are made, and the address is read, when it is sent. ``key`` is the left part of its Message-ID.
    """

    class State(models.TextChoices):
        #: To be sent once ``due_at`` has come.
        WAITING = "waiting"
        #: Being handed over to the mail server.
        SENDING = "sending"
        SENT = "sent"
        #: The citizen has given no address, or it is erased.
        NOBODY = "nobody"
        #: Given up after many attempts.
        FAILED = "failed"
        #: The process or the connection died during the hand-over. Never sent again by itself.
        UNCERTAIN = "uncertain"

    filing = models.ForeignKey("cases.Filing", on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveBigIntegerField()
    key = models.CharField(max_length=32)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "seq"], name="services_mail_once")]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.state})"


class Told(models.Model):
    """The one row that says up to which event of the feed mails have been noted."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"told up to {self.seq}"


class Allowance(AbstractAllowance):
    """How often senders have filed and tracked."""
