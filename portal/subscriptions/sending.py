"""From the outbox to the mail server: each mail handed over at most once.

A mail is claimed in the database before it is handed over, and what became of it is noted after. Where the server
refuses it, nothing was delivered, and it is tried again after a growing pause. Where the process or the connection dies
in between, nobody can know whether it was delivered: it is *uncertain*, shown to the keeper, and not sent again by
itself. Everything that usually fails (the connection, the greeting, the login) happens before the claim.

Nothing here writes an address, or what a server says of one, to a log.
"""

import datetime
import logging
import smtplib
import time

from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.subscriptions import messages, tokens
from portal.subscriptions.models import Mail, SignUp, Token

logger = logging.getLogger(__name__)

_State = Mail.State
#: Mails and seconds that one go may take: the other consumers of the process wait for it.
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


def send(now: datetime.datetime) -> int:
    """Send the mails that are due, the urgent ones first, as many as one go may take; how many were tried.

    A mail that fails stops no other. Raises `Unreachable`.
    """
    _give_up_on_the_dead(now)
    due = Mail.objects.filter(state=_State.WAITING, due_at__lte=now).select_related("subscription", "sign_up")
    mails = list(due.order_by("-urgent", "due_at", "pk")[:_MOST])
    if not mails:
        return 0
    tried, until = 0, time.monotonic() + _SECONDS
    connection = _opened()
    try:
        for mail in mails:
            tried += 1
            if not _send(mail, connection, now):
                connection.close()
                connection = _opened()
            if time.monotonic() > until:
                break
    finally:
        connection.close()
    return tried


def _opened() -> BaseEmailBackend:
    connection = django_mail.get_connection()
    try:
        connection.open()
    except Exception as fault:
        raise Unreachable(type(fault).__name__) from None
    return connection


def _send(mail: Mail, connection: BaseEmailBackend, now: datetime.datetime) -> bool:
    """Send one mail. False where the connection is of no use any more."""
    token = tokens.new()
    try:
        message = messages.compose(mail, token, now)
    except Exception as fault:
        logger.error("a mail cannot be written", extra={"mail": mail.pk, "fault": type(fault).__name__})
        _again(mail, now, attempts=mail.attempts + 1)
        return True
    if message is None:
        _settle(mail, _State.EMPTY)
        return True
    if not _claim(mail, token, now):
        return True
    return _hand_over(mail, message, connection, now)


def _claim(mail: Mail, token: str, now: datetime.datetime) -> bool:
    """Take a mail for this process, and make its links lead somewhere; False if another has it, or it is gone."""
    with transaction.atomic():
        claimed = Mail.objects.filter(pk=mail.pk, state=_State.WAITING, attempts=mail.attempts).update(
            state=_State.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
        if claimed and mail.sign_up_id:
            SignUp.objects.filter(pk=mail.sign_up_id).update(token=tokens.digest(token))
        elif claimed and mail.subscription_id:
            Token.objects.create(digest=tokens.digest(token), subscription_id=mail.subscription_id, made_at=now)
    return bool(claimed)


def _hand_over(mail: Mail, message: EmailMessage, connection: BaseEmailBackend, now: datetime.datetime) -> bool:
    try:
        connection.send_messages([message])
    except _REFUSED as fault:
        code = getattr(fault, "smtp_code", None)
        logger.warning("a mail was refused", extra={"mail": mail.pk, "fault": type(fault).__name__, "code": code})
        _again(mail, now, attempts=mail.attempts + 1)
        return False
    except Exception as fault:
        logger.error("a mail may be lost", extra={"mail": mail.pk, "fault": type(fault).__name__})
        _settle(mail, _State.UNCERTAIN)
        return False
    _settle(mail, _State.SENT)
    return True


def _again(mail: Mail, now: datetime.datetime, *, attempts: int) -> None:
    if attempts >= MOST_ATTEMPTS:
        _settle(mail, _State.FAILED)
        return
    pause = min(_LONGEST, _SHORTEST * 2 ** (attempts - 1))
    Mail.objects.filter(pk=mail.pk).update(state=_State.WAITING, attempts=attempts, due_at=now + pause, claimed_at=None)


def _settle(mail: Mail, state: str) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=state, settled_at=timezone.now())


def _give_up_on_the_dead(now: datetime.datetime) -> None:
    dead = Mail.objects.filter(state=_State.SENDING, claimed_at__lt=now - _DEAD)
    # Mostly there are none, and an update would take the database's lock on writing to find that out.
    if dead.exists() and (count := dead.update(state=_State.UNCERTAIN, settled_at=now)):
        logger.error("mails may be lost", extra={"mails": count})


def resend_uncertain() -> int:
    """Send again what may or may not have been delivered; how many mails. For the keeper to decide."""
    return Mail.objects.filter(state=_State.UNCERTAIN).update(
        state=_State.WAITING, due_at=timezone.now(), settled_at=None, claimed_at=None
    )
