"""The tables of the room: what a case is and went through, its files, whom it concerns, and which days are worked."""

from portal.cases.models.attachments import Attachment
from portal.cases.models.calendar import CalendarDay, CalendarYear
from portal.cases.models.cases import Case, CaseEvent, EventHead
from portal.cases.models.modules import KeptAnswer, Module
from portal.cases.models.officers import Officer
from portal.cases.models.personal import Erasure, PersonalIndex, PersonalValue, Reading

__all__ = [
    "Attachment",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "CaseEvent",
    "Erasure",
    "EventHead",
    "KeptAnswer",
    "Module",
    "Officer",
    "PersonalIndex",
    "PersonalValue",
    "Reading",
]
