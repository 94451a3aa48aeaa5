"""From the noted mails to the mail server: each handed over at most once.

A mail is claimed in the database before it is handed over, and what became of it is noted after. Where the server
refuses it, or cannot be reached, it is tried again after a growing pause. Where the connection dies in between, nobody
can know whether it was delivered: it is *uncertain*, and not sent again by itself.

Nothing here writes an address, or what a server says of one, to a log.
"""

import datetime
import logging
import smtplib
import time

from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from portal.cases import giving_secrets
from portal.services import messages
from portal.services.models import Mail

logger = logging.getLogger(__name__)

_State = Mail.State
#: Mails and seconds that one go may take: what else is done from time to time waits for it.
_MOST, _SECONDS = 50, 2.0
#: A hand-over that began so long ago has died.
_DEAD = datetime.timedelta(minutes=10)
_SHORTEST, _LONGEST = datetime.timedelta(minutes=1), datetime.timedelta(hours=6)
#: Two days, about.
MOST_ATTEMPTS = 15
#: After these the server has said that it did not take the mail.
_REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)


def send(now: datetime.datetime) -> int:
    """Send the mails that are due, as many as one go may take; how many were tried. A mail that fails stops no other,
    a server that is away stops all until the next go.
    """
    _give_up_on_the_dead(now)
    due = Mail.objects.filter(state=_State.WAITING, due_at__lte=now).select_related("filing__case")
    mails = list(due.order_by("due_at", "pk")[:_MOST])
    if not mails:
        return 0
    tried, until = 0, time.monotonic() + _SECONDS
    connection = django_mail.get_connection()
    try:
        connection.open()
        for mail in mails:
            tried += 1
            if not _send(mail, connection, now):
                connection.close()
                connection.open()
            if time.monotonic() > until:
                break
    except OSError as fault:
        # Nothing was claimed: a server that cannot be reached, or does not let us in.
        logger.warning("the mail server was not reached", extra={"fault": type(fault).__name__})
    finally:
        connection.close()
    return tried


def _send(mail: Mail, connection: BaseEmailBackend, now: datetime.datetime) -> bool:
    """Send one mail. False where the connection is of no use any more."""
    try:
        message = messages.compose(mail)
    except Exception as fault:
        logger.error("a mail cannot be written", extra={"mail": mail.pk, "fault": type(fault).__name__})
        _again(mail, now, attempts=mail.attempts + 1)
        return True
    if message is None:
        _settle(mail, _State.NOBODY)
        return True
    claimed = Mail.objects.filter(pk=mail.pk, state=_State.WAITING, attempts=mail.attempts).update(
        state=_State.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return True
    try:
        connection.send_messages([message])
    except _REFUSED as fault:
        code = getattr(fault, "smtp_code", None)
        logger.warning("a mail was refused", extra={"mail": mail.pk, "fault": type(fault).__name__, "code": code})
        _again(mail, now, attempts=mail.attempts + 1)
    except Exception as fault:
        logger.error("a mail may be lost", extra={"mail": mail.pk, "fault": type(fault).__name__})
        _settle(mail, _State.UNCERTAIN)
    else:
        _settle(mail, _State.SENT)
        return True
    return False


def _again(mail: Mail, now: datetime.datetime, *, attempts: int) -> None:
    if attempts >= MOST_ATTEMPTS:
        _settle(mail, _State.FAILED)
        return
    pause = min(_LONGEST, _SHORTEST * 2 ** (attempts - 1))
    Mail.objects.filter(pk=mail.pk).update(state=_State.WAITING, attempts=attempts, due_at=now + pause, claimed_at=None)


def _settle(mail: Mail, state: str) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=state, settled_at=timezone.now())
    giving_secrets.settled(mail.filing, mail.seq)


def _give_up_on_the_dead(now: datetime.datetime) -> None:
    dead = Mail.objects.filter(state=_State.SENDING, claimed_at__lt=now - _DEAD)
    # Mostly there are none, and an update would take the database's lock on writing to find that out.
    if dead.exists() and (count := dead.update(state=_State.UNCERTAIN, settled_at=now)):
        logger.error("mails may be lost", extra={"mails": count})
