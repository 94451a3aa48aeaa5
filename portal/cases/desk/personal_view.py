"""Showing personal data: asked for with a purpose, by whoever may and has signed in with a second factor; on record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from portal.cases import identity_numbers
from portal.cases.attachments.reading import names
from portal.cases.desk.attachments import files_of
from portal.cases.desk.forms import PURPOSES, PurposeForm
from portal.cases.desk.second_factor import address_before
from portal.cases.desk.views import CasePageView
from portal.cases.kinds import KINDS
from portal.cases.kinds.fields import ATTACHMENT_NAME, INTERNAL_NOTE
from portal.cases.kinds.steps import NOTED
from portal.cases.models import CaseEvent
from portal.cases.personal import reading
from portal.cases.personal.keys import Unreadable

#: Why nothing is shown.
UNREADABLE = _("The personal data cannot be read at the moment: a key is missing. Tell whoever runs the portal.")


class PersonalView(CasePageView):
    """The case's page with what was last said of its people; the answer to a POST, and nowhere else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not read personal data; ask for the second factor first."""
        if self.rights and not self.rights.may_read_personal(self.case):
            raise PermissionDenied
        if self.rights and not self.is_verified:
            return redirect(address_before(self.case.reference))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever comes back by the address has to ask again."""
        return redirect("cases_desk:case", self.case.reference)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read, and keep that it was read."""
        form = PurposeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(purpose_form=form))
        purpose = form.cleaned_data["purpose"]
        try:
            shown, self.notes = self._read(purpose), self._read_notes(purpose)
            files = files_of(self.case, names(self.case, actor=self.actor, purpose=purpose))
        except Unreadable:
            form.add_error(None, UNREADABLE)
            return self.render_to_response(self.get_context_data(purpose_form=form))
        return self.render_to_response(self.get_context_data(personal=shown, files=files, purpose=PURPOSES[purpose]))

    def _read(self, purpose: str) -> list[tuple[str, str]]:
        """Labels and values in the order of the kind's fields, identity numbers masked."""
        declared = KINDS[self.case.kind].fields_by_name.values()
        # Notes and names of files are no values of the case: they stand where those are.
        fields = [field for field in declared if field.personal and field not in (INTERNAL_NOTE, ATTACHMENT_NAME)]
        values = reading.read(self.case, fields=[field.name for field in fields], actor=self.actor, purpose=purpose)
        return [
            (str(field.label), identity_numbers.masked(values[field.name].reveal()))
            for field in fields
            if field.name in values
        ]

    def _read_notes(self, purpose: str) -> dict[int, str]:
        """The internal notes by the numbers of their events, identity numbers masked."""
        noted = CaseEvent.objects.filter(case=self.case, type=NOTED).values_list("case_id", "number")
        said = reading.read_events(noted, actor=self.actor, purpose=purpose) if noted else {}
        texts = {number: values.get(INTERNAL_NOTE.name) for (_case, number), values in said.items()}
        return {number: identity_numbers.masked(text.reveal()) for number, text in texts.items() if text}
