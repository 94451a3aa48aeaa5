"""What can be followed, and at which addresses: feeds (Atom) and calendars (iCalendar)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

from portal.core.languages import CHINESE, in_language
from portal.publication.types import RecordType
from portal.rendering import events
from portal.rendering.texts import LanguageMap, plain
from portal.rendering.whole import CHANGES

#: The Chinese address of the page that tells of all of them.
FOLLOW = "/follow/"


@dataclass(frozen=True)
class Channel:
    """What can be followed under one name. Addresses are of a language; those of calendars are None where there is
    none. ``webcal`` opens a calendar program, ``calendar`` is whole, to be copied into one.
    """

    anchor: str
    name: LanguageMap | str
    page: str
    feed: str
    calendar: str | None = None
    webcal: str | None = None


@dataclass(frozen=True)
class Link:
    """A link of a page to what can be followed."""

    label: str
    address: str


def of_everything(language: str) -> Channel:
    """All changes, and all that calendars have."""
    home, changes = in_language("/", language), in_language(CHANGES, language)
    return Channel("everything", gettext("Everything"), home, changes, *_calendars("/", language))


def of_type(kind: RecordType, language: str) -> Channel:
    """The records of a type."""
    path = f"/{kind.plural}/"
    calendars = _calendars(path, language) if kind.code in events.IN_CALENDARS else ()
    page, feed = in_language(path, language), in_language(f"{path}feed.atom", language)
    return Channel(kind.plural, str(kind.plural_label), page, feed, *calendars)


def of_city(city: Mapping[str, Any], language: str) -> Channel:
    """What names a city."""
    page, anchor = city["url"][language], city["uid"].replace(":", "-")
    return Channel(anchor, city["title"], page, f"{page}feed.atom", *_calendars(city["url"][CHINESE], language))


def links_of_record(record: Mapping[str, Any], language: str) -> list[Link]:
    """What the page of a public record offers to follow: its event, or all that names a city."""
    if record["type"] == "city":
        return links(of_city(record, language), language)
    event = events.address(record, language)
    return [Link(gettext("Add to calendar"), event)] if event else []


def links(channel: Channel, language: str) -> list[Link]:
    """A channel's own addresses, and the page that tells of all."""
    found = [Link(gettext("Feed (Atom)"), channel.feed)]
    if channel.webcal:
        found.append(Link(gettext("Subscribe in your calendar"), channel.webcal))
    return [*found, Link(gettext("More ways to follow"), f"{in_language(FOLLOW, language)}#{channel.anchor}")]


def titled(channel: Channel, language: str) -> str:
    """The channel's name as mere text."""
    return channel.name if isinstance(channel.name, str) else plain(channel.name, language)


def _calendars(path: str, language: str) -> tuple[str, str]:
    """The whole address of the calendar below a Chinese path, and the one that opens a calendar program."""
    address = settings.BASE_URL + in_language(f"{path}calendar.ics", language)
    return address, f"webcal:{address.removeprefix(urlsplit(address).scheme + ':')}"
