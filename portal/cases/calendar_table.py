"""The office calendar as the department's table has it now."""

import functools
from typing import Any

from portal.cases.models import CalendarDay, CalendarYear
from portal.cases.office_calendar import Day, OfficeCalendar, Origin
from portal.core.languages import CHINESE, ENGLISH


def office_calendar() -> OfficeCalendar:
    """The calendar now: two queries, and the same object for as long as the table stays the same."""
    days = CalendarDay.objects.order_by("date").values_list("date", "is_working", "name_zh_hant", "name_en", "source")
    years = CalendarYear.objects.order_by("year").values_list("year", "source")
    return _made(tuple(days), tuple(years))


@functools.lru_cache(maxsize=2)
def _made(days: tuple[tuple[Any, ...], ...], years: tuple[tuple[int, str], ...]) -> OfficeCalendar:
    overrides = (
        Day(date, is_working, {CHINESE: chinese, ENGLISH: english}, Origin.TABLE, source)
        for date, is_working, chinese, english, source in days
    )
    return OfficeCalendar(tuple(overrides), years)
