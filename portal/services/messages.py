"""What a mail to a citizen says: which case, where it stands and what comes next. Never what the case is about, and
its secret only in the mail by which an officer gives a new one.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import get_language, gettext, override

from portal.cases import agencies, giving_secrets, moved_deadlines
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.rules import EMAIL
from portal.cases.kinds.steps import ASSIGNED, DEADLINE_MOVED, MERGED, RECEIVED, REOPENED, SECRET_GIVEN, STEPS
from portal.cases.models import Case, CaseEvent, Filing, Reading
from portal.cases.personal.reading import read
from portal.core import email_addresses
from portal.core.languages import DJANGO_CODES, in_language, tag, text
from portal.rendering.dates import DateText, display_date, display_moment
from portal.rendering.mails import Written, written
from portal.services.limits import deadline_of
from portal.services.models import Mail
from portal.services.next_steps import next_step
from portal.services.paths import TRACK

_READER = "system:services"


def compose(mail: Mail) -> EmailMultiAlternatives | None:
    """The message of a mail; None where the citizen has given no address, or it is erased."""
    filing = mail.filing
    event = CaseEvent.objects.select_related("case").get(seq=mail.seq)
    address = _address(event.case)
    if address is None:
        return None
    said = _written(filing, event)
    message = EmailMultiAlternatives(
        subject=said.subject,
        body=said.text,
        to=[address],
        headers={
            "Message-ID": f"<{mail.key}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": filing.language,
        },
    )
    message.attach_alternative(said.html, "text/html")
    return message


def _address(case: Case) -> str | None:
    names = [field.name for field in KINDS[case.kind].fields if field.rule is EMAIL]
    kept = read(case, fields=names, actor=_READER, purpose=Reading.Purpose.NOTIFYING)
    for value in kept.values():
        try:
            return email_addresses.normalised(value.reveal())
        except ValueError:
            continue
    return None


def _written(filing: Filing, event: CaseEvent) -> Written:
    with override(DJANGO_CODES[filing.language]):
        kind = KINDS[event.kind]
        stage = event.case.stage
        moved = moved_deadlines.read(event.data) if event.type == DEADLINE_MOVED else None
        subject = gettext("%(kind)s %(reference)s: %(state)s") % {
            "kind": _named(kind, stage),
            "reference": event.case.reference,
            "state": _news(event, kind),
        }
        context = {
            "said": _said(event),
            "secret": giving_secrets.to_send(filing, event.seq),
            "is_secret": event.type == SECRET_GIVEN,
            "is_receipt": event.type == RECEIVED and event.case_id == filing.case_id,
            "kind": _named(kind, stage),
            "reference": event.case.reference,
            "tracked_by": filing.case.reference,
            "state": kind.states_by_name[event.state].label,
            "moved": text(moved.text(event.case.reference), filing.language) if moved else "",
            "when": display_moment(event.occurred_at.isoformat(), filing.language),
            "due": _due(event),
            "next_step": next_step(kind.name, event.state, stage),
            "track": settings.BASE_URL + in_language(TRACK, filing.language),
        }
        return written("case", subject, context, filing.language)


def _news(event: CaseEvent, kind: Kind) -> str:
    """What the subject says: where the case stands, or what happened where that is as it was."""
    if event.type == SECRET_GIVEN:
        return gettext("new secret")
    label = STEPS[DEADLINE_MOVED] if event.type == DEADLINE_MOVED else kind.states_by_name[event.state].label
    return str(label)


def _said(event: CaseEvent) -> str:
    """What happened, where the state does not say it; empty where it does."""
    step = KINDS[event.kind].transitions_by_name.get(event.type)
    if step and step.extends:
        return gettext("The time limit of your case has been extended. Why, you see on its page.")
    if event.type == RECEIVED:
        return gettext("Your case has been taken to its next stage.")
    if event.type == REOPENED:
        return gettext("Your case has been opened again.")
    if event.type == MERGED:
        return gettext("Your case is dealt with together with another about the same matter.")
    if event.type == ASSIGNED or (step and step.hands_to):
        agency = agencies.named(event.agency, agencies.names(), tag(get_language() or ""))
        return gettext("Your case has been handed to another agency, which goes on with it: %(agency)s") % {
            "agency": agency
        }
    if event.type == SECRET_GIVEN:
        return gettext("You have been given a new secret. The one before is not valid any more.")
    return ""


def _due(event: CaseEvent) -> DateText | None:
    """The last day of the case's time limit, where one runs."""
    deadline = deadline_of(event.case)
    return display_date(deadline.due.isoformat(), tag(get_language() or "")) if deadline and deadline.due else None


def _named(kind: Kind, stage: str | None) -> str:
    declared = kind.stages_by_name.get(stage or "")
    return str(declared.label if declared else kind.label)
