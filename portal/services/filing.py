"""Filing a case from a citizen's form: what `portal.cases.filing` does, within what one sender may do."""

from django.utils import timezone

from portal.cases import actors, filing
from portal.cases.filing import SHOWN, Filed, FiledOtherwise, Form
from portal.cases.receiving import Receipt
from portal.core import allowances
from portal.core.addresses import network
from portal.services.entering import FILES, Entry, agency_of
from portal.services.models import Allowance

__all__ = ["PER_SENDER", "SHOWN", "Filed", "FiledOtherwise", "TooMany", "file", "filed_before"]

#: Cases that one sender may file in an hour.
PER_SENDER = 10


class TooMany(Exception):
    """One sender has filed too often."""


def file(entry: Entry, *, language: str, sender: str) -> Filed:
    """Receive the case of a form without problems, from the IP address of a sender.

    Raises `TooMany`, `FiledOtherwise`, and `portal.cases.refusals.ValuesInvalid` where the values are not as the kind
    declares, or what they reserve has been taken since the form was checked; a file that waited for too long is
    `portal.cases.attachments.refusals.FileGone`.
    """
    before = filed_before(entry)
    if before is not None:
        return before
    now = timezone.now()
    who = network(sender)
    if not allowances.take(Allowance, "filing", who, limit=PER_SENDER, window=allowances.HOUR, now=now):
        raise TooMany
    receipt = Receipt(entry.offer.kind.name, agency_of(entry), entry.values, now, actors.CITIZEN)
    return filing.file(_form(entry), receipt, files=entry.files, language=language, now=now)


def filed_before(entry: Entry) -> Filed | None:
    """What the form has filed before, if it has. Raises `FiledOtherwise`."""
    return filing.filed_before(_form(entry))


def _form(entry: Entry) -> Form:
    files = {FILES: [each.uid.hex for each in entry.files]} if entry.files else {}
    return Form(entry.form, entry.values | files)
