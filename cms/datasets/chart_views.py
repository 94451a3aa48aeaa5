"""The charts of a dataset's form as it stands, drawn for who edits it. Nothing is saved."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from cms.base.document import build
from cms.datasets import charting
from cms.preview import PreviewContext
from portal.core import languages
from portal.core.languages import text
from portal.statistics import pictures
from portal.statistics.chart_style import PAGE
from portal.statistics.pictures import Shown


class ChartsOnEditView(PreviewOnEditView):
    """Takes the form of a dataset, answers with its charts: ``{"problem", "charts": [{"title", "image", "problem"}]}``.

    ``image`` is an address that holds the picture, in the language of the admin.
    """

    http_method_names = ("post",)

    def get_object(self) -> Any:
        page = super().get_object()
        if getattr(page, "record_type", "") != "dataset":
            raise Http404
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """The charts, or what has to be mended before any can be drawn."""
        form = self.get_form(request.POST)
        if not self.validate_form(form):
            labels = dict.fromkeys(str(form.fields[name].label) for name in form.errors if name in form.fields)
            problem = _("The charts are drawn once this is in order: %(fields)s.")
            return JsonResponse({"problem": problem % {"fields": ", ".join(labels)}, "charts": []})
        form.save(commit=False)
        language = languages.tag(get_language() or languages.CHINESE)
        document = build(form.instance, PreviewContext())
        found = charting.charts(form.instance, document, language)
        return JsonResponse({"problem": None, "charts": [_answer(each, language) for each in found]})


class ChartsOnAddView(PreviewOnCreateView, ChartsOnEditView):
    """The same for a dataset that is not there yet."""

    http_method_names = ("post",)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        added = {"content_type_app_name": "cms", "content_type_model_name": "datasetpage"}
        super().setup(request, *args, **kwargs | added)


def _answer(shown: Shown, language: str) -> dict[str, Any]:
    title = text(shown.declared["title"], language)
    if shown.problem is not None:
        return {"title": title, "image": None, "problem": str(shown.problem)}
    image = pictures.inline(shown.pictures[PAGE.name], shown.declared, language)
    return {"title": title, "image": image, "problem": None}
