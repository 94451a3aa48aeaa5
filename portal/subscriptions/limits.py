"""How often one sender, and whoever asks for one mailbox, may sign up.

Counted in the database, since several processes serve, in whole hours and days (UTC), under keyed hashes: what is
counted cannot be read back.
"""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from portal.subscriptions.models import Allowance

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
_EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def take(kind: str, who: str, *, limit: int, window: datetime.timedelta, now: datetime.datetime) -> bool:
    """Count one more request of somebody; False once ``limit`` were counted within the present window. The first
    request takes the same statements as the last.
    """
    hashed = salted_hmac(f"portal.subscriptions.{kind}", who, algorithm="sha256").hexdigest()
    since = now - (now - _EPOCH) % window
    with transaction.atomic():
        Allowance.objects.bulk_create([Allowance(who=hashed, since=since)], ignore_conflicts=True)
        counted = Allowance.objects.filter(who=hashed, since=since, count__lt=limit).update(count=F("count") + 1)
    return bool(counted)
