"""Filing a case: one form makes one case, however often it is sent, and the same answer each time for an hour.

The secret follows from the form's random value and SECRET_KEY: whoever sends a form twice, with two clicks or since no
answer came, is shown the secret that was made the first time, and yet the database holds nothing that it could be read
from. After an hour it is shown no more, so that a page left open on a shared computer gives nothing away.
"""

import datetime
import json
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.cases import actors, tracking_secrets
from portal.cases.models import Case
from portal.cases.personal.keeping import STORE
from portal.cases.receiving import receive
from portal.cases.references import SYMBOLS
from portal.core import allowances
from portal.core.addresses import network
from portal.services.entering import Entry
from portal.services.models import Allowance, Filing

#: Cases that one sender may file in an hour.
PER_SENDER = 10
#: How long a form that is sent again is answered with the secret.
SHOWN = datetime.timedelta(hours=1)
_GROUPS, _GROUP, _BITS = 4, 4, 5


class TooMany(Exception):
    """One sender has filed too often."""


class FiledOtherwise(Exception):
    """The form has filed a case before, and something else stood in it. ``reference`` is that case's."""

    def __init__(self, reference: str) -> None:
        super().__init__("a form was sent again with other contents")
        self.reference = reference


@dataclass(frozen=True)
class Filed:
    """A case that was filed. ``secret`` is None where it was shown before and is shown no more."""

    case: Case
    secret: str | None


def file(entry: Entry, *, language: str, sender: str) -> Filed:
    """Receive the case of a form without problems, from the IP address of a sender.

    Raises `TooMany`, `FiledOtherwise`, and `portal.cases.refusals.ValuesInvalid` where the values are not as the kind
    declares.
    """
    before = _filed_before(entry)
    if before is not None:
        return before
    now = timezone.now()
    who = network(sender)
    if not allowances.take(Allowance, "filing", who, limit=PER_SENDER, window=allowances.HOUR, now=now):
        raise TooMany
    secret = _secret(entry.form)
    try:
        with transaction.atomic():
            case = receive(
                kind=entry.offer.kind.name,
                agency=getattr(settings, entry.offer.agency),
                values=entry.values,
                received_at=now,
                actor=actors.CITIZEN,
                personal=STORE,
                now=now,
            )
            Filing.objects.create(
                case=case,
                form=_digest("form", entry.form),
                contents=_contents(entry),
                secret=tracking_secrets.digest(case.reference, secret),
                language=language,
                made_at=now,
            )
    except IntegrityError:
        # The same form was sent twice at once, and the other was faster; nothing of this one is kept.
        before = _filed_before(entry)
        if before is None:
            raise
        return before
    return Filed(case, secret)


def _filed_before(entry: Entry) -> Filed | None:
    filing = Filing.objects.select_related("case").filter(form=_digest("form", entry.form)).first()
    if filing is None:
        return None
    if filing.contents != _contents(entry):
        raise FiledOtherwise(filing.case.reference)
    secret = _secret(entry.form)
    is_shown = timezone.now() - filing.made_at < SHOWN and tracking_secrets.matches(
        filing.case.reference, secret, filing.secret
    )
    return Filed(filing.case, secret if is_shown else None)


def _contents(entry: Entry) -> str:
    return _digest("contents", entry.form + json.dumps(entry.values, sort_keys=True))


def _secret(form: str) -> str:
    """A tracking secret in the form of `tracking_secrets.new_secret`."""
    bits = int.from_bytes(salted_hmac("portal.services.secret", form, algorithm="sha256").digest(), "big")
    symbols = ""
    for _symbol in range(_GROUPS * _GROUP):
        bits, value = bits >> _BITS, bits & (len(SYMBOLS) - 1)
        symbols += SYMBOLS[value]
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))


def _digest(what: str, text: str) -> str:
    return salted_hmac(f"portal.services.{what}", text, algorithm="sha256").hexdigest()
