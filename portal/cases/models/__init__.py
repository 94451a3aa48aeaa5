"""The tables of the room: what a case is and went through, whom it concerns, and which days are worked."""

from portal.cases.models.cases import Case, CaseEvent, EventHead

__all__ = ["Case", "CaseEvent", "EventHead"]
