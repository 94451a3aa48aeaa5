"""Giving a citizen another secret to track a case with: the one before opens nothing from then on.

It is told once: to whoever gives it, who reads it out or prints it, or in a mail to the citizen, which whoever gives it
does not see. Until that mail is settled the database holds a random value that the secret follows from together with
SECRET_KEY.
"""

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases import asking, tracking_secrets
from portal.cases.events import Change, record
from portal.cases.kinds.steps import SECRET_GIVEN
from portal.cases.models import Case, CaseEvent, Filing, PersonalIndex
from portal.cases.personal.keeping import STORE
from portal.cases.refusals import Refused
from portal.core.languages import CHINESE


class NoAddress(Refused):
    """The case has no e-mail address that a secret could be sent to."""

    code = "no-address"
    text = _("This case has no e-mail address to send the secret to.")


@dataclass(frozen=True)
class Given:
    """The event, and the secret; None where it is mailed."""

    event: CaseEvent
    secret: str | None


def has_address(case: Case) -> bool:
    """Whether the citizen of a case has given an e-mail address that is still kept. Nothing is read."""
    return PersonalIndex.objects.filter(value__case=case, by=PersonalIndex.By.EMAIL).exists()


@transaction.atomic
def give(
    *,
    case_reference: str,
    actor: str,
    by_mail: bool = False,
    language: str = "",
    expected_version: int | None = None,
    now: datetime.datetime | None = None,
) -> Given:
    """Give a secret for a case and those that continue it. ``language`` is the citizen's; empty: as it was before.

    Raises `Refused`: `CaseUnknown`, `StaleVersion`, `MergedAlready`, `NotAllowed`, `NoAddress`.
    """
    now = now or timezone.now()
    (case,) = asking.locked(case_reference, expected_version=expected_version)
    asking.check_staff(actor, SECRET_GIVEN)
    if by_mail and not has_address(case):
        raise NoAddress
    (event,) = record([Change(case, SECRET_GIVEN, actor, now)], personal=STORE, now=now)
    value = secrets.token_urlsafe(32)
    secret = tracking_secrets.derived(value)
    given = {
        "secret": tracking_secrets.digest(case.reference, secret),
        "given_by": event.seq,
        "to_send": value if by_mail else "",
    }
    new = {"language": language or CHINESE, "made_at": now}
    Filing.objects.update_or_create(
        case=case, defaults=given | ({"language": language} if language else {}), create_defaults=given | new
    )
    return Given(event, None if by_mail else secret)


def to_send(filing: Filing, seq: int) -> str | None:
    """The secret that a mail about event ``seq`` is to carry; None where it was told already, or replaced."""
    if filing.given_by != seq or not filing.to_send:
        return None
    secret = tracking_secrets.derived(filing.to_send)
    # Not where SECRET_KEY was replaced meanwhile: another secret follows from it.
    return secret if tracking_secrets.matches(filing.case.reference, secret, filing.secret) else None


def settled(filing: Filing, seq: int) -> None:
    """A mail about event ``seq`` was sent or given up: it is sent no more."""
    Filing.objects.filter(pk=filing.pk, given_by=seq).exclude(to_send="").update(to_send="")
