"""The list of a record type, and how other pages lead to it."""

from django.utils.translation import override

from portal.core.languages import DJANGO_CODES, in_language
from portal.publication.types import TYPES
from portal.rendering import channels, crumbs, heads
from portal.rendering.city_pages import countries, map_context
from portal.rendering.contents import ListPage
from portal.rendering.frame import Frame
from portal.rendering.sections import sections
from portal.rendering.texts import plain
from portal.rendering.today import today
from portal.rendering.whole import whole_page
from portal.rendering.works import works_band


def render_list(page: ListPage, *, language: str, frame: Frame) -> str:
    """The list of a record type."""
    with override(DJANGO_CODES[language]):
        day = today()
        plural = TYPES[page.type].plural
        title = page.intro["title"] if page.intro else str(TYPES[page.type].plural_label)
        summary = page.intro["summary"] if page.intro else None
        context = {
            "list_page": page,
            "title": title,
            "summary": summary,
            "sections": sections(
                page.type, page.records, language, day, page.successors, says_empty=not page.is_filtered
            ),
            "band": works_band("works", page.records, language, day) if page.type == "works" else None,
            "with_kind": False,
            "follow": channels.links(channels.of_type(TYPES[page.type], language), language),
            "spreadsheet": in_language(f"/data/collections/{plural}-{language.lower()}.csv", language),
            "json_lines": in_language(f"/data/collections/{plural}.jsonl", language),
        }
        meta = heads.of_list(page, title, summary, language)
        if page.type == "city":
            context |= map_context(page.cities, language)
            context["kinds"] = countries(page.records, language, day)
        return whole_page("cities.html" if page.type == "city" else "list.html", meta, language, frame, context)


def list_link(record_type: str, language: str, frame: Frame) -> dict[str, str] | None:
    """The list that a type belongs to, called as the main menu calls it; None for what has no list."""
    found = crumbs.list_of(record_type, frame)
    return {"title": plain(found.label, language), "address": found.url[language]} if found else None
