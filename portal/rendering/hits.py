"""A result of a search as one line: its date, what it is, its title and the passage that was found, marked."""

import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from portal.publication.types import TYPES
from portal.rendering import alerts, dates
from portal.rendering.contents import Hit
from portal.rendering.texts import lang_of_words


@dataclass(frozen=True)
class HitLine:
    """A line. The ``…_lang`` are attributes of the elements around the texts: empty, or `` lang="zh-Hant"``. ``mark``
    says of an alert that it does not warn.
    """

    kind: str
    title: SafeString
    title_lang: SafeString
    snippet: SafeString
    snippet_lang: SafeString
    url: str | None
    when: dates.DateText | None
    mark: alerts.Mark | None


def hit_line(hit: Hit, language: str, today: datetime.date) -> HitLine:
    """The line of a result, in the active language."""
    return HitLine(
        kind=str(TYPES[hit.type].label),
        title=_marked(hit.title),
        title_lang=lang_of_words(hit.title, language),
        snippet=_marked(hit.snippet),
        snippet_lang=lang_of_words(hit.snippet, language),
        url=hit.url,
        when=dates.display_dates(hit.dates, language) if hit.dates else None,
        mark=alerts.mark(hit.alert, hit.successors, language, today) if hit.alert else None,
    )


def _marked(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  # escaped by search, with nothing but its own marks
