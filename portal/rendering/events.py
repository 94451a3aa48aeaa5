"""What a calendar shows of a record: exhibits, visits, and the days on which works are due.

A calendar has whole days and nothing coarser. A date that is known to the month lasts that month here and says so. One
that is known less exactly (a quarter, a half-year, a year, some time in a period) is in no calendar: a bar across
months would tell that something goes on all the while. Where no end is stated the event is the beginning, where no
start is stated it is the end.
"""

import datetime
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override, pgettext

from portal.core.languages import CHINESE, DJANGO_CODES, in_language, text
from portal.core.periods import DAY, MONTH
from portal.publication.types import TYPES
from portal.rendering import dates
from portal.rendering.texts import LanguageMap, is_fallback, plain

#: The types of record that calendars have.
IN_CALENDARS = ("exhibit", "visit", "works")


@dataclass(frozen=True)
class Days:
    """The first and the last day that an event has in a calendar, and how its record writes them: ``date`` as the
    pages show it, ``edge`` (begins, ends, due, completed) where it is not the whole of what is recorded.
    """

    first: datetime.date
    last: datetime.date
    precision: str
    date: Mapping[str, Any]
    edge: str = ""


@dataclass(frozen=True)
class Event:
    """An event of a calendar, its texts in one language; ``language`` is that of its title. ``version`` is the one of
    the row that says so, moments are as the log writes them, ``url`` is whole.
    """

    uid: str
    first: datetime.date
    last: datetime.date
    title: str
    language: str
    description: str
    place: str
    categories: tuple[str, ...]
    url: str
    version: int
    published_at: str
    modified_at: str
    is_cancelled: bool = False


def days(document: Mapping[str, Any]) -> Days | None:
    """The days of a document or ready record in a calendar; None for one that no calendar has."""
    if document["type"] not in IN_CALENDARS:
        return None
    if document["type"] == "works":
        return _days_of_works(document)
    written = document["dates"]
    start, end, precision = written["start"], written["end"], written["precision"]
    if precision not in (DAY, MONTH) or not (start or end):
        return None
    edge = "" if start and end else "begins" if start else "ends"
    return Days(_first(start or end, precision), _last(end or start, precision), precision, written, edge)


def address(record: Mapping[str, Any], language: str) -> str | None:
    """Where the event of a ready record can be had; None where no calendar has it."""
    return f"{record['url'][language]}event.ics" if record["url"] and days(record) is not None else None


def event(record: Mapping[str, Any], language: str) -> Event | None:
    """The event of a ready record; None where no calendar has it."""
    found = days(record)
    if found is None or record["url"] is None:
        return None
    with override(DJANGO_CODES[language]):
        url = settings.BASE_URL + record["url"][language]
        topics = (plain(label, language) for label in record["labels"]["topics"].values())
        return Event(
            uid=record["uid"],
            first=found.first,
            last=found.last,
            title=_title(record["title"], found.edge, language),
            language=_language(record["title"], language),
            description="\n\n".join([*_paragraphs(record, found, language), url]),
            place=plain(record["place"], language),
            categories=(str(TYPES[record["type"]].label), *topics),
            url=url,
            version=record["version"],
            published_at=record["published_at"],
            modified_at=record["modified_at"],
        )


def cancelled(
    document: Mapping[str, Any],
    *,
    version: int,
    published_at: str,
    withdrawn_at: str,
    note: LanguageMap | None,
    language: str,
) -> Event | None:
    """The event of a withdrawn record, from its last document: the title and the days that subscribers know it by, the
    public note on the withdrawal, and nothing more. None where no calendar had it.
    """
    found = days(document)
    if found is None:
        return None
    with override(DJANGO_CODES[language]):
        url = settings.BASE_URL + in_language(document["path"], language)
        said = gettext("This record has been withdrawn.")
        return Event(
            uid=document["uid"],
            first=found.first,
            last=found.last,
            title=gettext("Withdrawn: %(title)s") % {"title": plain(document["title"], language)},
            language=_language(document["title"], language),
            description="\n\n".join(filter(None, (said, plain(note, language), url))),
            place="",
            categories=(str(TYPES[document["type"]].label),),
            url=url,
            version=version,
            published_at=published_at,
            modified_at=withdrawn_at,
            is_cancelled=True,
        )


def _days_of_works(document: Mapping[str, Any]) -> Days | None:
    """The day of completion if that is known, otherwise the day when the works are due."""
    if document["completed"]:
        day = datetime.date.fromisoformat(document["completed"])
        return Days(day, day, DAY, {"date": document["completed"], "precision": DAY}, "completed")
    due = document["due"]
    if not due or due["precision"] not in (DAY, MONTH):
        return None
    return Days(
        _first(due["date"], due["precision"]), _last(due["date"], due["precision"]), due["precision"], due, "due"
    )


def _first(written: str, precision: str) -> datetime.date:
    day = datetime.date.fromisoformat(written)
    return day.replace(day=1) if precision == MONTH else day


def _last(written: str, precision: str) -> datetime.date:
    day = datetime.date.fromisoformat(written)
    return day.replace(day=monthrange(day.year, day.month)[1]) if precision == MONTH else day


def _title(title: LanguageMap, edge: str, language: str) -> str:
    patterns = {
        "begins": pgettext("event in a calendar", "Begins: %(title)s"),
        "ends": pgettext("event in a calendar", "Ends: %(title)s"),
        "due": pgettext("event in a calendar", "Due: %(title)s"),
        "completed": pgettext("event in a calendar", "Completed: %(title)s"),
        "": "%(title)s",
    }
    return patterns[edge] % {"title": plain(title, language)}


def _language(title: LanguageMap, language: str) -> str:
    return CHINESE if is_fallback(title, language) else language


def _paragraphs(record: Mapping[str, Any], found: Days, language: str) -> Iterator[str]:
    """What the description says: the date as the pages write it and what is not known of it, then the summary."""
    shown = dates.display_date if "date" in found.date else dates.display_dates
    date = shown(found.date, language)
    if date:
        both = f"{date.primary}（{date.secondary}）" if language == CHINESE else f"{date.primary} {date.secondary}"
        yield "\n".join((both if date.secondary else date.primary, *_remarks(found)))
    if record["summary"]:
        yield text(record["summary"], language)


def _remarks(found: Days) -> Iterator[str]:
    if found.precision == MONTH:
        yield gettext("The days are not known; the calendar shows the whole month.")
    if found.edge == "begins":
        yield gettext("No end is stated.")
    elif found.edge == "ends":
        yield gettext("No start is stated.")
