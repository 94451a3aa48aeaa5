"""Who follows what by e-mail, and the outbox.

**Personal data.** `Subscription.address` and `SignUp.address` are readers' e-mail addresses. They are in no other
table, and what is in these tables reaches no log, search, export, backup, file of open data, or page of the admin.
Retention:

- a sign-up that is not confirmed is erased three days after it was made (`erasing`), and when it is confirmed;
- a subscription that is ended is erased at once, with all that belongs to it;
- what was told to whom is erased thirty days after it was sent;
- senders of requests and addresses are counted under keyed hashes that are erased after two days.
"""

from django.db import models
from django.db.models import Q

from portal.core.allowances import AbstractAllowance


class Pace(models.TextChoices):
    """How soon a subscriber is told. Alerts are told at once whatever the pace."""

    AT_ONCE = "at-once"
    DAILY = "daily"


class Subscription(models.Model):
    """A reader who has confirmed an address. Personal data.

    ``address`` is normalised (`email_addresses.normalised`), ``language`` a BCP 47 tag. ``after`` is a row of the log:
    the reader is told of nothing up to it.
    """

    address = models.CharField(max_length=254, unique=True)
    language = models.CharField(max_length=7)
    pace = models.CharField(max_length=7, choices=Pace)
    after = models.PositiveBigIntegerField()
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Choice(models.Model):
    """Something that a subscriber follows: ``all``, or a ``type:``, ``topic:`` or ``city:`` (`subjects`)."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="choices")
    subject = models.CharField(max_length=140)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "subject"], name="subscriptions_choice_unique"),
        ]
        indexes = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return self.subject


class SignUp(models.Model):
    """That somebody has entered an address, which its owner has not confirmed yet. Personal data.

    ``token`` is the keyed hash of what the mail's link carries; None until the mail is sent.
    """

    address = models.CharField(max_length=254, db_index=True)
    language = models.CharField(max_length=7)
    pace = models.CharField(max_length=7, choices=Pace)
    subjects = models.JSONField()
    token = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"sign-up {self.pk}"


class Token(models.Model):
    """A link of a mail that leads to a subscription, as the keyed hash of what the link carries."""

    digest = models.CharField(max_length=64, primary_key=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="tokens")
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"token of {self.subscription_id}"


class Mail(models.Model):
    """A mail to one reader: to confirm a sign-up, or to tell a subscriber of rows of the log (its `Notice`).

    Its words are made when it is sent; what is kept is only what became of it. ``key`` is the left part of its
    Message-ID.
    """

    class State(models.TextChoices):
        #: To be sent once ``due_at`` has come.
        WAITING = "waiting"
        #: Being handed over to the mail server.
        SENDING = "sending"
        SENT = "sent"
        #: There was nothing left to say.
        EMPTY = "empty"
        #: Given up after many attempts.
        FAILED = "failed"
        #: The process or the connection died during the hand-over. Never sent again by itself.
        UNCERTAIN = "uncertain"

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, null=True, related_name="mails")
    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, null=True, related_name="mail")
    key = models.CharField(max_length=32)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    urgent = models.BooleanField()
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subscription__isnull=True) ^ Q(sign_up__isnull=True), name="subscriptions_mail_to_one"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.state})"


class Notice(models.Model):
    """That a subscriber is to be told, or was told, of row ``seq`` of the log. One row, one subscriber: once.

    ``mail`` is None until the notice is due and gathered into one.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    seq = models.PositiveBigIntegerField()
    uid = models.CharField(max_length=140)
    version = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, null=True, related_name="notices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "seq"], name="subscriptions_notice_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(mail__isnull=True), name="subscriptions_notice_open")]

    def __str__(self) -> str:
        return f"row {self.seq} to {self.subscription_id}"


class Allowance(AbstractAllowance):
    """What readers have asked for."""
