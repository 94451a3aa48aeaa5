"""A person asks what is kept of them in a case, or to have it erased: for officers who may read it and may decide.

Both are on record: the export as a reading for the person's request, the erasure by its ground. What was asked on paper
or by whom stays outside; that the person is who they say they are, the officer has seen.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.cases import references
from portal.cases.attachments.sending import download
from portal.cases.desk.personal_view import UNREADABLE, PersonalView
from portal.cases.personal import erasing, reading
from portal.cases.personal.keys import Unreadable
from portal.cases.refusals import Refused

EXPORT, ERASE = "export", "erase"


class ErasureForm(forms.Form):
    """The reference number typed once more, since what is erased is gone."""

    reference = forms.CharField(label=_("Reference number, to confirm"), max_length=60)

    def __init__(self, data: Any = None, *, expected: str) -> None:
        super().__init__(data)
        self._expected = expected

    def clean_reference(self) -> str:
        """Refuses another case's."""
        try:
            typed = references.normalised(self.cleaned_data["reference"])
        except ValueError:
            typed = ""
        if typed != self._expected:
            raise forms.ValidationError(_("Type the reference number of this case."))
        return typed


class PersonRequestView(PersonalView):
    """What is kept of the people of a case, to be handed to them, or to be erased."""

    template_name = "cases/desk/request.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not decide either."""
        if self.rights and not self.rights.may_decide(self.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What can be done."""
        return self.render_to_response(self._context(ErasureForm(expected=self.case.reference)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do it."""
        if request.POST.get("action") == EXPORT:
            return self._export()
        form = ErasureForm(request.POST, expected=self.case.reference)
        if form.is_valid():
            try:
                count = erasing.erase_on_request(self.case, now=timezone.now())
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                said = ngettext("%(count)s value was erased.", "%(count)s values were erased.", count)
                messages.success(request, said % {"count": count})
                return redirect("cases_desk:case", self.case.reference)
        return self.render_to_response(self._context(form), status=422)

    def _export(self) -> HttpResponseBase:
        """All of it as a file; kept by nobody on the way."""
        try:
            told = reading.export(self.case, actor=self.actor)
        except Unreadable:
            form = ErasureForm(expected=self.case.reference)
            return self.render_to_response(self._context(form, problem=UNREADABLE), status=503)
        return download(told.reveal(), "application/json; charset=utf-8", f"{self.case.reference}.json")

    def _context(self, form: ErasureForm, problem: Any = "") -> dict[str, Any]:
        return self.get_context_data(form=form, problem=problem, is_open=self.case.closed_at is None)
