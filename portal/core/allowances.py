"""How often somebody may ask for something that costs others: a mail, a case, a look at what a secret protects.

Counted in the database, since several processes serve, in whole hours and days (UTC), under keyed hashes: what is
counted cannot be read back. The counting is here, the table is the room's own (`AbstractAllowance`), so that what one
room counts is erased, backed up and seen by that room alone.
"""

import datetime

from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
_EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class AbstractAllowance(models.Model):
    """How often somebody, known by a keyed hash, has asked for something within the hour or day that began at
    ``since``.
    """

    who = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["who", "since"], name="%(app_label)s_%(class)s_unique")]

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"


def take(
    table: type[AbstractAllowance],
    kind: str,
    who: str,
    *,
    limit: int,
    window: datetime.timedelta,
    now: datetime.datetime,
) -> bool:
    """Count one more request of somebody; False once ``limit`` were counted within the present window. The first
    request takes the same statements as the last.
    """
    hashed = salted_hmac(f"portal.{table._meta.app_label}.{kind}", who, algorithm="sha256").hexdigest()
    since = now - (now - _EPOCH) % window
    with transaction.atomic():
        table._default_manager.bulk_create([table(who=hashed, since=since)], ignore_conflicts=True)
        within = table._default_manager.filter(who=hashed, since=since, count__lt=limit)
        counted = within.update(count=F("count") + 1)
    return bool(counted)


def erase(table: type[AbstractAllowance], now: datetime.datetime) -> int:
    """Erase the counts of windows that are over; how many."""
    erased, _per_model = table._default_manager.filter(since__lte=now - 2 * DAY).delete()
    return erased
