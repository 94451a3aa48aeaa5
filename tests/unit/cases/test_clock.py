"""The clock of a time limit, from events alone."""

import datetime

import pytest

from portal.cases.clock import Clock, MoreTime, Wait, clock
from portal.cases.kinds.consumer_complaint import KIND
from portal.cases.kinds.petition import KIND as PETITION
from portal.cases.models import CaseEvent


def day(number):
    return datetime.datetime(2022, 5, number, tzinfo=datetime.UTC)


def told(*steps):
    """The clock after steps, each a type, a state and a day of May."""
    return clock(
        KIND,
        [
            CaseEvent(
                number=number, type=type_, state=state, closed=KIND.states_by_name[state].closed, occurred_at=day(on)
            )
            for number, (type_, state, on) in enumerate(steps, start=1)
        ],
    )


RECEIVED = ("received", "received", 1)


def test_it_runs_from_receipt():
    assert told(RECEIVED, ("forward", "with-business", 3)) == Clock(day(1), (), None)


def test_it_stands_still_while_the_citizen_has_the_next_step():
    asked, assigned = ("request-supplement", "supplement", 2), ("assigned", "supplement", 3)
    assert told(RECEIVED, asked, assigned) == Clock(day(1), (Wait("supplement", day(2), None),), None)
    back = told(RECEIVED, asked, assigned, ("supplement", "received", 5), ("request-supplement", "supplement", 6))
    assert back.waits == (Wait("supplement", day(2), day(5)), Wait("supplement", day(6), None))


def test_it_stops_with_the_outcome_and_begins_again_with_a_reopening():
    withdrawn = told(RECEIVED, ("request-supplement", "supplement", 2), ("withdraw", "withdrawn", 4))
    assert withdrawn == Clock(day(1), (Wait("supplement", day(2), day(4)),), day(4))
    amended = (RECEIVED, ("settle", "settled", 4), ("amended", "settled", 6))
    assert told(*amended).stopped_at == day(4)
    assert told(*amended, ("reopened", "received", 9)) == Clock(day(9), (), None)


def test_a_step_dated_before_the_one_that_it_follows():
    steps = (RECEIVED, ("request-supplement", "supplement", 5), ("supplement", "received", 3))
    assert told(*steps).waits == (Wait("supplement", day(5), day(5)),)


def test_more_time_is_told_and_gone_with_a_reopening():
    given = {"more_days": 5, "more_time_for": "complex"}
    steps = [("received", "received", {}), ("extend", "in-progress", given), ("reply", "replied", {})]
    events = [
        CaseEvent(type=type_, state=state, closed=state == "replied", occurred_at=day(place), data=data)
        for place, (type_, state, data) in enumerate(steps, start=1)
    ]
    assert clock(PETITION, events).more_time == (MoreTime("extend", 5, "complex", day(2)),)
    reopened = CaseEvent(type="reopened", state="received", closed=False, occurred_at=day(9), data={})
    assert clock(PETITION, [*events, reopened]) == Clock(day(9), (), None)


def test_no_events():
    with pytest.raises(ValueError, match="without events"):
        told()
