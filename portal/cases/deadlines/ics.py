"""A deadline as an iCalendar document (RFC 5545): an all-day event on the last day.

It holds the case's reference and what the rule and the calendar say, and nothing of the persons concerned. Its bytes
depend on what it is given alone.
"""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from portal.cases.deadlines.counting import Deadline
from portal.cases.deadlines.explaining import explain
from portal.cases.wording import Texts, both
from portal.core.languages import text

MEDIA_TYPE = "text/calendar; charset=utf-8"
_A_DAY = datetime.timedelta(days=1)


class NoLastDay(ValueError):
    """The clock is stopped: there is no day to put into a calendar."""


def calendar_file(
    deadline: Deadline,
    *,
    reference: str,
    title: Texts,
    language: str,
    received_at: datetime.datetime,
    changed_at: datetime.datetime,
    sequence: int = 0,
    url: str = "",
) -> bytes:
    """The event of a deadline, in a language. Raises `NoLastDay` while the clock is stopped.

    ``title`` says what kind of case it is; ``received_at`` and ``changed_at`` (aware) are when the case came in and
    when its deadline was last changed, ``sequence`` how often; ``url`` is a page of the case that asks who is reading.
    """
    if deadline.due is None:
        raise NoLastDay
    host, said_in = urlsplit(settings.BASE_URL).hostname or "", {"LANGUAGE": language}
    summary = both(_("Due: %(title)s %(reference)s"), title=title, reference=reference)
    event = Event()
    # Given again after a change, it replaces the one before.
    event.add("uid", f"deadline-{reference}@{host}")
    event.add("sequence", sequence)
    event.add("dtstamp", changed_at.astimezone(datetime.UTC))
    event.add("last-modified", changed_at.astimezone(datetime.UTC))
    event.add("created", received_at.astimezone(datetime.UTC))
    event.add("dtstart", deadline.due)
    event.add("dtend", deadline.due + _A_DAY)
    event.add("summary", text(summary, language), parameters=said_in)
    event.add("description", "\n".join(explain(deadline, language)), parameters=said_in)
    if url:
        event.add("url", url)
    event.add("status", "TENTATIVE" if deadline.is_provisional else "CONFIRMED")
    event.add("class", "PRIVATE")
    # It fills nobody's day.
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//deadlines//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(event)
    return calendar.to_ical()
