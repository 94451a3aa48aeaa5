"""A record as one line of a list: its date first, then what it is, its title and one sentence."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from portal.publication.types import TYPES
from portal.rendering import dates, events
from portal.rendering.alerts import Mark
from portal.rendering.facts import Fact
from portal.rendering.texts import LanguageMap, plain

COMING, ON, PAST, UNKNOWN = "coming", "on", "past", "unknown"


@dataclass(frozen=True)
class Row:
    """A line. ``lead`` stands in the date's column: a date, or what its kind of record is looked up by. ``is_struck``
    says that it holds no more, and ``note`` why; ``details`` are facts that its list shows besides. ``event`` is where
    its event for a calendar can be had. ``mark`` says of an alert that it does not warn.
    """

    uid: str
    kind: str
    title: LanguageMap
    summary: LanguageMap | None
    url: str | None
    when: dates.DateText | None
    lead: str
    picture: Mapping[str, Any] | None
    state: str
    is_struck: bool = False
    note: LanguageMap | None = None
    details: Sequence[Fact] = ()
    event: str | None = None
    mark: Mark | None = None


def row(record: Mapping[str, Any], language: str, today: datetime.date) -> Row:
    """The line of a ready record, in the active language."""
    when = dates.display_dates(record["dates"], language)
    lead = ""
    if record["type"] == "city":
        lead = plain(record["labels"].get("country"), language)
    elif record["type"] == "works" and record["due"]:
        when = dates.display_date(record["due"], language)
        lead = gettext("Planned completion") if record["status"] != "completed" else ""
    elif record["type"] == "alert" and record["issued"]:
        when = dates.display_date(record["issued"], language)
    is_struck = bool(record.get("withdrawn")) and record["withdrawn"] <= today.isoformat()
    return Row(
        uid=record["uid"],
        kind=str(TYPES[record["type"]].label),
        title=record["title"],
        summary=record["summary"],
        url=record["url"][language] if record["url"] else None,
        when=when,
        lead=lead,
        picture=next(iter(record["media"]), None),
        state=state_on(record["dates"], today),
        is_struck=is_struck,
        note=record["change_note"] if is_struck else None,
        event=events.address(record, language),
    )


def state_on(days: Mapping[str, Any], today: datetime.date) -> str:
    """Where a day stands to a record's dates. Days without a stated end are still on."""
    start, end = days["start"], days["end"]
    written = today.isoformat()
    if not start and not end:
        return UNKNOWN
    if start and written < start:
        return COMING
    return PAST if end and end < written else ON


def kind_line(record: Mapping[str, Any], language: str) -> str:
    """What stands above the title of a record's page: its type and what distinguishes it within the type."""
    labels = record["labels"]
    label = str(TYPES[record["type"]].label)
    parts = {
        "city": [plain(labels.get("kind"), language), plain(labels.get("country"), language)],
        "visit": [label, plain(labels.get("mode"), language) if record.get("mode") == "video" else ""],
        "agreement": [plain(labels.get("kind"), language)],
        "activity": [label, plain(labels.get("kind"), language)],
        "announcement": [label, plain(labels.get("kind"), language)],
        "alert": [label, plain(labels.get("kind"), language)],
        "dataset": [label, plain(labels.get("frequency"), language)],
        "page": [],
    }.get(record["type"], [label])
    return gettext(", ").join(part for part in parts if part)
