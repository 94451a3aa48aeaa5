"""Sending the reminders of a day: at most one mail to an officer, whoever else sends them and however often.

Nothing here writes an address, or what a server says of one, to a log.
"""

import datetime
import logging
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core import mail
from django.utils.translation import override
from wagtail.users.models import UserProfile

from portal.cases.deadlines.counting import day_of
from portal.cases.kinds import KINDS
from portal.cases.models.reminders import Reminder
from portal.cases.reminders import digests

logger = logging.getLogger(__name__)

_State = Reminder.State
#: After these the server has said that it did not take the mail.
_REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)
_KEPT = datetime.timedelta(days=90)


@dataclass
class Sent:
    """How many officers were written to, and to how many the mail server refused to deliver."""

    sent: int = 0
    refused: int = 0


def send(now: datetime.datetime) -> Sent:
    """Send the reminders of the day of ``now`` to the officers who have not got theirs and have anything due.

    A mail that is refused stops no other and may be sent again; so may all if the server cannot be reached, which
    raises OSError.
    """
    today, counted = day_of(now), Sent()
    Reminder.objects.filter(day__lt=today - _KEPT).delete()
    with mail.get_connection() as connection:
        for officer in _officers(today):
            message = _message(officer, now, connection)
            if message is None or not _claimed(officer, today):
                continue
            if _handed_over(message, officer, today):
                counted.sent += 1
            else:
                counted.refused += 1
    return counted


def _officers(today: datetime.date) -> Iterator[Any]:
    """Who may see cases, can sign in to the desk, has an address and was not reminded yet."""
    users = get_user_model()._default_manager.filter(is_active=True, case_rights__kind__in=KINDS)
    done = Reminder.objects.filter(day=today).values("user")
    for user in users.exclude(email="").exclude(pk__in=done).distinct().order_by("pk"):
        if user.has_perm("wagtailadmin.access_admin"):
            yield user


def _message(officer: Any, now: datetime.datetime, connection: Any) -> mail.EmailMessage | None:
    found = digests.digest(officer, now)
    if not found:
        return None
    with override(UserProfile.get_for_user(officer).get_preferred_language()):
        return mail.EmailMessage(
            digests.subject(found),
            digests.body(found, now),
            to=[officer.email],
            headers={"Auto-Submitted": "auto-generated"},
            connection=connection,
        )


def _claimed(officer: Any, today: datetime.date) -> bool:
    """Whether the mail of the day is ours to send."""
    _row, is_new = Reminder.objects.get_or_create(user=officer, day=today, defaults={"state": _State.SENDING})
    return is_new


def _handed_over(message: mail.EmailMessage, officer: Any, today: datetime.date) -> bool:
    claim = Reminder.objects.filter(user=officer, day=today)
    try:
        message.send()
    except _REFUSED as fault:
        code = getattr(fault, "smtp_code", None)
        logger.warning(
            "a reminder was refused", extra={"user": officer.pk, "fault": type(fault).__name__, "code": code}
        )
        claim.delete()
        return False
    claim.update(state=_State.SENT)
    return True
