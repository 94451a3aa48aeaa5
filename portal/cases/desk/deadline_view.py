"""The deadline of a case as a file for the officer's calendar."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from portal.cases import selectors
from portal.cases.deadline_file import deadline_file
from portal.cases.deadlines.ics import MEDIA_TYPE
from portal.cases.desk.views import CaseView
from portal.cases.desk.wording import language


class DeadlineView(CaseView):
    """The file, in the language of the desk; 404 where there is no last day."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; it leads back to the case's page, which asks who is reading."""
        page = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('cases_desk:case', args=[self.case.reference])}"
        content = deadline_file(self.case, list(selectors.timeline(self.case)), language(), page)
        if content is None:
            raise Http404
        name = f'attachment; filename="{self.case.reference}.ics"'
        return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": name})
