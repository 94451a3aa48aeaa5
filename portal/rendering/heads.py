"""The heads of pages: what the home page, lists, records and the page of what can be followed tell feed readers, search
engines and those who share them. All in the active language.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from portal.core.languages import CHINESE, in_language
from portal.publication.types import TYPES
from portal.rendering import channels, crumbs, structured
from portal.rendering.channels import Channel
from portal.rendering.contents import ListPage, Record
from portal.rendering.frame import Frame, Item
from portal.rendering.texts import LanguageMap, plain
from portal.rendering.whole import CHANGES, PICTURE, Meta


def of_home(summary: LanguageMap | None, language: str) -> Meta:
    """The home page."""
    return Meta(
        "",
        plain(summary, language),
        "/",
        section="home",
        feeds=((gettext("All changes"), in_language(CHANGES, language)),),
        calendars=_calendars(channels.of_everything(language), language),
        nodes=structured.home(language),
    )


def of_list(page: ListPage, title: LanguageMap | str, summary: LanguageMap | None, language: str) -> Meta:
    """The list of a record type. Its picture is that of the plain page that introduces it."""
    kind = TYPES[page.type]
    path, name = f"/{kind.plural}/", title if isinstance(title, str) else plain(title, language)
    trail = _trail((crumbs.home(),), (name, path), language)
    return Meta(
        name,
        plain(summary, language),
        page.path,
        is_indexed=not page.is_filtered,
        section=page.type,
        picture=f"{path}share.png" if page.intro else PICTURE,
        nodes=[structured.breadcrumbs(trail, language, settings.BASE_URL + in_language(path, language))],
        **_followed(channels.of_type(kind, language), language),
    )


def of_record(record: Record, language: str, frame: Frame) -> Meta:
    """The page of a public record."""
    path, title = record["url"][CHINESE], plain(record["title"], language)
    trail = _trail(crumbs.to_record(record["type"], frame), (title, path), language)
    is_city = record["type"] == "city"
    return Meta(
        title,
        plain(record["summary"], language),
        path,
        section=record["type"],
        picture=f"{path}share.png",
        is_article=True,
        nodes=structured.record(record, language, trail),
        **(_followed(channels.of_city(record, language), language) if is_city else {}),
    )


def of_follow(followed: Sequence[Channel], language: str) -> Meta:
    """The page of what can be followed, which names every feed."""
    return Meta(
        gettext("Follow"),
        gettext("What is published here can be followed by feed and in a calendar, all of it or a part."),
        channels.FOLLOW,
        feeds=tuple((channels.titled(each, language), each.feed) for each in followed),
        calendars=tuple(named for each in followed for named in _calendars(each, language)),
    )


def of_version(record: Record, language: str, address: str | None) -> Meta:
    """The page of an old version or of a draft: nothing that anyone is to find or share."""
    title, summary = plain(record["title"], language), plain(record["summary"], language)
    return Meta(title, summary, address, is_indexed=False, section=record["type"])


def _trail(above: Sequence[Item], last: structured.Step, language: str) -> list[structured.Step]:
    """The way to a page, with the page itself at its end."""
    return [*((plain(each.label, language), each.url[CHINESE]) for each in above), last]


def _followed(channel: Channel, language: str) -> dict[str, Any]:
    title = channels.titled(channel, language)
    return {"feeds": ((title, channel.feed),), "calendars": _calendars(channel, language)}


def _calendars(channel: Channel, language: str) -> tuple[tuple[str, str], ...]:
    return ((channels.titled(channel, language), channel.calendar),) if channel.calendar else ()
