"""Template tags of the themes: texts of documents in the page's language, sealed, dated and counted."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from portal.core.languages import text
from portal.core.videos import Video, video_at
from portal.rendering import dates, figures, listings, quantities, texts
from portal.rendering.date_elements import time_element
from portal.rendering.sources import Sources

register = template.Library()

#: What would end a ``<script>`` element, or begin something in it, as JSON writes it otherwise.
_ESCAPED = {ord(each): f"\\u{ord(each):04x}" for each in "<>&"}


@register.simple_tag(takes_context=True)
def say(context: Mapping[str, Any], value: Any) -> SafeString | str:
    """A language map in the page's language, a fallback marked as Chinese. Mere text stays as it is."""
    return texts.inline(value, context["language"]) if isinstance(value, Mapping) else (value or "")


@register.simple_tag(takes_context=True)
def plain(context: Mapping[str, Any], value: Any) -> str:
    """A language map as mere text, for attributes."""
    return texts.plain(value, context["language"]) if isinstance(value, Mapping) else (value or "")


@register.simple_tag(takes_context=True)
def lang(context: Mapping[str, Any], value: texts.LanguageMap | None) -> SafeString:
    """The ``lang`` attribute of an element that shows a fallback."""
    return texts.lang_attribute(value, context["language"])


@register.simple_tag(takes_context=True)
def rich(context: Mapping[str, Any], value: Mapping[str, Any], seal: SafeString | str = "") -> SafeString:
    """The safe HTML of a text block, with a seal at the end of its last paragraph."""
    html = texts.rich(value, context["language"])
    if not seal:
        return html
    if html.endswith("</p>"):
        return SafeString(f"{html[:-4]}{seal}</p>")
    return SafeString(f"{html}<p>{seal}</p>")


@register.simple_tag(takes_context=True)
def seal(context: Mapping[str, Any], path: str, name: Any = "") -> SafeString:
    """The seal of a member of the record, if a source proves it."""
    sources: Sources | None = context.get("sources")
    named = texts.plain(name, context["language"]) if isinstance(name, Mapping) else str(name)
    return sources.seal(path, named) if sources is not None else SafeString("")


@register.simple_tag(takes_context=True)
def seal_item(context: Mapping[str, Any], member: str, position: int, name: Any = "") -> SafeString:
    """The seal of one item of a member that is a list."""
    return seal(context, f"{member}/{position}", name)


@register.simple_tag
def when(value: dates.DateText | None) -> SafeString:
    """A date with the other calendar's beside it."""
    return time_element(value)


@register.simple_tag(takes_context=True)
def moment(context: Mapping[str, Any], written: str) -> SafeString:
    """A moment of the log."""
    return time_element(dates.display_moment(written, context["language"]))


@register.simple_tag(takes_context=True)
def moment_words(context: Mapping[str, Any], written: str) -> str:
    """A moment of the log as mere text, where no element may stand."""
    return dates.display_moment(written, context["language"]).primary


@register.simple_tag(takes_context=True)
def period(context: Mapping[str, Any], code: str) -> SafeString:
    """A period code of the statistics."""
    return time_element(dates.display_period(code, context["language"]))


@register.simple_tag(takes_context=True)
def figure(context: Mapping[str, Any], value: str | None, unit: str) -> quantities.Number | None:
    """A number and its unit, to be bound with ``as``."""
    return quantities.number(value, unit, context["language"])


@register.simple_tag
def headings(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The headings of a record's body, each with its anchor, to be bound with ``as``."""
    found = (block for block in record["body"] if block["type"] == "heading")
    return [{"anchor": anchor(block), "text": block["value"]} for block in found]


@register.simple_tag
def anchor(block: Mapping[str, Any]) -> str:
    """The id of a block's element on the page."""
    return f"at-{slugify(block['id'])}"


@register.simple_tag(takes_context=True)
def corrections(context: Mapping[str, Any], block: Mapping[str, Any]) -> Sequence[figures.Correction]:
    """The figures of a block that their datasets do not have so any more, to be bound with ``as``."""
    return figures.corrections_of(block, context.get("corrections") or {}, context["language"])


@register.simple_tag
def video(block: Mapping[str, Any]) -> Video | None:
    """The video of a block, to be bound with ``as``."""
    return video_at(block["address"])


@register.filter
def holds(record: Mapping[str, Any], kind: str) -> bool:
    """Whether a record's body has a block of a kind."""
    return any(block["type"] == kind for block in record["body"])


@register.simple_tag(takes_context=True)
def listing(context: Mapping[str, Any], block: Mapping[str, Any]) -> listings.Listing:
    """A code block of the record, to be bound with ``as``."""
    return listings.listing(context["record"], block, context["language"])


@register.simple_tag(takes_context=True)
def address(context: Mapping[str, Any], url: Mapping[str, str] | None) -> str:
    """The address in the page's language."""
    return text(url, context["language"]) if url else ""


@register.filter
def srcset(picture: Mapping[str, Any], media_type: str) -> str:
    """The candidates of a picture in one format, for ``<source srcset>``; empty where there are none."""
    renditions = (each for each in picture.get("renditions", ()) if each["type"] == media_type)
    return ", ".join(f"{each['url']} {each['width']}w" for each in sorted(renditions, key=lambda each: each["width"]))


@register.filter
def related_to(record: Mapping[str, Any], uid: str) -> Mapping[str, Any] | None:
    """The entry of a record's ``related`` for a uid; None if that is not public."""
    return next((each for each in record["related"] if each["uid"] == uid), None)


@register.filter
def data_block(value: Mapping[str, Any]) -> SafeString:
    """JSON for a ``<script>`` element that is data: browsers read it and do not run it."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(written.translate(_ESCAPED))  # noqa: S308  # nothing in it can end the element
