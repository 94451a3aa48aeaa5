"""What is sent: that something happened, not what. Nothing personal, and none of the case's values."""

import datetime
from dataclasses import dataclass
from typing import Any

import orjson

from portal.cases.kinds.validation import written
from portal.cases.models import CaseEvent, Delivery
from portal.cases.selectors import FeedEvent

#: The type of a message that only tries whether messages arrive.
TEST = "webhook.test"


@dataclass(frozen=True)
class Message:
    """A body with its identifier; the same for one event at one webhook, however often it is sent."""

    id: str
    body: bytes


def type_of(kind: str, event: str) -> str:
    """The type of the message of an event: ``case.consumer_complaint.forward``."""
    return ".".join(("case", kind.replace("-", "_"), event.replace("-", "_")))


def about(webhook: str, event: FeedEvent | CaseEvent) -> Message:
    """The message of an event for the webhook with a key. The time when it was recorded is in the identifier, since a
    restored database gives numbers to other events that had been given to some before.
    """
    data = {
        "reference": event.reference if isinstance(event, FeedEvent) else event.case.reference,
        "kind": event.kind,
        "event": event.type,
        "seq": event.seq,
        "number": event.number,
    }
    recorded = int(event.recorded_at.timestamp() * 1000)
    return Message(
        f"msg_{webhook}_{event.seq}_{recorded}", _body(type_of(event.kind, event.type), event.occurred_at, data)
    )


def trial(delivery: Delivery, now: datetime.datetime) -> Message:
    """A message that is about no case."""
    return Message(f"msg_{delivery.webhook.key}_trial_{delivery.pk}", _body(TEST, now, {}))


def _body(type_: str, at: datetime.datetime, data: dict[str, Any]) -> bytes:
    return orjson.dumps({"type": type_, "timestamp": written(at), "data": data})
