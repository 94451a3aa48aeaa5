"""The next half-year: a new dataset of the same shape as one that is there."""

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.base.models import CityLink, RelatedLink
from cms.datasets.models import DatasetPage

#: How often a dataset is published → the months from one to the next.
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
#: What is the same in the next one. Summary, body and sources speak of figures that it does not have.
_SAME = ("frequency", "licence", "coverage_zh_hant", "coverage_en", "topics", "date_precision")
_SAME_LISTS = ("dimensions", "measures", "notes")
_NOTHING = {"zh_hant": "", "en": ""}


class ForwardForm(forms.Form):
    """What the next dataset is called, and which days it is about; ``undated`` where that is not known of the other."""

    headline_zh_hant = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    headline_en = forms.CharField(label=_("Title (English)"), max_length=200, required=False)
    date_start = forms.DateField(label=capfirst(_("first day")), required=False, widget=AdminDateInput())
    date_end = forms.DateField(label=capfirst(_("last day")), required=False, widget=AdminDateInput())

    def __init__(self, *args: Any, undated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._undated = undated
        if undated:
            del self.fields["date_start"], self.fields["date_end"]

    def clean(self) -> dict[str, Any]:
        """The days have to be there, and in order."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("date_start"), cleaned.get("date_end")
        if not (self._undated or self.errors or start or end):
            self.add_error("date_start", _("Give a day, or say that the record is undated."))
        if start and end and end < start:
            self.add_error("date_end", _("The last day is before the first."))
        return cleaned


def suggested(page: DatasetPage) -> dict[str, Any]:
    """What the form begins with: the titles as they are, to be edited, and the days one step further."""
    months = _MONTHS.get(page.frequency, 0)
    return {
        "headline_zh_hant": page.headline_zh_hant,
        "headline_en": page.headline_en,
        "date_start": _later(page.date_start, months),
        "date_end": _later(page.date_end, months),
    }


def copied_forward(page: DatasetPage, given: dict[str, Any]) -> DatasetPage:
    """A new dataset that nobody has saved yet: declared as ``page`` is, without observations, related to it.

    ``given`` is what the form says. Explanations of checks are left out: they were about other figures.
    """
    following = DatasetPage(live=False, translation_basis=page.translation_basis, **given)
    for name in _SAME:
        setattr(following, name, getattr(page, name))
    for name in _SAME_LISTS:
        setattr(following, name, getattr(page, name).get_prep_value())
    following.date_ongoing = page.date_ongoing and not following.date_end
    checks = page.checks.get_prep_value()
    following.checks = [each | {"value": each["value"] | {"explanation": _NOTHING}} for each in checks]
    following.city_links = [
        CityLink(city_id=link.city_id, sort_order=link.sort_order) for link in page.city_links.all()
    ]
    related = [page.pk, *(link.target_id for link in page.related_links.all())]
    following.related_links = [RelatedLink(target_id=target, sort_order=place) for place, target in enumerate(related)]
    return following


def _later(day: date | None, months: int) -> date | None:
    """The same day so many months later; the last day of a month stays the last."""
    if day is None:
        return None
    count = 12 * day.year + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))
