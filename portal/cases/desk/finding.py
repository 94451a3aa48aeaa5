"""Finding cases within the officer's rights: by reference, or by an exact telephone number or e-mail address.

What is looked for is posted, so that it is in no address and no log.
"""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases.desk import queues
from portal.cases.desk.forms import FindForm, FindPersonForm
from portal.cases.desk.views import DeskView
from portal.cases.models import PersonalIndex
from portal.cases.personal import reading
from portal.cases.personal.wrapped import Personal

#: Cases of one person that are listed.
MOST = 100


class FindView(DeskView):
    """Two forms, and what the second has found. Finding by a person needs the right to read and a second factor."""

    template_name = "cases/desk/find.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go to the case of a reference, or list the cases of a person."""
        if "contact" in request.POST:
            return self._find_person(request)
        form = FindForm(request.POST)
        if form.is_valid():
            try:
                return redirect("cases_desk:case", self.rights.case(form.cleaned_data["reference"]).reference)
            except Http404:
                form.add_error("reference", _("No case that you may see has this reference number."))
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "page_title": _("Find a case"),
            "form": FindForm(),
            "person_form": FindPersonForm(),
            "reads_personal": self.rights.reads_personal,
            "is_verified": self.is_verified,
            "agencies": self.rights.agencies,
        }
        return super().get_context_data(**(given | kwargs))

    def _find_person(self, request: HttpRequest) -> HttpResponseBase:
        if not (self.rights.reads_personal and self.is_verified):
            return redirect("cases_desk:find")
        form = FindPersonForm(request.POST)
        rows = None
        if form.is_valid():
            contact = form.cleaned_data["contact"]
            by = PersonalIndex.By.EMAIL if "@" in contact or "＠" in contact else PersonalIndex.By.PHONE
            try:
                keys = reading.find(by, Personal(contact), actor=self.actor, purpose=form.cleaned_data["purpose"])
            except ValueError:
                form.add_error("contact", _("That is no whole telephone number or e-mail address."))
            else:
                found = self.rights.readable_cases().filter(pk__in=keys).order_by("-pk")[:MOST]
                rows = queues.rows(list(found), timezone.now())
        return self.render_to_response(self.get_context_data(person_form=form, rows=rows))
