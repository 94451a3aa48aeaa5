"""Dates as the reader's calendar writes them, no finer than the source knows them.

Chinese pages count ROC years and give the Gregorian date small beside it; English pages count Gregorian years
and give the ROC year.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, pgettext

from portal.core.languages import CHINESE
from portal.core.periods import DAY, HALF_YEAR, MONTH, PERIOD, QUARTER, ROC_OFFSET, YEAR, days_label, parse_period

_MONTHS_OF = {MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12}


@dataclass(frozen=True)
class DateText:
    """A date to show: ``primary`` in the reader's calendar, ``secondary`` in the other one, ``machine`` for
    ``<time>`` (one unit only).
    """

    primary: str
    secondary: str = ""
    machine: str = ""


def display_dates(dates: Mapping[str, Any], language: str) -> DateText | None:
    """A record's ``dates``; None where it has none. Texts of the interface are in the active language."""
    start, end, precision = _day(dates["start"]), _day(dates["end"]), dates["precision"]
    if start is None:
        if end is None:
            return None
        shown = DateText(
            pgettext("end of an unknown start", "until %(date)s") % {"date": _unit(end, precision, language)},
            _secondary(end, end, precision, language),
        )
    elif end is None:
        shown = DateText(
            pgettext("no end stated", "from %(date)s") % {"date": _unit(start, precision, language)},
            _secondary(start, start, precision, language),
            _machine(start, start, precision),
        )
    elif precision == PERIOD:
        span = days_label(start, end, PERIOD, language)
        if language != CHINESE:
            span = span.replace(" – ", pgettext("between two dates", " and "))
        shown = DateText(
            pgettext("some time in a period", "between %(span)s") % {"span": span},
            _secondary(start, end, DAY, language),
        )
    else:
        shown = DateText(
            _range(start, end, precision, language),
            _secondary(start, end, precision, language),
            _machine(start, end, precision),
        )
    return DateText(_capital(shown.primary), shown.secondary, shown.machine)


def display_span(first: datetime.date | None, last: datetime.date | None, language: str) -> str:
    """A span of days that a reader chose, either end open: a whole year or month by its name."""
    if first is None or last is None:
        one = {"start": first and first.isoformat(), "end": last and last.isoformat(), "precision": DAY}
        shown = display_dates(one, language)
        return shown.primary if shown else ""
    for months, precision in ((12, YEAR), (1, MONTH)):
        if first.day == 1 and (first.month - 1) % months == 0 and last == _last_day(first, months):
            return _unit(first, precision, language)
    return days_label(first, last, DAY if first == last else PERIOD, language)


def _last_day(first: datetime.date, months: int) -> datetime.date:
    """The last day of so many months from the first day of one."""
    years, month = divmod(first.month - 1 + months, 12)
    if first.year + years > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(first.year + years, month + 1, 1) - datetime.timedelta(days=1)


def display_date(value: Mapping[str, Any] | str | None, language: str) -> DateText | None:
    """One date: an ISO day, or ``{"date", "precision"}``."""
    if not value:
        return None
    written, precision = (value, DAY) if isinstance(value, str) else (value["date"], value["precision"])
    day = datetime.date.fromisoformat(written)
    return DateText(
        _capital(_unit(day, precision, language)),
        _secondary(day, day, precision, language),
        _machine(day, day, precision),
    )


def display_moment(written: str, language: str) -> DateText:
    """A moment of the log (RFC 3339) as the day and minute in Taiwan; for machines, in milliseconds (the most that a
    ``time`` element of HTML takes).
    """
    moment = datetime.datetime.fromisoformat(written)
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = days_label(local.date(), local.date(), DAY, language)
    machine = moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return DateText(f"{day} {local:%H:%M}", "", machine)


def display_period(code: str, language: str) -> DateText:
    """A period code of the statistics (``2022-05``)."""
    period = parse_period(code)
    precision = DAY if period.precision == PERIOD else period.precision
    return DateText(
        _capital(_range(period.start, period.end, precision, language)),
        _secondary(period.start, period.end, precision, language),
    )


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def _unit(day: datetime.date, precision: str, language: str) -> str:
    return days_label(day, day, precision, language)


def _is_one_unit(start: datetime.date, end: datetime.date, precision: str) -> bool:
    if precision not in _MONTHS_OF:
        return start == end
    months = _MONTHS_OF[precision]
    return (start.year, (start.month - 1) // months) == (end.year, (end.month - 1) // months)


def _range(start: datetime.date, end: datetime.date, precision: str, language: str) -> str:
    if precision not in _MONTHS_OF:
        return days_label(start, end, PERIOD, language)
    if _is_one_unit(start, end, precision):
        return _unit(start, precision, language)
    first, last = _unit(start, precision, language), _unit(end, precision, language)
    if language == CHINESE:
        year = f"{start.year - ROC_OFFSET}年"
        return f"{first}至{last.removeprefix(year) if start.year == end.year and precision != YEAR else last}"
    if start.year == end.year and precision == MONTH:
        first = first.removesuffix(f" {start.year}")
    return f"{first} – {last}"


def _secondary(start: datetime.date, end: datetime.date, precision: str, language: str) -> str:
    if language != CHINESE:
        year, until = start.year - ROC_OFFSET, end.year - ROC_OFFSET
        if year < 1:
            return ""
        return gettext("(ROC %(year)s)") % {"year": year if year == until else f"{year}–{until}"}
    first, last = _iso(start, precision), _iso(end, precision)
    if first == last:
        return first
    if precision in (DAY, MONTH, PERIOD) and start.year == end.year:
        last = last[8:] if precision != MONTH and start.month == end.month else last[5:]
    return f"{first} / {last}"


def _iso(day: datetime.date, precision: str) -> str:
    if precision == YEAR:
        return f"{day.year:04d}"
    if precision == HALF_YEAR:
        return f"{day.year:04d}-H{(day.month - 1) // 6 + 1}"
    if precision == QUARTER:
        return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"
    return day.isoformat()[:7] if precision == MONTH else day.isoformat()


def _machine(start: datetime.date, end: datetime.date, precision: str) -> str:
    if precision in (DAY, MONTH, YEAR) and _is_one_unit(start, end, precision):
        return _iso(start, precision)
    return ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
