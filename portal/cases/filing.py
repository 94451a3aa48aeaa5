"""Filing the case of a citizen: one form makes one case, however often it is sent, and the same answer each time for an
hour.

A form carries a random value. The secret follows from it and SECRET_KEY: whoever sends a form twice, with two clicks or
since no answer came, is shown the secret that was made the first time, and yet the database holds nothing that it could
be read from. After an hour it is shown no more, so that a page left open on a shared computer gives nothing away.
"""

import datetime
import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.cases import tracking_secrets
from portal.cases.attachments.attaching import attach
from portal.cases.attachments.keeping import Kept
from portal.cases.models import Case, Filing
from portal.cases.personal.keeping import STORE
from portal.cases.receiving import Receipt, receive
from portal.cases.refusals import Taken

#: How long a form that is sent again is answered with the secret.
SHOWN = datetime.timedelta(hours=1)
_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


class FiledOtherwise(Exception):
    """The form has filed a case before, and something else stood in it. ``reference`` is that case's."""

    def __init__(self, reference: str) -> None:
        super().__init__("a form was sent again with other contents")
        self.reference = reference


@dataclass(frozen=True)
class Form:
    """A form that was sent: its random value, and what stood in it as far as it makes the case what it is (JSON)."""

    value: str
    contents: Mapping[str, Any]


@dataclass(frozen=True)
class Filed:
    """A case that was filed. ``secret`` is None where there is none, or it was shown before and is shown no more."""

    case: Case
    secret: str | None


def new_form() -> str:
    """The random value of a form."""
    return secrets.token_urlsafe(32)


def form_value(sent: str) -> str:
    """The random value that came with a form; a new one where none did: such a form has filed nothing before."""
    return sent if _FORM.fullmatch(sent) else new_form()


def filed_before(form: Form) -> Filed | None:
    """What a form has filed; None where it has filed nothing yet. Raises `FiledOtherwise`."""
    filing = Filing.objects.select_related("case").filter(form=_digest("form", form.value)).first()
    if filing is None:
        return None
    if filing.contents != _contents(form):
        raise FiledOtherwise(filing.case.reference)
    secret = tracking_secrets.derived(form.value)
    is_shown = timezone.now() - filing.made_at < SHOWN and tracking_secrets.matches(
        filing.case.reference, secret, filing.secret or None
    )
    return Filed(filing.case, secret if is_shown else None)


def file(
    form: Form,
    receipt: Receipt,
    *,
    language: str,
    now: datetime.datetime,
    files: Sequence[Kept] = (),
    with_secret: bool = True,
) -> Filed:
    """Receive the case of a form with its files, or answer as the first time. ``language`` is the citizen's.

    Without a secret nobody can track it until one is given. Raises `FiledOtherwise`, and as `receive` and `attach` do
    `portal.cases.refusals.Refused`.
    """
    secret = tracking_secrets.derived(form.value) if with_secret else None
    try:
        with transaction.atomic():
            case = receive(**vars(receipt), personal=STORE, now=now)
            if files:
                attach(case_reference=case.reference, kept=files, actor=receipt.actor, now=now)
            Filing.objects.create(
                case=case,
                form=_digest("form", form.value),
                contents=_contents(form),
                secret=tracking_secrets.digest(case.reference, secret) if secret else "",
                language=language,
                made_at=now,
            )
    except (IntegrityError, Taken):
        # The same form was sent twice at once, and the other was faster; nothing of this one is kept.
        before = filed_before(form)
        if before is None:
            raise
        return before
    return Filed(case, secret)


def filing_of(case: Case) -> Filing | None:
    """The filing by which a case is tracked; None where the citizen cannot track it."""
    return filings_of([case.pk]).get(case.pk)


def filings_of(cases: Iterable[int]) -> dict[int, Filing]:
    """The filing with a secret of each of these cases (keys), or of the nearest of those that it continues; a case that
    cannot be tracked is left out. Two queries for each stage, however many cases.
    """
    found: dict[int, Filing] = {}
    looked_at = {case: case for case in cases}
    while looked_at:
        filings = Filing.objects.exclude(secret="").select_related("case").in_bulk(set(looked_at.values()))
        found |= {case: filings[at] for case, at in looked_at.items() if at in filings}
        earlier = dict(
            Case.objects.filter(pk__in=set(looked_at.values()), follows__isnull=False).values_list("pk", "follows_id")
        )
        looked_at = {case: earlier[at] for case, at in looked_at.items() if case not in found and at in earlier}
    return found


def _contents(form: Form) -> str:
    return _digest("contents", form.value + json.dumps(form.contents, sort_keys=True))


def _digest(what: str, text: str) -> str:
    # The salts are those of the room in which filings were kept before: a form that is open meanwhile files once.
    return salted_hmac(f"portal.services.{what}", text, algorithm="sha256").hexdigest()
