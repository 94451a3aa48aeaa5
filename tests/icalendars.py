"""What every iCalendar document must be (RFC 5545, RFC 7986)."""

import datetime
from collections import Counter

from icalendar import Calendar
from icalendar import Event as Component

_ONCE_IN_EVENT = (
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SEQUENCE",
    "SUMMARY",
    "STATUS",
    "URL",
    "LAST-MODIFIED",
    "CREATED",
)
_STATES = ("TENTATIVE", "CONFIRMED", "CANCELLED")


def parse(content: bytes) -> Calendar:
    """The one calendar of a document; raises where it is none."""
    return Calendar.from_ical(content)


def events(content: bytes) -> dict[str, Component]:
    """The events by the record that each is of."""
    return {str(each["UID"]).partition("@")[0]: each for each in parse(content).walk("VEVENT")}


def days(event: Component) -> tuple[str, str]:
    """The first day, and the day after the last, as they are written."""
    return event["DTSTART"].to_ical().decode(), event["DTEND"].to_ical().decode()


def faults(content: bytes) -> list[str]:
    """What is wrong with a document."""
    found = _lines(content)
    calendar = parse(content)
    found += [f"no {name}" for name in ("PRODID", "VERSION") if name not in calendar]
    if not calendar.subcomponents:
        found.append("no component")
    components = calendar.walk("VEVENT")
    found += [f"{each} twice" for each, count in Counter(str(each["UID"]) for each in components).items() if count > 1]
    for each in components:
        found += _of_event(each)
    return found


def _lines(content: bytes) -> list[str]:
    """Content lines end with CRLF and are folded at 75 octets, never within a character."""
    if not content.endswith(b"\r\n") or b"\n" in content.replace(b"\r\n", b""):
        return ["lines do not end with CRLF"]
    found = []
    for line in content.split(b"\r\n"):
        if len(line) > 75:
            found.append(f"{len(line)} octets: {line[:40]!r}")
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append(f"folded within a character: {line!r}")
    return found


def _of_event(event: Component) -> list[str]:
    name = str(event.get("UID", "?"))
    found = [f"{name}: {property_}" for property_ in _ONCE_IN_EVENT if isinstance(event.get(property_, []), list)]
    found += [f"{name}: {problem}" for problem in event.errors]
    if found:
        return found
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    if isinstance(start, datetime.datetime) or isinstance(end, datetime.datetime) or start >= end:
        found.append(f"{name}: from {start} to {end}")
    if event["DTSTART"].params.get("VALUE") != "DATE":
        found.append(f"{name}: a day that does not say that it is one")
    if event["STATUS"] not in _STATES:
        found.append(f"{name}: {event['STATUS']}")
    return found
