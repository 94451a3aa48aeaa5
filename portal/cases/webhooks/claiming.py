"""Whose turn a webhook is: one process delivers for it at a time.

A claim runs out by itself, so that what a killed process held is free again in a minute and a half. It outlasts an
attempt (`posting.SECONDS`, and what the name service takes); should it not, a message is sent twice, under one
identifier.
"""

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.cases import selectors
from portal.cases.models import Delivery, Webhook

LEASE = datetime.timedelta(seconds=90)


def due() -> list[int]:
    """The webhooks, by key, that have something to send now, or may have; two queries."""
    now, head = timezone.now(), selectors.head_seq()
    asked = Exists(Delivery.objects.filter(webhook=OuterRef("pk"), asked_at__isnull=False))
    events = Q(state=Webhook.State.WORKING, position__lt=head) & (Q(retry_at=None) | Q(retry_at__lte=now))
    found = Webhook.objects.filter(_free(now), Q(asked) | events, module__ended_at=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


@contextmanager
def claimed(webhook: int) -> Iterator[str]:
    """Hold a webhook; the claim, or an empty text where another process holds it."""
    claim = secrets.token_hex(16)
    now = timezone.now()
    free = Webhook.objects.filter(_free(now), pk=webhook, module__ended_at=None)
    if not free.update(claim=claim, claimed_until=now + LEASE):
        yield ""
        return
    try:
        yield claim
    finally:
        Webhook.objects.filter(pk=webhook, claim=claim).update(claim="", claimed_until=None)


def held(webhook: int, claim: str) -> Webhook | None:
    """The webhook as it is now, claimed for the whole time again; None where the claim was lost."""
    now = timezone.now()
    found = Webhook.objects.select_related("module").filter(pk=webhook, claim=claim).first()
    if found is None or found.claimed_until is None or found.claimed_until <= now:
        return None
    # The most that an attempt takes is left: no need to write.
    if found.claimed_until - now < LEASE / 2:
        Webhook.objects.filter(pk=webhook, claim=claim).update(claimed_until=now + LEASE)
    return found


def _free(now: datetime.datetime) -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lte=now)
