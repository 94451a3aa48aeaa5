"""The editors' report on open data: the quality of every dataset, what is overdue, what the national platform would
find wrong, and how far the making of files is.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from portal.core.languages import CHINESE, in_language, tag, text
from portal.core.periods import period_label
from portal.opendata.entries import Entry, entries
from portal.opendata.models import Making
from portal.opendata.preflight import Finding, preflight
from portal.opendata.quality import Quality, quality


@dataclass(frozen=True, slots=True)
class Line:
    """A dataset in the report, its texts in the editor's language."""

    title: str
    address: str
    period: str
    quality: Quality
    findings: list[Finding]
    making: Making | None
    made: int
    expected: int

    @property
    def is_complete(self) -> bool:
        """Whether every file of the present version is there."""
        return self.made == self.expected


class QualityView(TemplateView):
    """All public datasets, those first that want most."""

    template_name = "opendata/quality.html"
    page_title = _("Open data quality")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = tag(get_language() or "")
        lines = sorted((_line(each, language) for each in entries()), key=lambda line: line.quality.score)
        overdue = sorted(
            (line for line in lines if line.quality.overdue_since), key=lambda line: str(line.quality.overdue_since)
        )
        waiting = [line for line in lines if not line.is_complete]
        return super().get_context_data(
            page_title=self.page_title, lines=lines, overdue=overdue, waiting=waiting, **kwargs
        )


def _line(shown: Entry, language: str) -> Line:
    record = shown.record
    return Line(
        title=text(record["title"], language),
        address=in_language(record["url"][CHINESE], language),
        period=period_label(shown.newest_period, language) if shown.newest_period else "",
        quality=quality(shown, timezone.localdate()),
        findings=preflight(shown),
        making=shown.making,
        made=sum(file.version == record["version"] for file in shown.files),
        expected=len(shown.expected),
    )
