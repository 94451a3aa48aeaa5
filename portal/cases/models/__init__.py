"""The tables of the room: what a case is and went through, whom it concerns, and which days are worked."""

from portal.cases.models.calendar import CalendarDay, CalendarYear

__all__ = ["CalendarDay", "CalendarYear"]
