"""Counts and cases: the published counts of a month beside the cases, with what differs and which version says it."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.datasets.models import DatasetPage
from cms.datasets.reconciling import Agreement, agreements, months_of, public_dataset, published_in
from cms.desk.views import editable
from portal.cases.counts.asking import NotCounted
from portal.cases.counts.describing import kind_choices
from portal.core.languages import CHINESE, tag
from portal.core.periods import period_label
from portal.publication.selectors import Version
from portal.statistics.labels import label_rows
from portal.statistics.units import quantity_label


def fed(user: Any) -> dict[str, DatasetPage]:
    """The datasets that are fed by cases and that somebody may edit, by the kind of case, in the order of kinds."""
    mine = DatasetPage.objects.filter(pk__in=editable(user)).exclude(counted_kind="")
    pages = {page.counted_kind: page for page in mine}
    return {kind: pages[kind] for kind, _label in kind_choices() if kind in pages}


class CountsView(TemplateView):
    """One month of one dataset: every published figure, what is counted now, and the sum of what it is made of.

    Figures that are not shown to the public are not told here either. Only for those who may edit a dataset that is fed
    by cases; each sees their own.
    """

    template_name = "cms/desk/counts.html"
    page_title = _("Counts and cases")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses whoever may edit none of the datasets, or not the one that is asked for."""
        self.fed = fed(request.user)
        self.kind = request.GET.get("kind") or next(iter(self.fed), "")
        if self.kind not in self.fed:
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = dict(kind_choices())
        context = {
            "page_title": self.page_title,
            "kinds": [(kind, labels[kind]) for kind in self.fed],
            "kind": self.kind,
            "label": labels[self.kind],
            "page": self.fed[self.kind],
        }
        try:
            context |= self._month(tag(get_language() or CHINESE))
        except NotCounted as reason:
            context["problem"] = str(reason)
        return super().get_context_data(**context, **kwargs)

    def _month(self, language: str) -> dict[str, Any]:
        public = public_dataset(self.kind)
        dataset = public.document or {}
        months = months_of(self.kind, dataset)
        asked = self.request.GET.get("period", "")
        period = asked if asked in months else next(iter(months), "")
        now = timezone.now()
        found = list(agreements(kind=self.kind, period=period, now=now)) if period else []
        lines = list(_lines(found, public, language))
        return {
            "months": [(code, period_label(code, language)) for code in months],
            "period": period,
            "month": period_label(period, language) if period else "",
            "version": public.members["version"],
            "published_at": datetime.datetime.fromisoformat(public.members["published_at"]),
            "now": now,
            "lines": lines,
            "apart": [line for line in lines if not line["agrees"]],
            "hidden": sum(each.reconciled.is_hidden for each in found),
        }


def _lines(found: Iterable[Agreement], public: Version, language: str) -> Iterable[dict[str, Any]]:
    """The figures in words; the version is looked up for those that differ."""
    dataset = public.document or {}
    for each in found:
        (row,) = label_rows([each.row], dataset["dimensions"], dataset["measures"], language)
        names = [row["labels"][dimension["code"]] for dimension in dataset["dimensions"]]
        compared = each.reconciled

        def told(value: Decimal | None, unit: str = row["unit"]) -> str:
            return "–" if value is None else quantity_label(f"{value:f}", unit, language)

        yield {
            "key": each.key,
            "name": " · ".join([row["labels"]["measure"], *names]),
            "published": None if compared.is_hidden else told(compared.published.value),
            "counted": None if compared.is_hidden else told(compared.counted),
            "sums": [told(value) for value in dict.fromkeys(compared.sums)],
            "agrees": compared.agrees,
            "version": None if compared.agrees else published_in(public, each.row),
        }
