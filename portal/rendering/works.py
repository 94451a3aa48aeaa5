"""How works projects stand on a day, and their bars of time. Pure.

Whether works are late is not known where the source only says when they were due: then the page says that the day has
passed and that their completion is not recorded.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from portal.core.periods import PERIOD
from portal.rendering import dates
from portal.rendering.time_bands import Band, Group, Line, Span, time_band

Record = Mapping[str, Any]

DUE, PASSED, DONE, OPEN = "due", "passed", "done", "open"
#: Nothing says when works without a start began; so many days before their end are drawn.
_UNKNOWN_START = 182
#: The share of the line that is left behind the last day, for what stands beside its bar.
_ROOM = 0.24


def state(works: Record, today: datetime.date) -> str:
    """Due, past the planned day, done, or without a day."""
    if works["status"] == "completed" or (works["completed"] and works["completed"] <= today.isoformat()):
        return DONE
    if not works["due"]:
        return OPEN
    return PASSED if last_due_day(works) < today else DUE


def last_due_day(works: Record) -> datetime.date:
    """The last day that the planned completion can mean; the record's own end where it is coarser than a day."""
    end = works["dates"]["end"] if works["due"]["precision"] != "day" else None
    return datetime.date.fromisoformat(max(end or "", works["due"]["date"]))


def note(works: Record, today: datetime.date) -> str:
    """Beside a bar: how the planned day lies to today, in the active language."""
    found = state(works, today)
    if found == DONE:
        return gettext("done")
    if found != DUE:
        return ""
    days = (last_due_day(works) - today).days
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days} if days else gettext("due today")


def works_band(
    name: str,
    works: Iterable[Record],
    language: str,
    today: datetime.date,
    *,
    known_on: datetime.date | None = None,
    with_links: bool = True,
) -> Band | None:
    """The bars of the works that have a day, from the first to be due. The line starts on ``known_on``, a day on which
    works in progress without a stated start are known to have begun.
    """
    lines = [each for record in works if (each := _line(record, language, today, known_on, with_links=with_links))]
    lines.sort(key=lambda line: (line.span.end or datetime.date.max, line.span.start or datetime.date.max))
    first = _first(lines, known_on)
    return time_band(name, [Group("", lines)], language, first=first, last=_last(lines, first))


def _line(
    works: Record, language: str, today: datetime.date, known_on: datetime.date | None, *, with_links: bool
) -> Line | None:
    start = works["dates"]["start"]
    if works["completed"]:
        end, shown = datetime.date.fromisoformat(works["completed"]), dates.display_date(works["completed"], language)
    elif works["due"]:
        end, shown = last_due_day(works), dates.display_date(works["due"], language)
    elif works["dates"]["end"]:
        end, shown = datetime.date.fromisoformat(works["dates"]["end"]), dates.display_dates(works["dates"], language)
    else:
        return None
    begun = datetime.date.fromisoformat(start) if start else None
    if begun or works["status"] != "in-progress":
        known_on = None
    words = shown.primary if shown else ""
    beside = note(works, today)
    is_coarse = not works["due"] and not works["completed"]
    span = Span(begun, end, within=is_coarse or works["dates"]["precision"] == PERIOD, known_on=known_on)
    url = works["url"][language] if works["url"] and with_links else None
    label = works["title"] if with_links else gettext("These works")
    return Line(label, url, span, note=_together(words, beside), words=words)


def _together(words: str, beside: str) -> str:
    return gettext("%(day)s, %(note)s") % {"day": words, "note": beside} if beside else words


def _first(lines: Sequence[Line], known_on: datetime.date | None) -> datetime.date | None:
    """Where the line begins."""
    unknown = [line.span.end for line in lines if line.span.start is None and line.span.end]
    if not unknown:
        return None
    starts = [line.span.start for line in lines if line.span.start]
    earliest = known_on or min(unknown) - datetime.timedelta(days=_UNKNOWN_START)
    return min([earliest, *starts])


def _last(lines: Sequence[Line], first: datetime.date | None) -> datetime.date | None:
    """Where the line ends."""
    ends = [line.span.end for line in lines if line.span.end]
    starts = [first, *(line.span.start for line in lines)]
    begin = min((day for day in starts if day), default=None)
    if not ends or begin is None or any(line.span.end is None for line in lines):
        return None
    return max(ends) + (max(ends) - begin) * (_ROOM / (1 - _ROOM))
