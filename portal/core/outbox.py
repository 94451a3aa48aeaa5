"""From a room's noted mails to the mail server: each handed over at most once.

A mail is claimed in the database before it is handed over, and what became of it is noted after. Where the server
refuses it, nothing was delivered, and it is tried again after a growing pause. Where the process or the connection dies
in between, nobody can know whether it was delivered: it is *uncertain*, and not sent again by itself. Everything that
usually fails (the connection, the greeting, the login) happens before the claim.

The handing over is here, the table of mails is the room's own. Nothing here writes an address, or what a server says of
one, to a log.
"""

import datetime
import logging
import smtplib
import time
from typing import Any

from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

logger = logging.getLogger(__name__)

#: What a room's table of mails calls its states; there may be more.
WAITING, SENDING, SENT, FAILED, UNCERTAIN = "waiting", "sending", "sent", "failed", "uncertain"
#: Mails and seconds that one go may take: what else the process does waits for it.
_MOST, _SECONDS = 50, 2.0
#: A hand-over that began so long ago has died.
_DEAD = datetime.timedelta(minutes=10)
_SHORTEST, _LONGEST = datetime.timedelta(minutes=1), datetime.timedelta(hours=6)
#: Two days, about.
MOST_ATTEMPTS = 15
#: After these the server has said that it did not take the mail.
_REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)


class Unreachable(Exception):
    """The mail server cannot be reached, or does not let us in. No mail was claimed."""


class Outbox:
    """The mails of a room. Its table has ``state``, ``attempts``, ``due_at``, ``claimed_at`` and ``settled_at``.

    ``nothing_to_say`` is the state of a mail of which there is none left to be sent.
    """

    table: Any
    nothing_to_say: str

    def waiting(self) -> QuerySet:
        """The mails that wait, with what composing them needs, in the order in which they are sent."""
        return self.table.objects.filter(state=WAITING).order_by("due_at", "pk")

    def compose(self, mail: Any, now: datetime.datetime) -> EmailMessage | None:
        """The message of a mail; None where there is nothing left to say, or nobody to say it to."""
        raise NotImplementedError

    def claimed(self, mail: Any, now: datetime.datetime) -> None:
        """What the room writes in the transaction in which a mail that was composed is claimed."""

    def settled(self, mail: Any) -> None:
        """What the room does once a mail was sent or will not be."""

    def send(self, now: datetime.datetime) -> int:
        """Send the mails that are due, as many as one go may take; how many were tried.

        A mail that fails stops no other. Raises `Unreachable`.
        """
        self._give_up_on_the_dead(now)
        mails = list(self.waiting().filter(due_at__lte=now)[:_MOST])
        if not mails:
            return 0
        tried, until = 0, time.monotonic() + _SECONDS
        connection = _opened()
        try:
            for mail in mails:
                tried += 1
                if not self._send(mail, connection, now):
                    connection.close()
                    connection = _opened()
                if time.monotonic() > until:
                    break
        finally:
            connection.close()
        return tried

    def _send(self, mail: Any, connection: BaseEmailBackend, now: datetime.datetime) -> bool:
        """Send one mail. False where the connection is of no use any more."""
        try:
            message = self.compose(mail, now)
        except Exception as fault:
            logger.error("a mail cannot be written", extra=self._about(mail, fault))
            self._again(mail, now)
            return True
        if message is None:
            self._settle(mail, self.nothing_to_say)
            return True
        if not self._claim(mail, now):
            return True
        try:
            connection.send_messages([message])
        except _REFUSED as fault:
            code = getattr(fault, "smtp_code", None)
            logger.warning("a mail was refused", extra=self._about(mail, fault) | {"code": code})
            self._again(mail, now)
        except Exception as fault:
            logger.error("a mail may be lost", extra=self._about(mail, fault))
            self._settle(mail, UNCERTAIN)
        else:
            self._settle(mail, SENT)
            return True
        return False

    def _claim(self, mail: Any, now: datetime.datetime) -> bool:
        """Take a mail for this process; False if another has it, or it is gone."""
        with transaction.atomic():
            free = self.table.objects.filter(pk=mail.pk, state=WAITING, attempts=mail.attempts)
            claimed = free.update(state=SENDING, claimed_at=now, attempts=F("attempts") + 1)
            if claimed:
                self.claimed(mail, now)
        return bool(claimed)

    def _again(self, mail: Any, now: datetime.datetime) -> None:
        attempts = mail.attempts + 1
        if attempts >= MOST_ATTEMPTS:
            self._settle(mail, FAILED)
            return
        due_at = now + min(_LONGEST, _SHORTEST * 2 ** (attempts - 1))
        own = self.table.objects.filter(pk=mail.pk)
        own.update(state=WAITING, attempts=attempts, due_at=due_at, claimed_at=None)

    def _settle(self, mail: Any, state: str) -> None:
        self.table.objects.filter(pk=mail.pk).update(state=state, settled_at=timezone.now())
        self.settled(mail)

    def _give_up_on_the_dead(self, now: datetime.datetime) -> None:
        dying = self.table.objects.filter(state=SENDING, claimed_at__lt=now - _DEAD)
        # Mostly there are none, and an update would take the database's lock on writing to find that out.
        dead = list(dying)
        if dead and (count := dying.filter(pk__in=[mail.pk for mail in dead]).update(state=UNCERTAIN, settled_at=now)):
            logger.error("mails may be lost", extra={"room": self.table._meta.app_label, "mails": count})
            for mail in dead:
                self.settled(mail)

    def _about(self, mail: Any, fault: Exception) -> dict[str, Any]:
        return {"room": self.table._meta.app_label, "mail": mail.pk, "fault": type(fault).__name__}


def _opened() -> BaseEmailBackend:
    connection = django_mail.get_connection()
    try:
        connection.open()
    except Exception as fault:
        raise Unreachable(type(fault).__name__) from None
    return connection
