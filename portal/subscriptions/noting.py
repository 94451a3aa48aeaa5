"""From rows of the log to the outbox: who is to be told of what, and when.

Both steps may be repeated, and cut off anywhere: a row is noted for a subscriber once, and a notice is gathered into a
mail once.
"""

import datetime
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.publication.models import LogRow
from portal.subscriptions.models import Choice, Mail, Notice, Pace, Subscription
from portal.subscriptions.subjects import subjects_of

_URGENT = "alert"
#: What is published is told a minute later: a slip that an editor mends within it makes no second mail, and what is
#: published together is told together.
SETTLING = datetime.timedelta(minutes=1)
#: When subscribers are told who hear once a day, in Taiwan.
_DAILY_AT = datetime.time(8)
#: Subscribers whose mails are gathered in one go.
_AT_ONCE = 100


def note(rows: Sequence[LogRow], now: datetime.datetime) -> None:
    """Note each row for those who follow one of its subjects and had subscribed before it."""
    # A portal whose consumer is new, or that nobody follows, has no need to read its log.
    if not rows or not Subscription.objects.filter(after__lt=rows[-1].seq).exists():
        return
    for row in rows:
        if subjects := subjects_of(row):
            _note(row, subjects, now)


def _note(row: LogRow, subjects: set[str], now: datetime.datetime) -> None:
    chosen = Choice.objects.filter(subscription=OuterRef("pk"), subject__in=subjects)
    with transaction.atomic():
        # Locked, so that nobody ends a subscription between this and the insertion.
        following = Subscription.objects.select_for_update().filter(Exists(chosen), after__lt=row.seq)
        notices = [
            Notice(subscription_id=pk, seq=row.seq, uid=row.uid, version=row.version, due_at=due(row.type, pace, now))
            for pk, pace in following.values_list("pk", "pace")
        ]
        Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)


def due(record_type: str, pace: str, now: datetime.datetime) -> datetime.datetime:
    """When a subscriber of a pace is told of a record of a type that was published now."""
    if record_type == _URGENT:
        return now
    if pace != Pace.DAILY:
        return now + SETTLING
    local = timezone.localtime(now)
    today = local.replace(hour=_DAILY_AT.hour, minute=0, second=0, microsecond=0)
    return today if local < today else today + datetime.timedelta(days=1)


def gather(now: datetime.datetime) -> int:
    """Make one mail for each subscriber of all notices that are due; how many."""
    waiting = Notice.objects.filter(mail=None, due_at__lte=now)
    subscribers = list(waiting.order_by().values_list("subscription", flat=True).distinct()[:_AT_ONCE])
    return sum(_gather(pk, now) for pk in subscribers)


def _gather(subscription: int, now: datetime.datetime) -> bool:
    with transaction.atomic():
        # Of two hosts at work the second finds nothing left.
        locked = Subscription.objects.select_for_update().filter(pk=subscription).first()
        notices = Notice.objects.filter(subscription=subscription, mail=None, due_at__lte=now)
        uids = list(notices.values_list("uid", flat=True))
        if locked is None or not uids:
            return False
        mail = Mail.objects.create(
            subscription=locked,
            key=secrets.token_hex(16),
            urgent=any(uid.startswith(f"{_URGENT}:") for uid in uids),
            due_at=now,
        )
        notices.update(mail=mail)
    return True
