"""Figures to look at again: the public records that cite of a dataset what it does not say any more.

A record keeps its figures until it is published again, so it is an editor who decides whether its words still fit.
"""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.base.figures import public_source
from cms.base.models import page_model
from cms.desk.views import SHOWN, editable
from portal.core.languages import CHINESE, tag, text
from portal.publication import citations
from portal.publication.models import Citation, CurrentRecord, LogRow
from portal.publication.types import TYPES
from portal.statistics.figures import Difference, Figure, differences
from portal.statistics.units import quantity_label


@dataclass(frozen=True)
class Outdated:
    """A public record, and which of its figures were corrected since."""

    uid: str
    record: dict[str, Any]
    found: list[Difference]


def outdated(datasets: Collection[str] | None = None) -> list[Outdated]:
    """The public records whose figures differ from what these datasets say now, or any dataset."""
    citing = Citation.objects.filter(role="body", target__startswith="dataset:")
    if datasets is not None:
        citing = citing.filter(target__in=datasets)
    public = CurrentRecord.objects.filter(uid__in=citing.values("source"), state=CurrentRecord.State.PUBLIC)
    source = functools.cache(public_source)
    rows = []
    for uid, ready in public.order_by("-modified_at", "uid").values_list("uid", "ready").iterator(100):
        record = orjson.loads(ready)
        found = differences(citations.figures(record), source)
        if datasets is not None:
            found = [each for each in found if each.cited["dataset"] in datasets]
        if found:
            rows.append(Outdated(uid, record, found))
    return rows


def tell(request: HttpRequest, appended: Collection[LogRow]) -> None:
    """Tell an editor whose change corrected or took back datasets which records cite them otherwise."""
    datasets = {row.uid for row in appended if row.type == TYPES["dataset"].code}
    count = len(outdated(datasets)) if datasets else 0
    if count:
        said = ngettext(
            "%(count)d public record cites a figure that has changed. It shows the old one until it is published "
            "again.",
            "%(count)d public records cite figures that have changed. They show the old ones until they are published "
            "again.",
            count,
        )
        look = messages.button(reverse("cms_corrections"), _("Look at them"))
        messages.warning(request, said % {"count": count}, buttons=[look])


class CorrectionsView(TemplateView):
    """Every public record with figures to look at again: what it says, what the dataset says now. All of it is public,
    so that whoever corrects a dataset sees what hangs on it; the records that they may edit are linked.
    """

    template_name = "cms/desk/corrections.html"
    page_title = gettext_lazy("Figures to look at again")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = tag(get_language() or CHINESE)
        shown = outdated()[:SHOWN]
        pages = _pages({row.uid for row in shown})
        mine = set(editable(self.request.user).filter(pk__in=pages.values()).values_list("pk", flat=True))
        rows = [
            {
                "title": text(row.record["title"], language),
                "type": TYPES[row.record["type"]].label,
                "page": pages.get(row.uid) if pages.get(row.uid) in mine else None,
                "url": text(row.record["url"], language),
                "figures": [_line(each, row.record, language) for each in row.found],
            }
            for row in shown
        ]
        return super().get_context_data(page_title=self.page_title, rows=rows, **kwargs)


def _pages(uids: set[str]) -> dict[str, int]:
    """The page of each record."""
    types = {uid.partition(":")[0] for uid in uids}
    return {
        uid: pk for kind in types for uid, pk in page_model(kind).objects.filter(uid__in=uids).values_list("uid", "pk")
    }


def _line(difference: Difference, record: dict[str, Any], language: str) -> dict[str, Any]:
    cited, now = difference.cited, difference.now
    titles = {each["uid"]: text(each["title"], language) for each in record["related"]}
    return {
        "dataset": titles.get(cited["dataset"], cited["dataset"]),
        "key": cited["key"],
        "cited": _number(cited, language),
        "version": cited.get("version"),
        "now": _number(now, language) if now else None,
        "present": now["version"] if now else None,
        "is_public": difference.is_public,
    }


def _number(figure: Figure, language: str) -> str:
    return _("missing") if figure["value"] is None else quantity_label(figure["value"], figure["unit"], language)
