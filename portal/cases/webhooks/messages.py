"""What is sent: that something happened, not what. Nothing personal, and none of the case's values."""

import datetime

import orjson

from portal.cases.kinds.validation import written
from portal.cases.models import CaseEvent
from portal.cases.selectors import FeedEvent

#: The type of a message that only tries whether messages arrive.
TEST = "webhook.test"


def type_of(kind: str, event: str) -> str:
    """The type of the message of an event: ``case.consumer_complaint.forward``."""
    return ".".join(("case", kind.replace("-", "_"), event.replace("-", "_")))


def body_of(event: FeedEvent | CaseEvent) -> bytes:
    """The message of an event: always the same bytes."""
    reference = event.reference if isinstance(event, FeedEvent) else event.case.reference
    data = {
        "reference": reference,
        "kind": event.kind,
        "event": event.type,
        "seq": event.seq,
        "number": event.number,
    }
    return _body(type_of(event.kind, event.type), event.occurred_at, data)


def trial(now: datetime.datetime) -> bytes:
    """A message that is about no case."""
    return _body(TEST, now, {})


def _body(type_: str, at: datetime.datetime, data: dict[str, str | int]) -> bytes:
    return orjson.dumps({"type": type_, "timestamp": written(at), "data": data})
