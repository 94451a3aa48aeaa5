"""iCalendar documents (RFC 5545, RFC 7986) of all-day events.

The bytes depend on the events alone: whatever says when it was made says when its record was.
"""

import datetime
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Timezone
from icalendar import Event as Component

from portal.publication.rows import instant
from portal.rendering.events import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
#: How often a calendar program should ask again.
_REFRESH = datetime.timedelta(hours=12)
_A_DAY = datetime.timedelta(days=1)


def subscription(events: Iterable[Event], *, about: Mapping[str, str]) -> bytes:
    """A calendar to subscribe to. ``about`` has its ``title``, ``subtitle``, ``language`` and ``author_name``, and
    whole addresses: ``link`` of the page that it belongs to, and its own, ``address``.
    """
    calendar, said_in = _calendar(about["author_name"], about["language"]), {"LANGUAGE": about["language"]}
    # Programs that do not know RFC 7986 read the older names.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, about["title"], parameters=said_in)
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, about["subtitle"], parameters=said_in)
    calendar.add("uid", about["address"])
    calendar.add("url", about["link"])
    calendar.add("source", about["address"], parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for each in events:
        calendar.add_component(_component(each))
    if not calendar.subcomponents:
        # There is at least one (RFC 5545, section 3.6).
        calendar.add_component(Timezone.from_tzid(settings.TIME_ZONE))
    return calendar.to_ical()


def single(event: Event, *, author_name: str, language: str) -> bytes:
    """One event, to be added to a reader's own calendar."""
    calendar = _calendar(author_name, language)
    calendar.add_component(_component(event))
    return calendar.to_ical()


def _calendar(author_name: str, language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{author_name}//{_host()}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _component(event: Event) -> Component:
    made, said_in = Component(), {"LANGUAGE": event.language}
    changed = instant(event.modified_at)
    made.add("uid", f"{event.uid}@{_host()}")
    made.add("sequence", event.version - 1)
    # Without a METHOD this is when what is said was last revised (RFC 5545, section 3.8.7.2).
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("created", instant(event.published_at))
    made.add("dtstart", event.first)
    made.add("dtend", event.last + _A_DAY)
    made.add("summary", event.title, parameters=said_in)
    made.add("description", event.description, parameters=said_in)
    if event.place:
        made.add("location", event.place, parameters=said_in)
    made.add("categories", list(event.categories), parameters=said_in)
    made.add("url", event.url)
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("class", "PUBLIC")
    # It fills nobody's day.
    made.add("transp", "TRANSPARENT")
    return made


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or ""
