"""Whole pages: ready records in, HTML out. Nothing here reads the database.

Each function takes the language of the page (``zh-Hant`` or ``en``) and renders under it, whatever language
is active.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override, pgettext

from portal.core.languages import CHINESE, DJANGO_CODES, in_language
from portal.publication.types import BY_PLURAL, TYPES
from portal.rendering import crumbs
from portal.rendering import rows as lines
from portal.rendering.charts import figures
from portal.rendering.checks import check_lines
from portal.rendering.contents import (
    Downloads,
    HomePage,
    ListPage,
    Near,
    Record,
    SearchPage,
    VersionNotice,
)
from portal.rendering.explanations import explanation
from portal.rendering.facts import facts
from portal.rendering.figures import by_figure
from portal.rendering.frame import Frame, build_frame, plain_frame
from portal.rendering.hits import hit_line
from portal.rendering.sources import Sources
from portal.rendering.tables import data_table
from portal.rendering.texts import LanguageMap, plain
from portal.rendering.whole import CHANGES, Meta, whole_page
from portal.statistics.evaluation import Evaluation
from portal.statistics.figures import Difference
from portal.statistics.pictures import Shown

#: The Chinese path of the page that says how to reach the department.
_CONTACT = "/contact/"


def today() -> datetime.date:
    """The calendar day in Taiwan."""
    return timezone.localdate()


def render_record(
    record: Record,
    *,
    language: str,
    frame: Frame,
    exchanges: Iterable[Record] = (),
    observations: Iterable[Mapping[str, Any]] = (),
    evaluations: Iterable[Evaluation] = (),
    charts: Iterable[Shown] = (),
    corrections: Iterable[Difference] = (),
    downloads: Downloads | None = None,
    notice: VersionNotice | None = None,
    is_preview: bool = False,
) -> str:
    """The page of a ready record. ``exchanges`` are a city's records; of a dataset, ``observations`` are the rows,
    ``evaluations`` what its checks say of them, ``charts`` what is drawn of them and ``downloads`` its files.
    ``corrections`` are the figures that the record cites and that their datasets do not have so any more.
    """
    with override(DJANGO_CODES[language]):
        sources, exchanges = Sources(record, language), list(exchanges)
        path = record["url"][CHINESE] if record["url"] else None
        address = f"{notice.versions}{notice.number}/" if notice else path
        context = {
            "record": record,
            "chinese_title": plain(record["title"], CHINESE),
            "kind": lines.kind_line(record, language),
            "crumbs": crumbs.to_record(record["type"], frame),
            "sources": sources,
            "facts": facts(record, sources, language),
            "picture": record["media"][0] if record["media"] else None,
            "more_pictures": record["media"][1:],
            "exchanges": [lines.row(each, language, today()) for each in exchanges],
            "corrections": by_figure(corrections),
            "related": _related(record, besides={each["uid"] for each in exchanges}),
            "notice": notice,
            "is_preview": is_preview,
            "versions": f"{path}versions/" if path else None,
        }
        if record["type"] == "dataset":
            context["table"] = data_table(record, observations, sources, language, pgettext("column", "Measure"))
            context["checks"] = check_lines(record, evaluations, language)
            base = None if is_preview else in_language(f"{address}charts/", language)
            context["figures"] = figures(record, charts, language, base)
            context["downloads"] = downloads
        meta = Meta(
            plain(record["title"], language),
            plain(record["summary"], language),
            address,
            is_indexed=notice is None and not is_preview,
            section=record["type"],
        )
        return whole_page(f"records/{record['type']}.html", meta, language, frame, context)


def render_list(page: ListPage, *, language: str, frame: Frame) -> str:
    """The list of a record type."""
    with override(DJANGO_CODES[language]):
        shown = [lines.row(record, language, today()) for record in page.records]
        plural = TYPES[page.type].plural
        feed = in_language(f"/{plural}/feed.atom", language)
        title = page.intro["title"] if page.intro else str(TYPES[page.type].plural_label)
        summary = page.intro["summary"] if page.intro else None
        context = {
            "list_page": page,
            "title": title,
            "summary": summary,
            "sections": _sections(page.type, shown),
            "with_kind": False,
            "feed": feed,
            "spreadsheet": in_language(f"/data/collections/{plural}-{language.lower()}.csv", language),
            "json_lines": in_language(f"/data/collections/{plural}.jsonl", language),
        }
        meta = Meta(
            plain(title, language) if isinstance(title, Mapping) else title,
            plain(summary, language),
            page.path,
            is_indexed=not page.is_filtered,
            section=page.type,
            feeds=((str(TYPES[page.type].plural_label), feed),),
        )
        return whole_page("list.html", meta, language, frame, context)


def render_search(page: SearchPage, *, language: str, frame: Frame) -> str:
    """The search page."""
    with override(DJANGO_CODES[language]):
        context = {
            "search_page": page,
            "hits": [hit_line(hit, language) for hit in page.hits],
            "contact": frame.leading_to(_CONTACT),
        }
        title = gettext("Search: %(text)s") % {"text": page.text} if page.text else gettext("Search")
        meta = Meta(title, path=page.path, is_indexed=False, section="search")
        return whole_page("search.html", meta, language, frame, context)


def render_home(page: HomePage, *, language: str, frame: Frame) -> str:
    """The home page."""
    with override(DJANGO_CODES[language]):
        day = today()
        exhibits = [lines.row(record, language, day) for record in page.exhibits]
        context = {
            "intro": page.intro,
            "latest": [lines.row(record, language, day) for record in page.latest],
            "exhibits": [each for each in exhibits if each.state != lines.PAST],
            "past_exhibits": [each for each in exhibits if each.state == lines.PAST],
            "works": [lines.row(record, language, day) for record in page.works],
            "lists": [
                {"count": page.counts[kind.code], **_list_link(kind.code, language, frame)}
                for kind in BY_PLURAL.values()
                if page.counts.get(kind.code)
            ],
        }
        summary = page.intro["summary"] if page.intro else None
        feeds = ((gettext("All changes"), in_language(CHANGES, language)),)
        meta = Meta("", plain(summary, language), "/", section="home", feeds=feeds)
        return whole_page("home.html", meta, language, frame, context)


def render_error(
    status: int,
    *,
    language: str,
    frame: Frame | None = None,
    path: str | None = None,
    subject: str = "",
    detail: LanguageMap | str | None = None,
    near: Sequence[Near] = (),
    extra: Mapping[str, Any] | None = None,
) -> str:
    """An error's page. Needs neither the database nor a frame. ``subject`` is what was asked for where an error says
    something of its own about that, ``detail`` says more (a tombstone's note, what was wrong with a query), ``near``
    are places that may have been meant.
    """
    with override(DJANGO_CODES[language]):
        title, sentence = explanation(status, subject)
        context = {"status": status, "title": title, "explanation": sentence, "detail": detail, **(extra or {})}
        context["near"] = [(place.title, in_language(place.path, language)) for place in near]
        meta = Meta(title, path=path, is_indexed=False)
        return whole_page("error.html", meta, language, frame or plain_frame(), context)


def render_preview(
    record: Record,
    language: str,
    *,
    exchanges: Iterable[Record] = (),
    observations: Iterable[Mapping[str, Any]] = (),
    evaluations: Iterable[Evaluation] = (),
    charts: Iterable[Shown] = (),
) -> str:
    """A ready record that is not published yet, through the templates that the public will see; a menu or
    banner in the frame of a plain page.
    """
    if record["type"] in ("menu", "banner"):
        menus, banners = (
            ([record], []) if record["type"] == "menu" else ([], [{**record, "starts_at": None, "ends_at": None}])
        )
        frame = build_frame(menus, banners, datetime.datetime.now(datetime.UTC))
        with override(DJANGO_CODES[language]):
            title = plain(record["title"], language)
            return whole_page(
                "preview_frame.html",
                Meta(title, is_indexed=False),
                language,
                frame,
                {"title": title, "is_preview": True},
            )
    return render_record(
        record,
        language=language,
        frame=plain_frame(),
        exchanges=exchanges,
        observations=observations,
        evaluations=evaluations,
        charts=charts,
        is_preview=True,
    )


def _list_link(record_type: str, language: str, frame: Frame) -> dict[str, str]:
    """The list of a type, called as the main menu calls it; nothing for what has no list."""
    found = crumbs.list_of(record_type, frame)
    return {"title": plain(found.label, language), "address": found.url[language]} if found else {}


def _related(record: Record, *, besides: set[str]) -> list[Mapping[str, Any]]:
    """What a record cites and that has a page, with the name of its type; without what its page shows anyway."""
    return [
        {**each, "kind": str(TYPES[each["type"]].label)}
        for each in sorted(record["related"], key=lambda each: list(TYPES).index(each["type"]))
        if each["url"] and each["uid"] not in besides | {record["uid"]}
    ]


def _sections(record_type: str, shown: Sequence[lines.Row]) -> list[tuple[str, list[lines.Row]]]:
    """A list in one section, or that of exhibits in those of now, next and past."""
    if record_type != "exhibit":
        return [("", list(shown))] if shown else []
    titles = (
        (lines.ON, gettext("On show, or no end stated")),
        (lines.COMING, gettext("Coming")),
        (lines.PAST, gettext("Past")),
        (lines.UNKNOWN, gettext("Undated")),
    )
    found = ((title, [row for row in shown if row.state == state]) for state, title in titles)
    return [(title, rows) for title, rows in found if rows]
