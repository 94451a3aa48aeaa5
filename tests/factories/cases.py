"""Cases for tests: values as a citizen or a module sends them, and a store that remembers what is personal."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from portal.cases.events import Said
from portal.cases.models import Case, CaseEvent
from portal.cases.receiving import receive
from portal.cases.transitions import advance

AGENCY = "consumer-office"
#: What is personal in `complaint_values`.
PERSONAL = {
    "consumer_name": "王小明",
    "consumer_phone": "0912-345-678",
    "consumer_email": "ming@example.org",
    "description": "網購耳機故障，賣家拒絕退款。🎧",
}
COMPLAINT = {
    "stage": "first-complaint",
    "channel": "online",
    "business_name": "甲乙商行",
    "business_tax_id": "04595257",
    "category": "electronics",
    "amount": "2990",
    "demand": "refund",
}


class Remembering:
    """A store of personal values that keeps them in memory, by the numbers of the events, and what was carried over, by
    the numbers of the new events.
    """

    def __init__(self) -> None:
        self.kept: dict[int, dict[str, Any]] = {}
        self.carried: dict[int, tuple[str, list[str]]] = {}

    def store_all(self, said: Sequence[Said]) -> None:
        """Keep what came with events."""
        for each in said:
            assert each.case.pk == each.event.case_id
            self.kept[each.event.seq] = {name: value and value.reveal() for name, value in each.values.items()}

    def carry(self, earlier: Case, event: CaseEvent, fields: Sequence[str]) -> None:
        """Note what is to be brought over."""
        self.carried[event.seq] = (earlier.reference, list(fields))


def complaint_values(**changes: Any) -> dict[str, Any]:
    """A first complaint; a change to None leaves a value out."""
    values = COMPLAINT | PERSONAL | changes
    return {name: value for name, value in values.items() if value is not None}


def received(
    kind: str = "consumer-complaint",
    *,
    actor: str = "citizen",
    agency: str = AGENCY,
    personal: Remembering | None = None,
    values: dict[str, Any] | None = None,
    received_at: datetime.datetime | None = None,
    **given: Any,
) -> Case:
    """A case that has just been received."""
    return receive(
        kind=kind,
        agency=agency,
        values=complaint_values() if values is None else values,
        received_at=received_at or timezone.now(),
        actor=actor,
        personal=personal or Remembering(),
        **given,
    )


def moved(case: Case, transition: str, values: dict[str, Any] | None = None, **given: Any) -> CaseEvent:
    """A case taken through a transition by an officer, unless another actor is given."""
    given = {"actor": "user:1", "personal": Remembering()} | given
    return advance(case_reference=case.reference, transition=transition, values=values or {}, **given)
