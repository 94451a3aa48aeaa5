"""Erasing what is not needed any more (the retention that `models` states)."""

import datetime

from django.utils import timezone

from portal.core import allowances
from portal.services.models import Allowance, Mail

#: How long it is kept what became of a mail.
TOLD = datetime.timedelta(days=30)


def erase() -> int:
    """Erase old counts of senders, and mails that were settled long ago; how many mails."""
    now = timezone.now()
    allowances.erase(Allowance, now)
    erased, _per_model = Mail.objects.filter(settled_at__lte=now - TOLD).delete()
    return erased
