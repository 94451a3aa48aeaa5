"""The office calendar in Wagtail's admin: a year at a glance, the department's own days, and the announced years."""

import datetime
from typing import Any

from django.http import Http404
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_date
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import policy_registry

from portal.cases.calendar_forms import ChangingForm, Deleting
from portal.cases.calendar_table import office_calendar
from portal.cases.calendar_year import months, rows
from portal.cases.deadlines.counting import TAIPEI
from portal.cases.models import CalendarDay, CalendarYear
from portal.cases.office_calendar import CHECKED_YEARS, YEARS
from portal.core.languages import tag
from portal.core.periods import YEAR, days_label

_READERS = ("add", "change", "delete", "view")
#: The columns of a month from Sunday: what stands above them, and the day's whole name.
_WEEKDAYS = [
    (pgettext_lazy("column of a calendar", "Sun"), WEEKDAYS[6]),
    (pgettext_lazy("column of a calendar", "Mon"), WEEKDAYS[0]),
    (pgettext_lazy("column of a calendar", "Tue"), WEEKDAYS[1]),
    (pgettext_lazy("column of a calendar", "Wed"), WEEKDAYS[2]),
    (pgettext_lazy("column of a calendar", "Thu"), WEEKDAYS[3]),
    (pgettext_lazy("column of a calendar", "Fri"), WEEKDAYS[4]),
    (pgettext_lazy("column of a calendar", "Sat"), WEEKDAYS[5]),
]


class YearView(PermissionCheckedMixin, TemplateView):
    """A year: its months, the days out of the ordinary, and whether its calendar is announced. The present one where
    the address names none; 404 for years that have no calendar.
    """

    model = CalendarDay
    any_permission_required = _READERS
    template_name = "cases/office_calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = kwargs.pop("year") if "year" in kwargs else datetime.datetime.now(TAIPEI).year
        if year not in YEARS:
            raise Http404
        calendar, language = office_calendar(), tag(get_language() or "")
        own = dict(CalendarDay.objects.filter(date__year=year).values_list("date", "pk"))
        policy = policy_registry.get_by_type(CalendarDay)
        return super().get_context_data(
            page_title=_("Office calendar"),
            year=year,
            label=_label(year, language),
            before=year - 1 if year - 1 in YEARS else None,
            before_label=_label(year - 1, language),
            after=year + 1 if year + 1 in YEARS else None,
            after_label=_label(year + 1, language),
            weekdays=_WEEKDAYS,
            months=months(calendar, year, language),
            rows=[(each, own.get(each.day.date)) for each in rows(calendar, year, language)],
            working=sum(each.is_working for each in calendar.days(year)),
            days_off=sum(not each.is_working for each in calendar.days(year)),
            is_announced=calendar.is_announced(year),
            announcement=calendar.announcement(year),
            may={action: policy.user_has_permission(self.request.user, action) for action in _READERS},
            may_announce=policy_registry.get_by_type(CalendarYear).user_has_permission(self.request.user, "add")
            and year not in CHECKED_YEARS,
            **kwargs,
        )


def _label(year: int, language: str) -> str:
    first = datetime.date(year, 1, 1)
    return days_label(first, first, YEAR, language)


def address_of(year: int) -> str:
    """The address of a year's page."""
    return reverse("office_calendar:year", args=[year])


class DayCreateView(ChangingForm, CreateView):
    """A new day; the address may name it (``?date=2022-07-25``)."""

    def get_initial(self) -> dict[str, Any]:
        """The day of the address, if it is one."""
        try:
            date = parse_date(self.request.GET.get("date", ""))
        except ValueError:
            date = None
        return super().get_initial() | ({"date": date} if date else {})

    def get_success_url(self) -> str:
        """The year that the day is in."""
        return address_of(self.object.date.year)


class DayEditView(ChangingForm, EditView):
    """A day of the table."""

    def get_success_url(self) -> str:
        """The year that the day is in."""
        return address_of(self.object.date.year)


class DayDeleteView(Deleting, DeleteView):
    """Taking a day out of the table: the library and the week speak again."""

    def get_success_url(self) -> str:
        """The year that the day was in."""
        return address_of(self.object.date.year)


class _ReadersItem(MenuItem):
    """An entry of the menu for those who may see a year."""

    def is_shown(self, request: Any) -> bool:
        policy = policy_registry.get_by_type(CalendarDay)
        return policy.user_has_any_permission(request.user, _READERS)


class AnnouncedYearCreateView(ChangingForm, CreateView):
    """A year that was announced."""


class AnnouncedYearEditView(ChangingForm, EditView):
    """The same again."""


class AnnouncedYearDeleteView(Deleting, DeleteView):
    """Taking it back."""


class YearViewSet(ViewSet):
    """The page of a year."""

    name = "office_calendar"
    icon = "calendar-alt"
    menu_label = _("Year at a glance")
    menu_item_class = _ReadersItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The present year, and any."""
        return [
            path("", YearView.as_view(), name="index"),
            path("<int:year>/", YearView.as_view(), name="year"),
        ]


class DayViewSet(ModelViewSet):
    """Days that the department knows better."""

    model = CalendarDay
    name = "calendar_days"
    icon = "date"
    menu_label = _("Days of our own")
    form_fields = ["date", "is_working", "name_zh_hant", "name_en", "source"]
    list_display = [
        "date",
        BooleanColumn("is_working", label=pgettext_lazy("office calendar", "worked")),
        "name_zh_hant",
        "name_en",
        "source",
    ]
    search_fields = ["name_zh_hant", "name_en", "source"]
    search_backend_name = None
    inspect_view_enabled = True
    copy_view_enabled = False
    add_view_class = DayCreateView
    edit_view_class = DayEditView
    delete_view_class = DayDeleteView


class AnnouncedYearViewSet(ModelViewSet):
    """Years whose calendars were announced after the library was last checked."""

    model = CalendarYear
    name = "calendar_years"
    icon = "check"
    menu_label = _("Announced years")
    form_fields = ["year", "source"]
    list_display = ["year", "source"]
    add_view_class = AnnouncedYearCreateView
    edit_view_class = AnnouncedYearEditView
    delete_view_class = AnnouncedYearDeleteView
    inspect_view_enabled = True
    copy_view_enabled = False


class OfficeCalendarGroup(ModelViewSetGroup):
    """The office calendar in the menu."""

    items = (YearViewSet, DayViewSet, AnnouncedYearViewSet)
    menu_label = _("Office calendar")
    menu_icon = "calendar-alt"
    menu_order = 660
