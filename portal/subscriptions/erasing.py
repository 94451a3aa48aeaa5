"""Erasing what is not needed any more (the retention that `models` states)."""

import datetime

from django.db import transaction
from django.db.models import Max, Q

from portal.core import allowances
from portal.publication.models import ConsumerPosition
from portal.subscriptions.models import Allowance, Mail, Notice, SignUp, Subscription, Token
from portal.subscriptions.signing_up import CONFIRMATION, LINKS

#: How long it is kept what was told to whom.
TOLD = datetime.timedelta(days=30)
_STATES = (Mail.State.SENT, Mail.State.EMPTY, Mail.State.FAILED, Mail.State.UNCERTAIN)


def erase(consumer: str, now: datetime.datetime) -> int:
    """Erase sign-ups that nobody confirmed, old links, counts and notices; how many sign-ups. ``consumer`` names the
    position that says which rows have been noted for good.
    """
    sign_ups = SignUp.objects.filter(made_at__lte=now - CONFIRMATION)
    count = sign_ups.count()
    sign_ups.delete()
    Token.objects.filter(made_at__lte=now - LINKS).delete()
    allowances.erase(Allowance, now)
    _forget_what_was_told(consumer, now)
    return count


def _forget_what_was_told(consumer: str, now: datetime.datetime) -> None:
    """A notice may go only if its row cannot be noted again: if it lies behind the consumer, and the subscription
    begins after it from now on.
    """
    positions = ConsumerPosition.objects.filter(consumer=consumer).values_list("seq", flat=True)
    seq = positions.first() or 0
    settled = Mail.objects.filter(state__in=_STATES, settled_at__lte=now - TOLD)
    with transaction.atomic():
        told = Notice.objects.filter(mail__in=settled, seq__lte=seq)
        for subscription, last in told.order_by().values_list("subscription").annotate(Max("seq")):
            Subscription.objects.filter(pk=subscription, after__lt=last).update(after=last)
        told.delete()
        settled.filter(~Q(pk__in=Notice.objects.filter(mail__isnull=False).values("mail"))).delete()
