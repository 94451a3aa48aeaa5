"""Telling a module of what happened, at one of its webhooks.

Events are told in order: one that does not get through is tried again after growing pauses, and those after it wait.
What was told is noted after it was, so whoever is cut off in between tells it again, under the same identifier. Nothing
here writes an address, a secret or a message to a log.
"""

import datetime
import logging
from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.cases import selectors
from portal.cases.models import CaseEvent, Delivery, Webhook
from portal.cases.personal.keys import Unreadable
from portal.cases.webhooks import claiming, faults, messages, posting, sealing, signing
from portal.cases.webhooks.faults import Undelivered
from portal.cases.webhooks.messages import Message
from portal.cases.webhooks.pauses import GIVEN_UP_AFTER, pause
from portal.cases.webhooks.posting import Answer

logger = logging.getLogger(__name__)

#: Events that one go may tell.
_MOST = 50
_AGENT = "open-record-portal webhooks"
_State = Delivery.State


def deliver(webhook: int, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Send what a webhook was asked to send, then the events after its position, as many as one go may tell."""
    with claiming.claimed(webhook) as claim:
        if not claim:
            return
        _send_asked(webhook, claim, is_stopping)
        _go_on(webhook, claim, is_stopping)


def _send_asked(key: int, claim: str, is_stopping: Callable[[], bool]) -> None:
    """Send trials, and once more what somebody wants sent once more; each is tried once."""
    for delivery in Delivery.objects.filter(webhook=key, asked_at__isnull=False).order_by("asked_at", "pk")[:_MOST]:
        webhook = claiming.held(key, claim)
        if webhook is None or is_stopping():
            return
        delivery.webhook = webhook
        message = _message_of(delivery)
        answer, fault = _tried(webhook, message) if message else (None, faults.SCOPE)
        Delivery.objects.filter(pk=delivery.pk, asked_at=delivery.asked_at).update(asked_at=None)
        _note(delivery, answer, fault, _State.FAILED if fault else _State.DELIVERED)


def _message_of(delivery: Delivery) -> Message | None:
    """What is to be sent; None for an event of a kind that the module may not read any more."""
    if delivery.seq is None:
        return messages.trial(delivery, timezone.now())
    webhook, event = delivery.webhook, CaseEvent.objects.select_related("case").get(seq=delivery.seq)
    return messages.about(webhook.key, event) if webhook.module.may_read(event.kind) else None


def _go_on(key: int, claim: str, is_stopping: Callable[[], bool]) -> None:
    webhook = claiming.held(key, claim)
    if webhook is None or not _is_on(webhook):
        return
    asked = {"kinds": webhook.read_kinds, "agencies": [webhook.module.agency]}
    page = selectors.feed(after=webhook.position, limit=_MOST, **asked)
    for event in page.events:
        webhook = claiming.held(key, claim)
        # Whoever changes a webhook finds the next event told as they want it.
        if webhook is None or not _is_on(webhook) or webhook.position >= event.seq or is_stopping():
            return
        if event.kind not in webhook.read_kinds:
            return
        if not _told(webhook, claim, event.seq, messages.about(webhook.key, event)):
            return
    _move_on(webhook, claim, page.next_after)


def _is_on(webhook: Webhook) -> bool:
    is_resting = webhook.retry_at is not None and webhook.retry_at > timezone.now()
    return webhook.state == Webhook.State.WORKING and not is_resting


def _told(webhook: Webhook, claim: str, seq: int, message: Message) -> bool:
    """Tell the next event; whether it got through. What became of it is noted with the position, or neither is."""
    delivery = Delivery.objects.filter(webhook=webhook, seq=seq).first()
    delivery = delivery or Delivery(webhook=webhook, seq=seq, at=timezone.now())
    delivery.webhook = webhook
    answer, fault = _tried(webhook, message)
    with transaction.atomic():
        _note(delivery, answer, fault, _State.WAITING if fault else _State.DELIVERED)
        if fault:
            _rest(webhook, claim, fault, answer)
        else:
            _move_on(webhook, claim, seq)
    return not fault


def _tried(webhook: Webhook, message: Message) -> tuple[Answer | None, str]:
    """One attempt: the answer, if there was one, and what went wrong; empty where nothing did."""
    now = timezone.now()
    try:
        secrets = [secret.reveal() for secret in sealing.of(webhook, now)]
        headers = signing.signed(message.id, int(now.timestamp()), message.body, secrets)
        headers |= {"Content-Type": "application/json", "User-Agent": _AGENT}
        answer = posting.post(webhook.url, message.body, headers)
    except Unreadable:
        return None, faults.SECRET
    except Undelivered as error:
        return None, error.fault
    if answer.status == 410:
        return answer, faults.GONE
    return answer, "" if 200 <= answer.status < 300 else faults.STATUS


def _note(delivery: Delivery, answer: Answer | None, fault: str, state: str) -> None:
    delivery.attempts, delivery.status, delivery.fault = delivery.attempts + 1, answer and answer.status, fault
    delivery.state, delivery.at = state, timezone.now()
    if delivery.pk is None:
        delivery.save(force_insert=True)
    else:
        delivery.save(update_fields=["attempts", "status", "fault", "state", "at"])
    if fault:
        told = {"webhook": delivery.webhook.key, "seq": delivery.seq, "fault": fault, "status": delivery.status}
        logger.warning("a webhook did not get through", extra=told)


def _move_on(webhook: Webhook, claim: str, seq: int) -> None:
    held = Webhook.objects.filter(pk=webhook.pk, claim=claim, position__lt=seq)
    held.update(position=seq, attempts=0, failing_since=None, retry_at=None)


def _rest(webhook: Webhook, claim: str, fault: str, answer: Answer | None) -> None:
    """Try again later, or give the webhook up."""
    now = timezone.now()
    since = webhook.failing_since or now
    held = Webhook.objects.filter(pk=webhook.pk, claim=claim)
    later = now + pause(webhook.attempts + 1, answer.retry_after if answer else None)
    held.update(attempts=F("attempts") + 1, failing_since=since, retry_at=later)
    if fault == faults.GONE or now - since >= GIVEN_UP_AFTER:
        held.filter(state=Webhook.State.WORKING).update(state=Webhook.State.FAILING, retry_at=None)
        logger.error("a webhook was given up", extra={"webhook": webhook.key, "fault": fault})


def forget_old(kept: datetime.timedelta = datetime.timedelta(days=30)) -> int:
    """Delete what is noted of deliveries that came to their end so long ago; how many."""
    old = Delivery.objects.filter(at__lt=timezone.now() - kept, asked_at=None).exclude(state=_State.WAITING)
    return old.delete()[0]
