"""Adding files to a case at the desk, and reading them for a purpose, on record."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from portal.cases.attachments import reading
from portal.cases.attachments.attaching import attach, check_room
from portal.cases.attachments.keeping import keeping
from portal.cases.attachments.limits import FILING, MEGABYTE, MOST_BYTES
from portal.cases.attachments.refusals import AttachmentErased, AttachmentUnknown, FileRefused, FilesTooLarge
from portal.cases.attachments.sending import download
from portal.cases.desk.attachments import FileNotTaken, masked, purpose_form
from portal.cases.desk.personal_view import UNREADABLE, PersonalView
from portal.cases.desk.views import CasePageView
from portal.cases.personal.keys import Unreadable
from portal.cases.refusals import Refused
from portal.core.uploads import InMemory, announced_bytes, read_in_vain

FIELD = "files"
#: Bytes of a form around its files.
_FRAME = 20_000


@method_decorator(csrf_exempt, name="dispatch")
class AddFilesView(CasePageView):
    """Adding files to a case: for whoever may take steps in it. What is wrong stands on the page, and nowhere else: the
    names of files are not for cookies and sessions, in which messages travel.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Have files kept in memory alone, which must be said before the form is looked at, for its token too."""
        size = announced_bytes(request)
        if size is None or size > FILING.bytes + _FRAME:
            read_in_vain(request)
            return self._refused(FilesTooLarge(most=FILING.bytes // MEGABYTE).message)
        request.upload_handlers = [InMemory(MOST_BYTES)]
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Files are added at the case's page."""
        return redirect("cases_desk:case", self.case.reference)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Add all of them, or none and say why."""
        if not self.rights.may_decide(self.case):
            raise PermissionDenied
        uploads = request.FILES.getlist(FIELD)
        if not uploads:
            return self._refused(_("Choose a file first."))
        try:
            self._add(uploads)
        except Refused as refusal:
            return self._refused(refusal.message)
        said = ngettext("%(count)s file was added.", "%(count)s files were added.", len(uploads))
        messages.success(request, said % {"count": len(uploads)})
        return redirect("cases_desk:case", self.case.reference)

    def _refused(self, problem: str) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(files_problem=problem), status=422)

    def _add(self, uploads: Sequence[UploadedFile]) -> None:
        check_room(FILING, len(uploads), sum(each.size or 0 for each in uploads))
        with ExitStack() as stack:
            kept = []
            for upload in uploads:
                try:
                    kept.append(stack.enter_context(keeping(upload.read(), upload.name or "")))
                except FileRefused as refusal:
                    raise FileNotTaken(name=masked(upload.name or "")[:60], problem=refusal.message) from None
            attach(case_reference=self.case.reference, kept=kept, actor=self.actor)


class AttachmentView(PersonalView):
    """A file; the answer to a POST with a purpose by whoever may read personal data, and nowhere else."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read it, keep that it was read, and hand it out to be saved."""
        form = purpose_form(request.POST)
        if form.is_valid():
            try:
                found = reading.find(self.case, self.kwargs["attachment"])
                opened = reading.read(found, actor=self.actor, purpose=form.cleaned_data["purpose"])
            except AttachmentUnknown:
                raise Http404 from None
            except AttachmentErased as refusal:
                form.add_error(None, refusal.message)
            except Unreadable:
                form.add_error(None, UNREADABLE)
            else:
                name = masked(opened.name.reveal()).replace("*", "_")
                return download(opened.content, opened.attachment.media_type, name)
        return self.render_to_response(self.get_context_data(file_purpose_form=form))
