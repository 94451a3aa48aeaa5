"""How a consumer alert stands on a day, and how it came to that: its steps, and the alerts that it replaced or that
replaced it. Pure.

Recalls and warnings are in force from the day of issue until they are withdrawn, replaced or have run out; inspections
and notices tell of something and are never in force.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy

from portal.core.languages import CHINESE
from portal.publication.types import TYPES
from portal.rendering import dates
from portal.rendering.texts import LanguageMap, plain

Record = Mapping[str, Any]

COMING, ISSUED, UPDATED = "coming", "issued", "updated"
SUPERSEDED, WITHDRAWN, EXPIRED, NOTICE = "superseded", "withdrawn", "expired", "notice"
IN_FORCE = frozenset({ISSUED, UPDATED})
#: The kinds that warn of something.
WARNING_KINDS = frozenset({"recall", "warning"})
#: The facts of an alert that stand beside what to do, and those of what it is about.
FIRST_FACTS = ("risk", "issued", "updated", "withdrawn", "dates", "supersedes")
PRODUCT_FACTS = ("products", "hazard", "quantities", "topics")

_NAMES = {
    COMING: pgettext_lazy("state of an alert", "not yet in force"),
    ISSUED: pgettext_lazy("state of an alert", "in force"),
    UPDATED: pgettext_lazy("state of an alert", "updated, in force"),
    SUPERSEDED: pgettext_lazy("state of an alert", "replaced"),
    WITHDRAWN: pgettext_lazy("state of an alert", "withdrawn"),
    EXPIRED: pgettext_lazy("state of an alert", "expired"),
    NOTICE: "",
}


@dataclass(frozen=True)
class Step:
    """A point on the line of an alert's states: its name, when it was reached, what is said of it. ``is_reached`` says
    that it was, ``is_present`` that the alert stands there.
    """

    name: str
    when: dates.DateText | None
    is_reached: bool
    is_present: bool
    words: str = ""


@dataclass(frozen=True)
class Link:
    """An alert in the chain of those that replace each other, from the oldest to the newest."""

    title: LanguageMap
    url: str | None
    when: dates.DateText | None
    state: str
    is_shown: bool


@dataclass(frozen=True)
class Mark:
    """What a line says of an alert that does not warn on a day: what its state is called; that it is struck, and why;
    the alert that replaced it.
    """

    name: str
    is_struck: bool = False
    reason: LanguageMap | None = None
    successor: Link | None = None


@dataclass(frozen=True)
class AlertView:
    """An alert on a day: its state, what that is called, and its kind with it. ``actions`` are what to do, one by one,
    in the page's language unless they are ``chinese``; ``successor`` is the alert that replaced it.
    """

    state: str
    name: str
    label: str
    is_in_force: bool
    actions: Sequence[str]
    actions_are_chinese: bool
    steps: Sequence[Step]
    chain: Sequence[Link]
    successor: Link | None


def state(alert: Record, today: datetime.date, successors: Iterable[Record] = ()) -> str:
    """How an alert stands on a day. ``successors`` are the public alerts that supersede it."""
    if alert["kind"] not in WARNING_KINDS:
        return NOTICE
    day = today.isoformat()
    issued = issued_on(alert)
    if alert["withdrawn"] and alert["withdrawn"] <= day:
        return WITHDRAWN
    if any(replaces_on(each, today) for each in successors):
        return SUPERSEDED
    if issued and day < issued:
        return COMING
    end = alert["dates"]["end"]
    if end and end < day:
        return EXPIRED
    return UPDATED if alert["updated"] and alert["updated"] <= day else ISSUED


def issued_on(alert: Record) -> str | None:
    """The day of issue, or the first day of its dates."""
    return alert["issued"] or alert["dates"]["start"]


def replaces_on(successor: Record, today: datetime.date) -> bool:
    """Whether an alert that supersedes another has taken its place by a day."""
    issued = issued_on(successor)
    return issued is None or issued <= today.isoformat()


def state_name(code: str) -> str:
    """A state in the active language; empty for what is never in force."""
    return str(_NAMES[code])


def alert_view(alert: Record, chain: Sequence[Record], language: str, today: datetime.date) -> AlertView:
    """A ready alert on a day, in the active language. ``chain`` has all alerts that replace each other, this one
    included, the oldest first.
    """
    found = state(alert, today, _successors(alert, chain))
    links = [_link(each, chain, language, today, is_shown=each["uid"] == alert["uid"]) for each in chain]
    place = next((number for number, link in enumerate(links) if link.is_shown), 0)
    following = links[place + 1] if found == SUPERSEDED and place + 1 < len(links) else None
    label = plain(alert["labels"].get("kind"), language)
    name = state_name(found)
    return AlertView(
        state=found,
        name=name,
        label=gettext(", ").join(
            [str(TYPES["alert"].label), *(f"{part[:1].lower()}{part[1:]}" for part in (label, name) if part)]
        ),
        is_in_force=found in IN_FORCE,
        actions=[line.strip() for line in plain(alert["remedy"], language).splitlines() if line.strip()],
        actions_are_chinese=language != CHINESE and bool(alert["remedy"]) and not alert["remedy"].get(language),
        steps=list(_steps(alert, found, following, language)) if found != NOTICE else [],
        chain=links if len(links) > 1 else [],
        successor=following,
    )


def mark(alert: Record, successors: Sequence[Record], language: str, today: datetime.date) -> Mark | None:
    """What a line says of a ready alert, in the active language; None of one in force, and of what never is.
    ``successors`` are the public alerts that supersede it.
    """
    found = state(alert, today, successors)
    if found in IN_FORCE or found == NOTICE:
        return None
    following = next((each for each in successors if replaces_on(each, today)), None) if found == SUPERSEDED else None
    return Mark(
        name=state_name(found),
        is_struck=found == WITHDRAWN,
        reason=alert["change_note"] if found == WITHDRAWN else None,
        successor=_link(following, successors, language, today, is_shown=False) if following else None,
    )


def _successors(alert: Record, chain: Iterable[Record]) -> list[Record]:
    return [each for each in chain if each["relations"].get("supersedes") == alert["uid"]]


def _link(alert: Record, chain: Sequence[Record], language: str, today: datetime.date, *, is_shown: bool) -> Link:
    return Link(
        title=alert["title"],
        url=alert["url"][language] if alert["url"] else None,
        when=dates.display_date(issued_on(alert), language),
        state=state_name(state(alert, today, _successors(alert, chain))),
        is_shown=is_shown,
    )


def _steps(alert: Record, found: str, successor: Link | None, language: str) -> Iterable[Step]:
    """Issued, updated, replaced, and withdrawn or, where it has a last day, expired."""
    issued = dates.display_date(issued_on(alert), language)
    yield Step(pgettext("step of an alert", "Issued"), issued, found != COMING, found == ISSUED)
    updated = dates.display_date(alert["updated"], language)
    yield Step(pgettext("step of an alert", "Updated"), updated, updated is not None, found == UPDATED)
    yield Step(
        pgettext("step of an alert", "Replaced"),
        successor.when if successor else None,
        found == SUPERSEDED,
        found == SUPERSEDED,
        "" if found == SUPERSEDED else gettext("names the alert that replaces it"),
    )
    if alert["dates"]["end"] and not alert["withdrawn"]:
        last = dates.display_date({"date": alert["dates"]["end"], "precision": alert["dates"]["precision"]}, language)
        name = pgettext("step of an alert", "Expired") if found == EXPIRED else pgettext("step of an alert", "Expires")
        yield Step(name, last, found == EXPIRED, found == EXPIRED)
    else:
        withdrawn = dates.display_date(alert["withdrawn"], language)
        words = "" if withdrawn else gettext("stays readable, with the reason")
        yield Step(pgettext("step of an alert", "Withdrawn"), withdrawn, found == WITHDRAWN, found == WITHDRAWN, words)
