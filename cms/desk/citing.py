"""Figures to cite: the observations of the public datasets, each with the words that cite it, ready to copy."""

from typing import Any

import orjson
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from portal.core.languages import CHINESE, tag, text
from portal.core.periods import PeriodError, parse_period
from portal.publication.models import CurrentRecord
from portal.statistics import selectors as statistics
from portal.statistics.labels import label_rows
from portal.statistics.models import Table
from portal.statistics.units import quantity_label

_LIMIT = 100
#: Before the name of a dimension in the form, so that it is not taken for another of its fields.
_BY = "by-"


class NarrowingForm(forms.Form):
    """Which of a dataset's figures to list: by its measures, its dimensions, and a period."""

    dataset = forms.CharField(widget=forms.HiddenInput)
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    period = forms.CharField(label=_("Period"), required=False, help_text=_("Such as 2022, 2022-H1 or 2022-05."))

    def __init__(self, record: dict[str, Any], language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._record = record
        self.fields["measure"].choices = _choices(record["measures"], language)
        for dimension in record["dimensions"]:
            label, choices = text(dimension["label"], language), _choices(dimension["codes"], language)
            self.fields[_BY + dimension["code"]] = forms.ChoiceField(label=label, required=False, choices=choices)

    def clean_period(self) -> str | None:
        """The code of a period, if one is given."""
        typed = self.cleaned_data["period"].strip()
        try:
            return parse_period(typed).code if typed else None
        except PeriodError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def selection(self) -> statistics.Selection:
        """What was chosen."""
        chosen = {each["code"]: self.cleaned_data[_BY + each["code"]] for each in self._record["dimensions"]}
        return statistics.Selection(
            measure=self.cleaned_data["measure"] or None,
            filters={dimension: code for dimension, code in chosen.items() if code},
            period=self.cleaned_data["period"],
        )


class CitingView(TemplateView):
    """The public datasets, and a hundred at a time the figures of the one that is chosen."""

    template_name = "cms/desk/citing.html"
    page_title = _("Figures to cite")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = tag(get_language() or CHINESE)
        public = CurrentRecord.objects.filter(type="dataset", state=CurrentRecord.State.PUBLIC)
        datasets = [
            (uid, chinese if language == CHINESE else english or chinese)
            for uid, chinese, english in public.order_by("uid").values_list("uid", "title_zh_hant", "title_en")
        ]
        chosen = public.filter(uid=self.request.GET.get("dataset", "")).first()
        figures = self._figures(orjson.loads(chosen.ready), language) if chosen else {}
        return super().get_context_data(page_title=self.page_title, datasets=datasets, **figures, **kwargs)

    def _figures(self, record: dict[str, Any], language: str) -> dict[str, Any]:
        form = NarrowingForm(record, language, self.request.GET)
        shown = {"form": form, "dataset": record["uid"], "title": text(record["title"], language)}
        if not form.is_valid():
            return shown
        try:
            rows, following = statistics.observations(
                record["table"]["digest"], limit=_LIMIT, after=self._after(), **form.selection
            )
        except Table.DoesNotExist:
            rows, following = [], None
        query = self.request.GET.copy()
        query["after"] = str(following)
        observations = label_rows(rows, record["dimensions"], record["measures"], language)
        return shown | {
            "figures": [_figure(record, each, language) for each in observations],
            "more": None if following is None else query.urlencode(),
        }

    def _after(self) -> int | None:
        """The place in the table's order after which the page begins; None for the first."""
        given = self.request.GET.get("after", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _choices(codes: list[dict[str, Any]], language: str) -> list[tuple[str, Any]]:
    return [("", _("all")), *((each["code"], text(each["label"], language)) for each in codes)]


def _figure(record: dict[str, Any], observation: dict[str, Any], language: str) -> dict[str, Any]:
    labels, value = observation["labels"], observation["value"]
    names = [labels[dimension["code"]] for dimension in record["dimensions"]]
    return {
        "key": observation["key"],
        "name": " · ".join([labels["measure"], *names]),
        "period": labels["period"],
        "value": None if value is None else quantity_label(value, observation["unit"], language),
        "words": f"{{{{{record['uid']} {observation['key']}}}}}",
    }
