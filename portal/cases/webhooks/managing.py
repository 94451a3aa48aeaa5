"""What people do about a webhook. Sending is left to the process that delivers."""

from django.db import transaction
from django.utils import timezone

from portal.cases.models import Delivery, Webhook

_AT_EASE = {"attempts": 0, "failing_since": None, "retry_at": None}


def pause(webhook: Webhook) -> None:
    """Have no more events told until it is resumed."""
    Webhook.objects.filter(pk=webhook.pk).update(state=Webhook.State.PAUSED)


def resume(webhook: Webhook) -> None:
    """Go on from its position, at once."""
    Webhook.objects.filter(pk=webhook.pk).update(state=Webhook.State.WORKING, **_AT_EASE)


def try_out(webhook: Webhook) -> Delivery:
    """Have a message sent that is about no case."""
    now = timezone.now()
    return Delivery.objects.create(webhook=webhook, at=now, asked_at=now)


def redeliver(webhook: Webhook, delivery: int) -> bool:
    """Have an event told once more; False where it is not known, or is to be told anyway."""
    over = Delivery.objects.filter(pk=delivery, webhook=webhook).exclude(state=Delivery.State.WAITING)
    return bool(over.update(asked_at=timezone.now()))


@transaction.atomic
def skip(webhook: Webhook) -> bool:
    """Pass over the event that does not get through, and go on with the next; False where there is none."""
    held = Webhook.objects.select_for_update().get(pk=webhook.pk)
    ahead = Delivery.objects.filter(webhook=held, state=Delivery.State.WAITING, seq__gt=held.position)
    stuck = ahead.order_by("seq").first()
    if stuck is None or stuck.seq is None:
        return False
    Delivery.objects.filter(pk=stuck.pk).update(state=Delivery.State.SKIPPED, at=timezone.now())
    Webhook.objects.filter(pk=held.pk).update(position=stuck.seq, **_AT_EASE)
    return True
