"""Bands of time: bars on a line of months that say how much is known of each date. Pure.

How to use it: put each thing into a `Line` with its `Span`, the lines into `Group` s (one without a name if there is
only one kind), and ask `time_band` for what ``parts/time_band.html`` draws. A page that includes it links
``theme/time.css`` in its block ``head``::

    lines = [Line(text, address, Span(None, due, known_on=period_end), note="…") for …]
    context["band"] = time_band("works", [Group("", lines)], language, first=period_end)

    {% include "parts/time_band.html" with band=band %}

Four marks: solid is known, hatched is some time within, an arrow has no end stated, dashed has no start stated.
Places on the line are percentages of its length with two decimals, so that a drawing stretches without its words.
"""

import datetime
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.dates import MONTHS_3

from portal.core.languages import CHINESE
from portal.core.periods import PERIOD, ROC_OFFSET
from portal.rendering.texts import LanguageMap

SOLID, WITHIN, DASHED = "solid", "within", "dashed"
OPEN = "open"

#: Up to so many months, each is named; up to so many, the quarters are ruled; beyond, the years alone.
_MONTHS_NAMED, _MONTHS_RULED = 24, 72
_YEARS_NAMED = 12
#: The share of the line that the name of a year takes up, in one calendar or in both.
_NAME_OF_YEAR, _NAME_OF_YEARS = 6.0, 10.0
#: A note begins no further right than this.
_ROOM_FOR_NOTE = 80.0


@dataclass(frozen=True, slots=True)
class Span:
    """From which day to which, both included. ``end`` is None where no end is stated, ``start`` where no start is;
    ``known_on`` is then a day on which it is known to have begun. ``within``: some time in these days, not all of them.
    """

    start: datetime.date | None
    end: datetime.date | None
    within: bool = False
    known_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What has a bar: its name, its address in the page's language, what stands at the bar's end, and its dates in
    words.
    """

    label: LanguageMap | str
    url: str | None
    span: Span
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind, from top to bottom. ``empty`` says why there are none."""

    name: str
    lines: Sequence[Line]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the line of time. ``other`` is the year of the other calendar; ``is_minor`` says that the name may go
    where there is little room, ``is_year`` that a year begins.
    """

    at: str
    label: str = ""
    other: str = ""
    is_minor: bool = False
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the line in one mark. ``is_open`` puts an arrow at its end."""

    mark: str
    at: str
    width: str
    end: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line with its bars; ``group`` is named on the first of a group only. ``note_at`` is None where the note would
    run out at the end of the line and stands before it.
    """

    group: str
    line: Line | None
    bars: Sequence[Bar] = ()
    note_at: str | None = None
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """What is drawn. ``marks`` are those in use, for the key; ``has_groups`` says whether a column names them."""

    name: str
    years: Sequence[Tick]
    months: Sequence[Tick]
    lines: Sequence[DrawnLine]
    marks: frozenset[str]
    has_groups: bool


def span_of(dates: Mapping[str, Any]) -> Span | None:
    """The span of a record's ``dates``; None where it is undated."""
    start, end = (datetime.date.fromisoformat(dates[each]) if dates[each] else None for each in ("start", "end"))
    if start is None and end is None:
        return None
    return Span(start, end, within=dates["precision"] == PERIOD)


