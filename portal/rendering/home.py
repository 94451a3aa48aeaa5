"""The home page: what is in force, what is new, what is on show, the figures of the period and the works due.

Its record chooses what editors want there, in its body: texts introduce the page, links to records are questions that
those records answer, figures are the figures of the period, and the text after a figure says what it means.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override

from portal.core.languages import DJANGO_CODES
from portal.core.periods import parse_period
from portal.publication.types import BY_PLURAL
from portal.rendering import alerts, dates, heads, works
from portal.rendering import rows as lines
from portal.rendering.city_pages import map_context
from portal.rendering.contents import HomePage, Record
from portal.rendering.figures import by_figure
from portal.rendering.frame import Frame
from portal.rendering.lists import list_link
from portal.rendering.quantities import Number, number
from portal.rendering.sources import Sources
from portal.rendering.sparklines import Sparkline, sparkline
from portal.rendering.texts import LanguageMap
from portal.rendering.today import today
from portal.rendering.whole import whole_page


@dataclass(frozen=True)
class Question:
    """A question, and the record that answers it."""

    text: LanguageMap
    url: Mapping[str, str]


@dataclass(frozen=True)
class KeyFigure:
    """A figure of the period: its block, its number, and the texts that say what it means. ``period`` is None where it
    is that of most; ``trend`` is None where its dataset has too few periods, ``since`` its first value and period.
    """

    block: Mapping[str, Any]
    shown: Number
    period: dates.DateText | None
    meaning: Sequence[Mapping[str, Any]]
    trend: Sparkline | None
    since: str


@dataclass(frozen=True)
class AlertInForce:
    """An alert in force, with its title, its address, and the day of its last state."""

    view: alerts.AlertView
    title: LanguageMap
    url: str | None
    when: dates.DateText | None


def render_home(page: HomePage, *, language: str, frame: Frame) -> str:
    """The home page."""
    with override(DJANGO_CODES[language]):
        day = today()
        exhibits = [lines.row(record, language, day) for record in page.exhibits]
        body = page.intro["body"] if page.intro else []
        period = _period(body)
        shown = _figures(page, body, period, language)
        context = {
            **map_context(page.cities, language),
            "record": page.intro,
            "alerts": _in_force(page, language, day),
            "alerts_list": list_link("alert", language, frame),
            # They stand below the figures.
            "sources": Sources(page.intro, language) if page.intro and shown else None,
            "corrections": by_figure(page.corrections),
            "introduction": _introduction(body),
            "questions": _questions(page.intro) if page.intro else [],
            "latest": [_news(record, page, language, day) for record in page.latest],
            "exhibits": [each for each in exhibits if each.state == lines.ON],
            "coming_exhibits": [each for each in exhibits if each.state == lines.COMING],
            "past_exhibits": [each for each in exhibits if each.state in (lines.PAST, lines.UNKNOWN)],
            "exhibits_list": list_link("exhibit", language, frame),
            "figures": shown,
            "period": dates.display_period(period, language) if period else None,
            "datasets_list": list_link("dataset", language, frame),
            "band": works.works_band(
                "works", page.works, language, day, known_on=parse_period(period).end if period else None
            ),
            "works_have_passed": any(works.state(each, day) == works.PASSED for each in page.works),
            "works_list": list_link("works", language, frame),
            "lists": [
                {"count": page.counts[kind.code], **(list_link(kind.code, language, frame) or {})}
                for kind in BY_PLURAL.values()
                if page.counts.get(kind.code)
            ],
        }
        summary = page.intro["summary"] if page.intro else None
        meta = heads.of_home(summary, language)
        return whole_page("home.html", meta, language, frame, context)


def _in_force(page: HomePage, language: str, day: datetime.date) -> list[AlertInForce]:
    found = []
    for record in page.alerts:
        view = alerts.alert_view(record, [record, *page.successors.get(record["uid"], ())], language, day)
        if view.is_in_force:
            url = record["url"][language] if record["url"] else None
            issued = dates.display_date(record["updated"] or alerts.issued_on(record), language)
            found.append(AlertInForce(view, record["title"], url, issued))
    return found


def _news(record: Record, page: HomePage, language: str, day: datetime.date) -> lines.Row:
    """The line of a new record; an alert that does not warn any more says so."""
    line = lines.row(record, language, day)
    if record["type"] != "alert":
        return line
    return replace(line, mark=alerts.mark(record, page.successors.get(record["uid"], ()), language, day))


def _introduction(body: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The texts before the first figure."""
    first = next((place for place, block in enumerate(body) if block["type"] == "figure"), len(body))
    return [block for block in body[:first] if block["type"] == "text"]


def _questions(record: Record) -> list[Question]:
    """The links to records that say something of their own, as far as the records are public."""
    urls = {each["uid"]: each["url"] for each in record["related"]}
    return [
        Question(block["text"], urls[block["uid"]])
        for block in record["body"]
        if block["type"] == "record" and block["text"] and urls.get(block["uid"])
    ]


def _period(body: Sequence[Mapping[str, Any]]) -> str | None:
    """The period that most of the figures are of."""
    periods = Counter(block["period"] for block in body if block["type"] == "figure" and block["value"] is not None)
    return periods.most_common(1)[0][0] if periods else None


def _figures(page: HomePage, body: Sequence[Mapping[str, Any]], period: str | None, language: str) -> list[KeyFigure]:
    found = []
    for place, block in enumerate(body):
        shown = number(block["value"], block["unit"], language) if block["type"] == "figure" else None
        if shown is None:
            continue
        meaning = []
        for following in body[place + 1 :]:
            if following["type"] != "text":
                break
            meaning.append(following)
        series = page.trends.get((block["dataset"], block["key"]), ())
        trend = sparkline([Decimal(each["value"]) for each in series])
        own = dates.display_period(block["period"], language) if block["period"] != period else None
        found.append(KeyFigure(block, shown, own, meaning, trend, _since(series, language) if trend else ""))
    return found


def _since(series: Sequence[Mapping[str, Any]], language: str) -> str:
    first = number(series[0]["value"], series[0]["unit"], language)
    if first is None:
        return ""
    words = {
        "period": dates.display_period(series[0]["period"], language).primary,
        "digits": first.digits,
        "unit": first.unit,
    }
    return gettext("%(period)s: %(digits)s %(unit)s") % words
