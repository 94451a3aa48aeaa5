"""When a venue is taken, for calendar programs (RFC 5545): events that say so and no more.

Events, not VFREEBUSY: most programs subscribe to the one and ignore the other. What touches is one event, so that
nobody counts bookings. The bytes depend on what is given alone.
"""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, override
from icalendar import Calendar, Event

from portal.core.languages import DJANGO_CODES, text
from portal.resources.models import Resource
from portal.resources.selectors import Busy, name_of

MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar_file(resource: Resource, taken: Iterable[Busy], *, language: str, url: str) -> bytes:
    """The calendar of a resource, in a language; ``url`` is the page that shows the same."""
    host, said_in = urlsplit(settings.BASE_URL).hostname or "", {"LANGUAGE": language}
    name = text(name_of(resource), language)
    with override(DJANGO_CODES[language]):
        summary = gettext("%(name)s: taken") % {"name": name}
        about = gettext("When %(name)s is taken") % {"name": name}
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//venues//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", about)
    calendar.add("name", about, parameters=said_in)
    calendar.add("refresh-interval", datetime.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for each in taken:
        starts_at, changed_at = each.starts_at.astimezone(datetime.UTC), each.changed_at.astimezone(datetime.UTC)
        event = Event()
        event.add("uid", f"{resource.code}-{starts_at:%Y%m%dT%H%M%S%f}@{host}")
        event.add("dtstamp", changed_at)
        event.add("last-modified", changed_at)
        event.add("dtstart", starts_at)
        event.add("dtend", each.ends_at.astimezone(datetime.UTC))
        event.add("summary", summary, parameters=said_in)
        event.add("status", "CONFIRMED")
        event.add("class", "PUBLIC")
        event.add("transp", "OPAQUE")
        event.add("url", url)
        calendar.add_component(event)
    return calendar.to_ical()