def time_band(
    name: str,
    groups: Sequence[Group],
    language: str,
    *,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> Band | None:
    """The band of these groups; None where no line of theirs has a day. ``name`` is part of ids on the page.

    It runs over whole months: from the earliest day, or ``first``, to the latest, or ``last``; where something has no
    end, a month further, for its arrow. What lies outside is cut off. Names of months are in the active language.
    """
    spans = [line.span for group in groups for line in group.lines]
    days = [day for span in spans for day in (span.start, span.end, span.known_on) if day]
    if not days:
        return None
    axis = _Axis.over(first or min(days), last or max(days), needs_room=last is None and any(not s.end for s in spans))
    drawn = [each for group in groups for each in _lines(group, axis)]
    marks = {bar.mark for line in drawn for bar in line.bars}
    if any(bar.is_open for line in drawn for bar in line.bars):
        marks.add(OPEN)
    years, months = _years(axis, language), _months(axis, language)
    return Band(name, years, months, drawn, frozenset(marks), any(group.name for group in groups))


@dataclass(frozen=True, slots=True)
class _Axis:
    """Whole months, from the first day of one to the last day of another."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def over(cls, first: datetime.date, last: datetime.date, *, needs_room: bool) -> "_Axis":
        last = max(first, last)
        if needs_room:
            last = _month_end(last) + datetime.timedelta(days=1)
        return cls(first.replace(day=1), _month_end(last))

    @property
    def months(self) -> list[datetime.date]:
        """The first day of each month."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        numbers = (self.first.month - 1 + each for each in range(count))
        return [datetime.date(self.first.year + number // 12, number % 12 + 1, 1) for number in numbers]

    def share(self, day: datetime.date) -> float:
        """Where a day begins, between 0 and 100."""
        whole = (self.last - self.first).days + 1
        return min(100.0, max(0.0, 100 * (day - self.first).days / whole))

    def after(self, day: datetime.date) -> float:
        """Where a day ends."""
        return self.share(day + datetime.timedelta(days=1))


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def _lines(group: Group, axis: _Axis) -> Iterable[DrawnLine]:
    if not group.lines:
        yield DrawnLine(group.name, None, empty=group.empty)
    for place, line in enumerate(group.lines):
        bars = list(_bars(line.span, axis))
        end = axis.after(line.span.end) if line.span.end else 100.0
        note_at = _percent(end) if line.note and end < _ROOM_FOR_NOTE else None
        yield DrawnLine("" if place else group.name, line, bars, note_at)


def _bars(span: Span, axis: _Axis) -> Iterable[Bar]:
    """One bar, or a dashed one up to the day on which something is known to have begun and a solid one from there."""
    mark = WITHIN if span.within else SOLID
    end = axis.after(span.end) if span.end else 100.0
    start = axis.share(span.start) if span.start else 0.0
    if span.start is None:
        known = min(axis.share(span.known_on), end) if span.known_on else end
        yield _bar(DASHED, 0.0, known)
        if known >= end:
            return
        start = known
    yield replace(_bar(mark, start, end), is_open=span.end is None)


def _bar(mark: str, start: float, end: float) -> Bar:
    return Bar(mark, _percent(start), _percent(max(0.0, end - start)), _percent(end))


def _years(axis: _Axis, language: str) -> list[Tick]:
    """The first month and each January, named unless the next name begins before this one would end."""
    starts = [month for month in axis.months if month == axis.first or month.month == 1]
    step = -(-len(starts) // _YEARS_NAMED)
    has_other = language == CHINESE and len(starts) <= _YEARS_NAMED // 2
    ticks = []
    for place, month in enumerate(starts):
        following = axis.share(starts[place + step]) if place + step < len(starts) else 100.0
        room = following - axis.share(month)
        is_named = place % step == 0 and room >= (_NAME_OF_YEARS if has_other else _NAME_OF_YEAR)
        label = f"{month.year - ROC_OFFSET}年" if language == CHINESE else str(month.year)
        other = str(month.year) if has_other else ""
        at = _percent(axis.share(month))
        ticks.append(Tick(at, label, other, is_year=True) if is_named else Tick(at, is_year=True))
    return ticks


def _months(axis: _Axis, language: str) -> list[Tick]:
    """The months, named by number in Chinese and by their short names in English; of a long time the quarters, or
    nothing but the years.
    """
    months = axis.months
    if len(months) > _MONTHS_RULED:
        return []
    is_named = len(months) <= _MONTHS_NAMED
    return [
        Tick(
            _percent(axis.share(month)),
            (str(month.month) if language == CHINESE else str(MONTHS_3[month.month]).capitalize()) if is_named else "",
            is_minor=month.month % 3 != 1 and len(months) > _MONTHS_NAMED // 3,
            is_year=month.month == 1,
        )
        for month in months
        if is_named or month.month % 3 == 1
    ]
