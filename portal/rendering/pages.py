"""Whole pages: ready records in, HTML out. Nothing here reads the database.

Each function takes the language of the page (``zh-Hant`` or ``en``) and renders under it, whatever language
is active.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, override, pgettext

from portal.core.languages import CHINESE, DJANGO_CODES, in_language
from portal.publication.types import TYPES
from portal.rendering import channels, crumbs, heads
from portal.rendering import rows as lines
from portal.rendering.alerts import FIRST_FACTS, NOTICE, PRODUCT_FACTS, alert_view
from portal.rendering.charts import figures
from portal.rendering.checks import check_lines
from portal.rendering.citing import citation
from portal.rendering.city_pages import city_context
from portal.rendering.contents import (
    CityPage,
    Downloads,
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
from portal.rendering.today import today
from portal.rendering.whole import Meta, whole_page
from portal.rendering.works import state as works_state
from portal.rendering.works import works_band
from portal.statistics.evaluation import Evaluation
from portal.statistics.figures import Difference
from portal.statistics.pictures import Shown

#: The Chinese path of the page that says how to reach the department.
_CONTACT = "/contact/"


def render_record(
    record: Record,
    *,
    language: str,
    frame: Frame,
    exchanges: Iterable[Record] = (),
    city: CityPage | None = None,
    observations: Iterable[Mapping[str, Any]] = (),
    evaluations: Iterable[Evaluation] = (),
    charts: Iterable[Shown] = (),
    corrections: Iterable[Difference] = (),
    downloads: Downloads | None = None,
    chain: Sequence[Record] = (),
    notice: VersionNotice | None = None,
    is_preview: bool = False,
) -> str:
    """The page of a ready record. ``exchanges`` are a city's records, the newest first, ``city`` what else its page
    shows; ``chain`` the alerts that replaced one another, with this one among them; of a dataset, ``observations`` are
    the rows, ``evaluations`` what its checks say of them, ``charts`` what is drawn of them and ``downloads`` its files.
    ``corrections`` are the figures that the record cites and that their datasets do not have so any more.
    """
    with override(DJANGO_CODES[language]):
        observations, exchanges = list(observations), list(exchanges)
        sources = Sources(record, language, observations)
        path = record["url"][CHINESE] if record["url"] else None
        is_present = bool(path) and notice is None and not is_preview
        address = f"{notice.versions}{notice.number}/" if notice else path
        address_of_versions = notice.versions if notice else f"{path}versions/" if path and not is_preview else None
        context = {
            "record": record,
            "chinese_title": plain(record["title"], CHINESE),
            "kind": lines.kind_line(record, language),
            "crumbs": crumbs.to_record(record["type"], frame),
            "sources": sources,
            "picture": record["media"][0] if record["media"] else None,
            "more_pictures": record["media"][1:],
            "corrections": by_figure(corrections),
            "related": _related(record, besides={each["uid"] for each in (*exchanges, *chain)}),
            "notice": notice,
            "is_preview": is_preview,
            "versions": f"{path}versions/" if path else None,
            "citation": citation(record, address_of_versions, language) if address_of_versions else "",
            "follow": channels.links_of_record(record, language) if is_present else [],
        }
        members: Sequence[str] | None = None
        if record["type"] == "city":
            context |= city_context(record, exchanges, city or CityPage(), language, today())
        elif record["type"] == "alert":
            context["alert"] = alert_view(record, list(chain) or [record], language, today())
            if context["alert"].state != NOTICE:
                members = FIRST_FACTS
                context["product_facts"] = facts(record, sources, language, PRODUCT_FACTS)
        elif record["type"] == "works":
            context["band"] = works_band("works", [record], language, today(), with_links=False)
            context["works_state"] = works_state(record, today())
        elif record["type"] == "dataset":
            context["table"] = data_table(record, observations, sources, language, pgettext("column", "Measure"))
            context["checks"] = check_lines(record, evaluations, language)
            base = None if is_preview else in_language(f"{address}charts/", language)
            context["figures"] = figures(record, charts, language, base)
            context["downloads"] = downloads
        context["facts"] = facts(record, sources, language, members)
        if is_present:
            meta = heads.of_record(record, language, frame)
        else:
            meta = heads.of_version(record, language, address)
        return whole_page(f"records/{record['type']}.html", meta, language, frame, context)


def render_search(page: SearchPage, *, language: str, frame: Frame) -> str:
    """The search page."""
    with override(DJANGO_CODES[language]):
        context = {
            "search_page": page,
            "hits": [hit_line(hit, language, today()) for hit in page.hits],
            "contact": frame.leading_to(_CONTACT),
        }
        title = gettext("Search: %(text)s") % {"text": page.text} if page.text else gettext("Search")
        meta = Meta(title, path=page.path, is_indexed=False, section="search")
        return whole_page("search.html", meta, language, frame, context)


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


def _related(record: Record, *, besides: set[str]) -> list[Mapping[str, Any]]:
    """What a record cites and that has a page, with the name of its type; without what its page shows anyway."""
    return [
        {**each, "kind": str(TYPES[each["type"]].label)}
        for each in sorted(record["related"], key=lambda each: list(TYPES).index(each["type"]))
        if each["url"] and each["uid"] not in besides | {record["uid"]}
    ]
