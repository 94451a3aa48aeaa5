"""The clock of a case's time limit, as its events tell it: when it began, stood still and stopped. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from portal.cases.kinds.declaration import Kind
from portal.cases.kinds.steps import DEADLINE_MOVED, REOPENED
from portal.cases.replaying import Happening


@dataclass(frozen=True)
class Wait:
    """A time in which the clock stood still, since the next step was the citizen's; ``until`` is None while it does."""

    state: str
    since: datetime.datetime
    until: datetime.datetime | None


@dataclass(frozen=True)
class MoreTime:
    """That a case was given so many days more, told ``at``; ``ground`` is the code of the transition's choice."""

    transition: str
    days: int
    ground: str
    at: datetime.datetime


@dataclass(frozen=True)
class Clock:
    """The clock of a case: it began with the receipt or the last reopening; ``stopped_at`` is None while it is open."""

    started_at: datetime.datetime
    waits: tuple[Wait, ...]
    stopped_at: datetime.datetime | None
    more_time: tuple[MoreTime, ...] = ()


def clock(kind: Kind, events: Iterable[Happening]) -> Clock:
    """The clock of a case of a kind after all of its events, at least its receipt, in the order of their numbers.

    A step that the sender dates before the one that it follows is taken to have happened with that; a change to the
    office calendar is no step.
    """
    started: datetime.datetime | None = None
    stopped: datetime.datetime | None = None
    latest: datetime.datetime | None = None
    waits: list[Wait] = []
    more_time: list[MoreTime] = []
    for event in events:
        if event.type == DEADLINE_MOVED:
            continue
        latest = max(latest, event.occurred_at) if latest else event.occurred_at
        if started is None or event.type == REOPENED:
            started, waits, more_time = latest, [], []
        stopped = (stopped or latest) if event.closed else None
        waiting = kind.states_by_name[event.state].waits
        running = waits[-1] if waits and waits[-1].until is None else None
        if running and (not waiting or running.state != event.state):
            waits[-1] = Wait(running.state, running.since, latest)
            running = None
        if waiting and not running:
            waits.append(Wait(event.state, latest, None))
        transition = kind.transitions_by_name.get(event.type)
        if transition and transition.extends:
            days, ground = event.data[transition.extends.days], event.data[transition.extends.ground]
            more_time.append(MoreTime(event.type, days, ground, latest))
    if started is None:
        raise ValueError("a case without events")
    return Clock(started, tuple(waits), stopped, tuple(more_time))
