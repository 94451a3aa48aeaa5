"""Telling citizens by e-mail of what happens to their cases.

The events of cases are the outbox: which of them are to be told is noted from their feed, from a stored position, so
that a case that is received is told of whatever becomes of the process that has received it. What is noted is sent by
`sending`.
"""

import secrets

from django.db import transaction
from django.utils import timezone

from portal.cases import selectors
from portal.cases.filing import filings_of
from portal.cases.kinds import KINDS
from portal.cases.kinds.steps import ASSIGNED, DEADLINE_MOVED, MERGED, RECEIVED, REOPENED, SECRET_GIVEN
from portal.cases.selectors import FeedEvent
from portal.core.outgoing import mails_are_sent
from portal.services import sending
from portal.services.models import Mail, Told

_PAGE = 500
#: Of these steps, which every kind has, the citizen is told.
_ALWAYS = frozenset({RECEIVED, REOPENED, MERGED, SECRET_GIVEN, DEADLINE_MOVED})


def tell() -> None:
    """Note what is new, and send what is due."""
    while note():
        pass
    if mails_are_sent():
        sending.send(timezone.now())


def note() -> bool:
    """Note the mails of one page of the feed; whether there may be more."""
    told = Told.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    # Mostly there is nothing new, and a transaction would take the database's lock on writing to find that out.
    return selectors.head_seq() > told and _note()


@transaction.atomic
def _note() -> bool:
    position, _is_new = Told.objects.select_for_update().get_or_create(pk=1)
    page = selectors.feed(after=position.seq, limit=_PAGE)
    informing = [event for event in page.events if _informs(event)]
    filings = filings_of({event.case_id for event in informing})
    now = timezone.now()
    mails = [
        Mail(filing=filings[event.case_id], seq=event.seq, key=secrets.token_hex(16), due_at=now)
        for event in informing
        if event.case_id in filings
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    Told.objects.filter(pk=1).update(seq=page.next_after)
    return page.full


def _informs(event: FeedEvent) -> bool:
    """Whether citizens are told of an event: as its kind says, and of what concerns them in every kind."""
    kind = KINDS.get(event.kind)
    transition = kind.transitions_by_name.get(event.type) if kind else None
    is_handed_over = event.type == ASSIGNED and bool(event.from_agency)
    return event.type in _ALWAYS or is_handed_over or (transition is not None and transition.informs)
