"""Mails to citizens on their way to the mail server (`portal.core.outbox`)."""

import datetime
import logging

from django.core.mail import EmailMessage
from django.db.models import QuerySet

from portal.cases import giving_secrets
from portal.core.outbox import MOST_ATTEMPTS, Outbox, Unreachable
from portal.services import messages
from portal.services.models import Mail

__all__ = ["MOST_ATTEMPTS", "send"]

logger = logging.getLogger(__name__)


class _Mails(Outbox):
    """The mails of the room. Once one is settled, a secret that it was to carry is kept no more."""

    table = Mail
    nothing_to_say = Mail.State.NOBODY

    def waiting(self) -> QuerySet:
        return super().waiting().select_related("filing__case")

    def compose(self, mail: Mail, now: datetime.datetime) -> EmailMessage | None:
        return messages.compose(mail)

    def settled(self, mail: Mail) -> None:
        giving_secrets.settled(mail.filing, mail.seq)


def send(now: datetime.datetime) -> int:
    """Send the mails that are due, as many as one go may take; how many were tried. A mail that fails stops no other,
    a server that is away stops all until the next go.
    """
    try:
        return _Mails().send(now)
    except Unreachable as fault:
        logger.warning("the mail server was not reached", extra={"fault": str(fault)})
        return 0
