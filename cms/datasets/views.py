"""The admin's own pages of datasets: what a table says while it is edited, and the next dataset of the same shape."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView
from wagtail.models import Page

from cms.datasets.forms import DatasetForm
from cms.datasets.forward import ForwardForm, copied_forward, suggested
from cms.datasets.models import DatasetPage
from cms.datasets.review import review


class CheckView(View):
    """An edit form, sent to be looked at and not to be saved; the answer is a fragment of HTML.

    ``page_id`` is the dataset's, ``parent_id`` that of the page below which a new one is being made. Whoever may edit
    the dataset, or add one there, may ask.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **where: int) -> HttpResponse:
        """Look through the whole form, as the preview does, and tell what its table says."""
        page = self._edited(**where) if "page_id" in where else self._new(**where)
        form = self._form(page)
        form.defer_required_fields()
        try:
            form.is_valid()
        except MultiValueDictKeyError:
            return HttpResponseBadRequest()
        if page.entered is None:
            # Something else in the form is in disorder; the table is looked at all the same.
            form.take()
        response = render(request, "cms/datasets/review.html", {"review": review(page, form.entry)})
        response["Cache-Control"] = "no-store"
        return response

    def _edited(self, page_id: int) -> DatasetPage:
        page = get_object_or_404(DatasetPage, pk=page_id).get_latest_revision_as_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def _new(self, parent_id: int) -> DatasetPage:
        self.parent = get_object_or_404(Page, pk=parent_id).specific
        if not self.parent.permissions_for_user(self.request.user).can_add_subpage():
            raise PermissionDenied
        return DatasetPage(path=f"{self.parent.path}zzzz", depth=self.parent.depth + 1)

    def _form(self, page: Any) -> DatasetForm:
        parent = page.get_parent() if page.pk else self.parent
        form_class = page.get_edit_handler().get_form_class()
        sent = (self.request.POST, self.request.FILES)
        return form_class(*sent, instance=page, parent_page=parent.specific, for_user=self.request.user)


class ForwardView(FormView):
    """The next dataset of the same shape: what it is called, then a draft to be filled."""

    template_name = "cms/datasets/forward.html"
    form_class = ForwardForm
    page_title = _("Copy its shape forward")

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int) -> HttpResponseBase:
        """Only for those who may edit the dataset and add another beside it."""
        self.source = get_object_or_404(DatasetPage, pk=page_id).get_latest_revision_as_object()
        if not may_copy_forward(self.source, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, page_id=page_id)

    def get_initial(self) -> dict[str, Any]:
        """The titles as they are, and the days one step further."""
        return suggested(self.source)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"undated": self.source.date_precision == "undated"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page_title=self.page_title, source=self.source, **kwargs)

    def form_valid(self, form: ForwardForm) -> HttpResponse:
        """Make the draft, and go on to edit it."""
        page = copied_forward(self.source, form.cleaned_data)
        self.source.get_parent().add_child(instance=page)
        page.save_revision(user=self.request.user, log_action="wagtail.create")
        messages.success(self.request, _("The draft is there. Enter its observations."))
        return redirect("wagtailadmin_pages:edit", page.pk)


def may_copy_forward(page: Any, user: Any) -> bool:
    """Whether somebody may make the next dataset of the same shape."""
    if not isinstance(page, DatasetPage) or not page.permissions_for_user(user).can_edit():
        return False
    return page.get_parent().permissions_for_user(user).can_add_subpage()
