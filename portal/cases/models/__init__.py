"""The tables of the room: what a case is and went through, its files, whom it concerns, and which days are worked."""

from portal.cases.models.agencies import Agency
from portal.cases.models.attachments import Attachment
from portal.cases.models.calendar import CalendarDay, CalendarYear
from portal.cases.models.cases import Case, CaseEvent, EventHead
from portal.cases.models.counts import SentCounts
from portal.cases.models.filings import Filing
from portal.cases.models.held import Held
from portal.cases.models.modules import KeptAnswer, Module
from portal.cases.models.officers import Officer
from portal.cases.models.personal import Erasure, PersonalIndex, PersonalValue, Reading
from portal.cases.models.reminders import Reminder
from portal.cases.models.replies import ReplyTemplate
from portal.cases.models.webhooks import Delivery, Webhook

__all__ = [
    "Agency",
    "Attachment",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "CaseEvent",
    "Delivery",
    "Erasure",
    "EventHead",
    "Filing",
    "Held",
    "KeptAnswer",
    "Module",
    "Officer",
    "PersonalIndex",
    "PersonalValue",
    "Reading",
    "Reminder",
    "ReplyTemplate",
    "SentCounts",
    "Webhook",
]
