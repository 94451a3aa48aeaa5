"""The tables of the room: what a case is and went through, whom it concerns, and which days are worked."""

from portal.cases.models.calendar import CalendarDay, CalendarYear
from portal.cases.models.cases import Case, CaseEvent, EventHead
from portal.cases.models.counts import SentCounts
from portal.cases.models.modules import KeptAnswer, Module
from portal.cases.models.officers import Officer
from portal.cases.models.personal import Erasure, PersonalIndex, PersonalValue, Reading
from portal.cases.models.webhooks import Delivery, Webhook

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Case",
    "CaseEvent",
    "Delivery",
    "Erasure",
    "EventHead",
    "KeptAnswer",
    "Module",
    "Officer",
    "PersonalIndex",
    "PersonalValue",
    "Reading",
    "SentCounts",
    "Webhook",
]
