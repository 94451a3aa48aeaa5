"""What the room brings to Wagtail's admin."""

from wagtail import hooks

from portal.cases.calendar_admin import OfficeCalendarGroup


@hooks.register("register_admin_viewset")
def office_calendar() -> OfficeCalendarGroup:
    """The office calendar."""
    return OfficeCalendarGroup()
