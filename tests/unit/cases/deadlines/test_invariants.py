"""What holds for every time limit."""

from datetime import date, datetime, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from portal.cases.deadlines.counting import TAIPEI, Deadline, deadline
from portal.cases.deadlines.moving import Running, moved
from portal.cases.deadlines.rule import DeadlineRule, Extension, Pause, Unit
from portal.cases.office_calendar import OfficeCalendar
from tests.factories.cases_calendar import day_off, worked

A_DAY = timedelta(days=1)
#: Around the Spring Festival, Tomb-Sweeping and the Dragon Boat Festival of 2022.
DAYS = st.dates(date(2021, 12, 1), date(2022, 7, 31))
UNITS = st.sampled_from(Unit)
MOMENTS = st.datetimes(datetime(2021, 12, 1), datetime(2022, 7, 31), timezones=st.just(TAIPEI))
RULES = st.builds(DeadlineRule, st.integers(1, 40), UNITS, st.just("the law"))
ENDED = st.builds(lambda first, days: Pause(first, first + days * A_DAY), DAYS, st.integers(0, 20))
PAUSES = st.lists(ENDED, max_size=4).map(tuple)
EXTENSIONS = st.lists(st.builds(Extension, st.integers(1, 30), UNITS, DAYS), max_size=2).map(tuple)
OVERRIDES = st.lists(
    st.builds(lambda make, day: make(day.isoformat()), st.sampled_from([day_off, worked]), DAYS),
    max_size=8,
    unique_by=lambda day: day.date,
).map(tuple)
CALENDARS = st.builds(OfficeCalendar, OVERRIDES)
RUNNING = st.builds(Running, st.just("A"), RULES, MOMENTS, PAUSES, EXTENSIONS)


def days_after(first: date, last: date) -> list[date]:
    return [first + (number + 1) * A_DAY for number in range((last - first).days)]


def by_definition(running: Running, calendar: OfficeCalendar) -> date:
    """The last day without extensions, by what it is rather than by counting."""
    received = running.received.date()
    day = received
    while True:
        day += A_DAY
        running_days = [
            each for each in days_after(received, day) if not any(pause.covers(each) for pause in running.pauses)
        ]
        if running.rule.unit == Unit.WORKING:
            running_days = [each for each in running_days if calendar.is_working(each)]
        may_end = not any(pause.covers(day) for pause in running.pauses) and calendar.is_working(day)
        if len(running_days) >= running.rule.days and may_end:
            return day


@given(RUNNING, CALENDARS)
@example(Running("A", DeadlineRule(15, Unit.CALENDAR, "law"), datetime(2022, 1, 20, tzinfo=TAIPEI)), OfficeCalendar())
def test_the_last_day_is_what_the_law_says_it_is(running, calendar):
    plain = Running("A", running.rule, running.received, running.pauses)
    assert plain.under(calendar).due == by_definition(plain, calendar)


@given(RUNNING, CALENDARS)
def test_it_ends_on_a_worked_day_after_receipt_and_every_day_between_is_accounted_for(running, calendar):
    found = running.under(calendar)
    assert found.due > found.received
    assert calendar.is_working(found.due)
    assert not any(pause.covers(found.due) for pause in running.pauses)
    assert found.due == found.counted[-1]
    assert len(found.counted) == running.rule.days + sum(each.days for each in found.extensions)
    assert sorted([*found.counted, *(each.date for each in found.skipped)]) == days_after(found.received, found.due)
    if running.rule.unit == Unit.WORKING and not found.extensions:
        assert all(calendar.is_working(each) for each in found.counted)


def accounts(found: Deadline) -> tuple:
    return found.due, found.counted, [each.date for each in found.skipped], found.extensions


@given(RUNNING, CALENDARS, ENDED)
def test_a_pause_never_makes_it_earlier(running, calendar, pause):
    more = Running("A", running.rule, running.received, (*running.pauses, pause), running.extensions)
    assert more.under(calendar).due >= running.under(calendar).due


@given(RUNNING, CALENDARS, ENDED, st.integers(0, 19))
def test_a_pause_is_as_good_as_its_two_halves(running, calendar, pause, cut):
    assume(pause.first + cut * A_DAY < pause.last)
    halves = Pause(pause.first, pause.first + cut * A_DAY), Pause(pause.first + (cut + 1) * A_DAY, pause.last)
    whole = Running("A", running.rule, running.received, (*running.pauses, pause), running.extensions)
    split = Running("A", running.rule, running.received, (*halves, *running.pauses), running.extensions)
    assert accounts(whole.under(calendar)) == accounts(split.under(calendar))


@given(st.integers(2, 40), MOMENTS, st.integers(1, 39), st.integers(1, 30))
def test_a_pause_within_a_period_of_calendar_days_moves_its_end_by_its_days(days, received, begins, length):
    assume(begins < days)
    rule = DeadlineRule(days, Unit.CALENDAR, "the law")
    first = received.date() + begins * A_DAY
    pause = Pause(first, first + (length - 1) * A_DAY)
    calendar = OfficeCalendar()
    end = received.date() + (days + length) * A_DAY
    assert deadline(rule, received, calendar, pauses=[pause]).due == calendar.next_working(end)


@given(RUNNING, CALENDARS, DAYS)
def test_a_day_off_more_never_makes_it_earlier(running, calendar, day):
    others = tuple(each for each in calendar.overrides if each.date != day)
    more = OfficeCalendar((*others, day_off(day.isoformat())))
    before, after = running.under(calendar), running.under(more)
    assert after.due >= before.due
    [*moves] = moved([running], calendar, more)
    assert [(each.before.due, each.after.due) for each in moves] == [(before.due, after.due)] * (
        before.due != after.due
    )
    assert all(each.because and day in {changed.date for changed in each.because} for each in moves)


@given(RUNNING, CALENDARS, DAYS)
def test_a_clock_that_is_stopped_leaves_it_open_or_changes_nothing(running, calendar, day):
    stopped = Running("A", running.rule, running.received, (*running.pauses, Pause(day)), running.extensions)
    before, after = running.under(calendar), stopped.under(calendar)
    if after.due is None:
        assert before.due >= day
        last = max([after.received, *after.counted, *(each.date for each in after.skipped)])
        assert last == max(after.received, day - A_DAY)
        between = days_after(after.received, last)
        assert sorted([*after.counted, *(each.date for each in after.skipped)]) == between
    else:
        assert accounts(before) == accounts(after)
