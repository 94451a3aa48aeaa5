"""A list in sections: exhibits by whether they are on show, alerts by whether they are in force, works by whether they
are done. Pure.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext

from portal.rendering import alerts, works
from portal.rendering.facts import Fact, facts
from portal.rendering.rows import COMING, ON, PAST, UNKNOWN, Row, row, state_on
from portal.rendering.sources import Sources
from portal.rendering.texts import COMMAS

Record = Mapping[str, Any]
#: Alert → the public alerts that supersede it.
Successors = Mapping[str, Sequence[Record]]

#: The types whose lists have sections; these come on one page, as far as that goes.
SECTIONED = frozenset({"exhibit", "alert", "works"})


@dataclass(frozen=True)
class Section:
    """A part of a list. ``empty`` is said in place of rows that are missing."""

    title: str
    rows: Sequence[Row]
    state: str = ""
    empty: str = ""


def sections(
    record_type: str,
    records: Sequence[Record],
    language: str,
    today: datetime.date,
    successors: Successors,
    *,
    says_empty: bool = True,
) -> list[Section]:
    """The lines of a list in its sections, in the active language; empty ones are left out, but, with ``says_empty``,
    those whose emptiness says something.
    """
    lines = [(row(record, language, today), record) for record in records]
    if record_type == "exhibit":
        lines = [(replace(line, details=_details(record, language)), record) for line, record in lines]
        states = [state_on(record["dates"], today) for _line, record in lines]
        kinds = [
            (ON, gettext("On show, or no end stated"), gettext("Nothing is on show.")),
            (COMING, gettext("Coming"), gettext("Nothing is announced yet. What is announced will stand here.")),
            (PAST, gettext("Past"), ""),
            (UNKNOWN, gettext("Undated"), ""),
        ]
    elif record_type == "alert":
        states = [alerts.state(record, today, successors.get(record["uid"], ())) for _line, record in lines]
        marks = [alerts.mark(record, successors.get(record["uid"], ()), language, today) for _line, record in lines]
        lines = [(replace(line, mark=mark), record) for (line, record), mark in zip(lines, marks, strict=True)]
        none_in_force = "" if alerts.IN_FORCE & set(states) else gettext("No alert is in force.")
        kinds = [
            (alerts.ISSUED, gettext("In force"), none_in_force),
            (alerts.UPDATED, gettext("Updated, in force"), ""),
            (alerts.COMING, gettext("Not yet in force"), ""),
            (alerts.SUPERSEDED, gettext("Replaced"), ""),
            (alerts.WITHDRAWN, gettext("Withdrawn"), ""),
            (alerts.EXPIRED, gettext("Expired"), ""),
            (alerts.NOTICE, gettext("Inspections and notices"), ""),
        ]
    elif record_type == "works":
        states = [works.state(record, today) for _line, record in lines]
        kinds = [
            (works.DUE, gettext("Due"), ""),
            (works.PASSED, gettext("Planned day passed, completion not recorded"), ""),
            (works.OPEN, gettext("No day of completion given"), ""),
            (works.DONE, gettext("Done"), ""),
        ]
    else:
        return [Section("", [each for each, _record in lines])] if lines else []
    found = []
    for code, title, empty in kinds:
        rows = [line for (line, _record), state in zip(lines, states, strict=True) if state == code]
        if rows or (empty and says_empty and lines):
            found.append(Section(title, rows, code, "" if rows else empty))
    return found


def _details(exhibit: Record, language: str) -> list[Fact]:
    """Where it is shown, and whose cities' objects; without seals, since its sources are on its own page."""
    found = facts(exhibit, Sources({}, language), language, ("place", "series", "cities"))
    return [
        replace(each, values=(format_html_join(COMMAS[language], "{}", ((it,) for it in each.values)),))
        for each in found
    ]
