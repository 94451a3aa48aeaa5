"""Mails to subscribers on their way to the mail server (`portal.core.outbox`), the urgent ones first.

What is uncertain is shown to the keeper, who may have it sent again.
"""

import datetime

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone

from portal.core.outbox import MOST_ATTEMPTS, Outbox, Unreachable
from portal.subscriptions import messages, tokens
from portal.subscriptions.models import Mail, SignUp, Token

__all__ = ["MOST_ATTEMPTS", "Unreachable", "resend_uncertain", "send"]

_State = Mail.State


class _Mails(Outbox):
    """The mails of the room. The links of one lead somewhere from the moment in which it is claimed."""

    table = Mail
    nothing_to_say = _State.EMPTY

    def __init__(self) -> None:
        self._tokens: dict[int, str] = {}

    def waiting(self) -> QuerySet:
        mails = super().waiting().select_related("subscription", "sign_up")
        return mails.order_by("-urgent", "due_at", "pk")

    def compose(self, mail: Mail, now: datetime.datetime) -> EmailMessage | None:
        self._tokens[mail.pk] = token = tokens.new()
        return messages.compose(mail, token, now)

    def claimed(self, mail: Mail, now: datetime.datetime) -> None:
        digest = tokens.digest(self._tokens.pop(mail.pk))
        if mail.sign_up_id:
            SignUp.objects.filter(pk=mail.sign_up_id).update(token=digest)
        elif mail.subscription_id:
            Token.objects.create(digest=digest, subscription_id=mail.subscription_id, made_at=now)


def send(now: datetime.datetime) -> int:
    """Send the mails that are due, as many as one go may take; how many were tried. Raises `Unreachable`."""
    return _Mails().send(now)


def resend_uncertain() -> int:
    """Send again what may or may not have been delivered; how many mails. For the keeper to decide."""
    return Mail.objects.filter(state=_State.UNCERTAIN).update(
        state=_State.WAITING, due_at=timezone.now(), settled_at=None, claimed_at=None
    )
