"""Days of the department's table, as an `OfficeCalendar` takes them."""

from datetime import date

from portal.cases.office_calendar import Day, Origin


def day_off(day: str, chinese: str = "放假", english: str = "off", source: str = "") -> Day:
    """A day on which nobody works."""
    return Day(date.fromisoformat(day), False, {"zh-Hant": chinese, "en": english}, Origin.TABLE, source)


def worked(day: str, chinese: str = "上班", english: str = "worked", source: str = "") -> Day:
    """A day on which all work."""
    return Day(date.fromisoformat(day), True, {"zh-Hant": chinese, "en": english}, Origin.TABLE, source)
