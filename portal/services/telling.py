"""Telling citizens by e-mail of what happens to their cases.

The events of cases are the outbox: which of them are to be told is noted from their feed, from a stored position, so
that a case that is received is told of whatever becomes of the process that has received it. What is noted is sent by
`sending`.
"""

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portal.cases import selectors
from portal.cases.kinds import KINDS
from portal.cases.kinds.declaration import DEADLINE_MOVED, RECEIVED
from portal.cases.models import Case
from portal.cases.selectors import FeedEvent
from portal.core.outgoing import mails_are_sent
from portal.services import sending
from portal.services.models import Filing, Mail, Told

_PAGE = 500


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
    filings = _filings({event.case_id for event in informing})
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
    kind = KINDS.get(event.kind)
    transition = kind.transitions_by_name.get(event.type) if kind else None
    return event.type in (RECEIVED, DEADLINE_MOVED) or (transition is not None and transition.informs)


def _filings(cases: Iterable[int]) -> dict[int, Filing]:
    """The filing of each of these cases, or of the one that it continues."""
    roots = {pk: pk for pk in cases}
    earlier = dict(Case.objects.filter(pk__in=roots).values_list("pk", "follows_id"))
    while any(earlier.values()):
        roots = {pk: earlier.get(root) or root for pk, root in roots.items()}
        earlier = dict(Case.objects.filter(pk__in=set(roots.values())).values_list("pk", "follows_id"))
    filings = {filing.case_id: filing for filing in Filing.objects.filter(case__in=set(roots.values()))}
    return {pk: filings[root] for pk, root in roots.items() if root in filings}
