"""``GET {kind}/{reference}/deadline.ics``: the last day of a case for calendars."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.api.v1.cases.described import KIND, REFERENCE, described, operation
from portal.api.v1.cases.scopes import READ
from portal.api.v1.cases.view import ModuleView
from portal.api.v1.parameters import LANG, Parameter
from portal.api.v1.problems import NOT_FOUND, Problem
from portal.cases import selectors
from portal.cases.deadline_file import deadline_file
from portal.cases.deadlines.ics import MEDIA_TYPE
from portal.cases.refusals import CaseUnknown
from portal.core.languages import CHINESE


@described(
    get=operation(
        "case_deadline_retrieve",
        "The deadline of a case for calendars",
        "iCalendar: an event on the last day, with what explains it; 404 where there is no last day, since the case "
        "has no time limit or its clock is stopped. Given again after a change, it replaces the one before. Needs the "
        "scope `cases:<kind>:read`.",
        answer="CalendarFile",
        media_type="text/calendar",
        takes=(LANG,),
        at=(KIND, REFERENCE),
        problems=(403,),
    )
)
class DeadlineFile(ModuleView):
    """The deadline of a case of the sender's agency."""

    verb = READ
    parameters: ClassVar[tuple[Parameter, ...]] = (LANG,)

    def get(self, request: HttpRequest, kind: str, reference: str) -> HttpResponse:
        """The file, in Chinese unless another language is asked for."""
        case = selectors.case(reference[:20])
        if case.kind != kind or case.agency != self.sender.agency:
            raise CaseUnknown
        content = deadline_file(case, list(selectors.timeline(case)), self.given["lang"] or CHINESE)
        if content is None:
            raise Problem(NOT_FOUND, _("This case has no last day: it has no time limit, or its clock is stopped."))
        return HttpResponse(content, content_type=MEDIA_TYPE)
