"""``GET calendar/``: the government's office calendar as the portal counts by it."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.api.v1.cases.described import described, operation
from portal.api.v1.cases.kinds import shown
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.parameters import LANG, Parameter, whole_number
from portal.cases.calendar_table import office_calendar
from portal.cases.office_calendar import YEARS, calendar_json

YEAR = Parameter(
    "year",
    whole_number(YEARS[0], YEARS[-1]),
    {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[-1]},
    "The year, of the common era; the present one where none is given.",
)
_TAKEN = (YEAR, LANG)


@described(
    get=operation(
        "case_calendar_retrieve",
        "The office calendar",
        "Every day of a year: whether the government's offices work, why, and who says so. Time limits in working days "
        "are counted by it. Any token will do.",
        answer="OfficeCalendar",
        takes=_TAKEN,
    )
)
class Calendar(ModuleView):
    """The calendar of a year."""

    parameters: ClassVar[tuple[Parameter, ...]] = _TAKEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Its days."""
        year = self.given["year"] or timezone.localdate().year
        return shown(calendar_json(office_calendar(), year), self.given["lang"])
