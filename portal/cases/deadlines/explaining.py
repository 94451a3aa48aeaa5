"""A deadline in its own words: from which rule it follows, what counted, what did not, and until when there is time."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.cases.deadlines.counting import Deadline, Skipped
from portal.cases.deadlines.rule import Extension, Pause, Unit
from portal.cases.office_calendar import Day, Origin
from portal.cases.wording import Texts, both
from portal.core.languages import text

_LIMITS = {
    Unit.CALENDAR: ngettext_lazy(
        "The time limit is %(days)d calendar day, under %(basis)s.",
        "The time limit is %(days)d calendar days, under %(basis)s.",
        "days",
    ),
    Unit.WORKING: ngettext_lazy(
        "The time limit is %(days)d working day, under %(basis)s.",
        "The time limit is %(days)d working days, under %(basis)s.",
        "days",
    ),
}
_EXTENSIONS = {
    Unit.CALENDAR: ngettext_lazy(
        "It was extended by %(days)d calendar day, with notice given on %(notified)s.",
        "It was extended by %(days)d calendar days, with notice given on %(notified)s.",
        "days",
    ),
    Unit.WORKING: ngettext_lazy(
        "It was extended by %(days)d working day, with notice given on %(notified)s.",
        "It was extended by %(days)d working days, with notice given on %(notified)s.",
        "days",
    ),
}


def explain(deadline: Deadline, language: str) -> list[str]:
    """The sentences that explain a deadline, in one language (a BCP 47 tag of ours)."""
    return [text(each, language) for each in sentences(deadline)]


def sentences(deadline: Deadline) -> list[Texts]:
    """The sentences that explain a deadline, as language maps."""
    return list(_sentences(deadline))


def as_json(deadline: Deadline) -> dict[str, Any]:
    """A deadline for programs: days and moments in ISO 8601, texts as language maps. ``ends_at`` is the moment before
    which all is in time.
    """
    rule = deadline.rule
    return {
        "due": deadline.due and deadline.due.isoformat(),
        "ends_at": deadline.ends_at and deadline.ends_at.isoformat(),
        "stopped": deadline.is_stopped,
        "provisional": deadline.is_provisional,
        "received": deadline.received.isoformat(),
        "rule": {
            "days": rule.days,
            "unit": rule.unit.value,
            "basis": both(rule.basis),
            "starts_from": both(rule.starts_from),
        },
        "counted": [each.isoformat() for each in deadline.counted],
        "skipped": [{"day": each.date.isoformat(), "reason": each.reason} for each in deadline.skipped],
        "pauses": [_pause_json(each) for each in deadline.pauses],
        "extensions": [_extension_json(each) for each in deadline.extensions],
        "warnings": [{"code": each.code.value, "text": each.text} for each in deadline.cautions],
        "explanation": sentences(deadline),
    }


def _sentences(deadline: Deadline) -> Iterator[Texts]:
    rule = deadline.rule
    yield both(_LIMITS[rule.unit], days=rule.days, basis=rule.basis)
    yield both(
        _(
            "The day of %(event)s, %(day)s, does not count: day 1 is the day after "
            "(Administrative Procedure Act, article 48, paragraph 2)."
        ),
        event=rule.starts_from,
        day=deadline.received,
    )
    yield from _rest(deadline)
    for pause in deadline.pauses:
        yield _paused(pause)
    for extension in deadline.extensions:
        extended = both(_EXTENSIONS[extension.unit], days=extension.days, notified=extension.notified)
        yield _with_reason(extended, extension.reason)
    if deadline.due is not None:
        yield both(_("The last day is %(due)s."), due=deadline.due)
    for caution in deadline.cautions:
        yield caution.text
    if deadline.is_provisional:
        yield both(_("The last day may still move."))


def _rest(deadline: Deadline) -> Iterator[Texts]:
    """The rest days that did not count, and the days that are worked against the week."""
    resting = [each for each in deadline.skipped if isinstance(each.because, Day)]
    weekend = sum(_is_weekend(each) for each in resting if each.unit == Unit.WORKING)
    if weekend:
        counted = ngettext_lazy(
            "%(days)d day of the weekend within the period does not count.",
            "%(days)d days of weekends within the period do not count.",
            "days",
        )
        yield both(counted, days=weekend)
    off = [each for each in resting if each.unit == Unit.WORKING and not _is_weekend(each)]
    if off:
        yield both(_("Days off do not count: %(days)s."), days=[_named(each) for each in off])
    ends = [each for each in resting if each.unit == Unit.CALENDAR]
    if ends:
        yield both(
            _(
                "A period does not end on a rest day but on the next day that is worked, so these did not count: "
                "%(days)s (Administrative Procedure Act, article 48, paragraph 4)."
            ),
            days=[_named(each) for each in ends],
        )
    if deadline.made_up:
        named = [both(_("%(day)s (%(name)s)"), day=each.date, name=each.name or "") for each in deadline.made_up]
        yield both(_("Worked, so they count: %(days)s."), days=named)


def _paused(pause: Pause) -> Texts:
    if pause.last is None:
        said = both(_("The clock has been stopped since %(first)s."), first=pause.first)
    elif pause.last == pause.first:
        said = both(_("The clock was stopped on %(first)s."), first=pause.first)
    else:
        days = (pause.last - pause.first).days + 1
        message = _("The clock was stopped from %(first)s to %(last)s (%(days)d days).")
        said = both(message, first=pause.first, last=pause.last, days=days)
    return _with_reason(said, pause.reason)


def _with_reason(said: Texts, reason: Any) -> Texts:
    return both(_("%(sentence)s Reason: %(reason)s."), sentence=said, reason=reason) if reason else said


def _is_weekend(skipped: Skipped) -> bool:
    return isinstance(skipped.because, Day) and skipped.because.origin == Origin.WEEK


def _named(skipped: Skipped) -> Texts:
    """A rest day with its name; a day of the weekend says its own already."""
    if _is_weekend(skipped):
        return both("%(day)s", day=skipped.date)
    return both(_("%(day)s (%(name)s)"), day=skipped.date, name=skipped.reason)


def _pause_json(pause: Pause) -> dict[str, Any]:
    return {
        "first": pause.first.isoformat(),
        "last": pause.last and pause.last.isoformat(),
        "reason": both(pause.reason) if pause.reason else None,
    }


def _extension_json(extension: Extension) -> dict[str, Any]:
    return {
        "days": extension.days,
        "unit": extension.unit.value,
        "notified": extension.notified.isoformat(),
        "reason": both(extension.reason) if extension.reason else None,
    }
