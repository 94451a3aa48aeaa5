"""Filing a case from a citizen's form: what `portal.cases.filing` does, within what one sender may do."""

from django.conf import settings
from django.utils import timezone

from portal.cases import actors, filing
from portal.cases.filing import SHOWN, Filed, FiledOtherwise, Form
from portal.cases.receiving import Receipt
from portal.core import allowances
from portal.core.addresses import network
from portal.services.entering import Entry
from portal.services.models import Allowance

__all__ = ["PER_SENDER", "SHOWN", "Filed", "FiledOtherwise", "TooMany", "file"]

#: Cases that one sender may file in an hour.
PER_SENDER = 10


class TooMany(Exception):
    """One sender has filed too often."""


def file(entry: Entry, *, language: str, sender: str) -> Filed:
    """Receive the case of a form without problems, from the IP address of a sender.

    Raises `TooMany`, `FiledOtherwise`, and `portal.cases.refusals.ValuesInvalid` where the values are not as the kind
    declares.
    """
    form = Form(entry.form, entry.values)
    before = filing.filed_before(form)
    if before is not None:
        return before
    now = timezone.now()
    who = network(sender)
    if not allowances.take(Allowance, "filing", who, limit=PER_SENDER, window=allowances.HOUR, now=now):
        raise TooMany
    receipt = Receipt(entry.offer.kind.name, settings.SERVICES_AGENCY, entry.values, now, actors.CITIZEN)
    return filing.file(form, receipt, language=language, now=now)
