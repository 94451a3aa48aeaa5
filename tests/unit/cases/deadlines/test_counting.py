"""Time limits counted by hand on the calendar of 2022, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from portal.cases.deadlines.counting import TAIPEI, CautionCode, day_of, deadline
from portal.cases.deadlines.rule import DeadlineRule, Extension, Pause, Unit
from portal.cases.office_calendar import OfficeCalendar
from tests.factories.cases_calendar import day_off, worked

PLAIN = OfficeCalendar()


def rule(days, unit):
    return DeadlineRule(days, Unit(unit), "the law")


def at_noon(day):
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=12), TAIPEI)


def counted(days, unit, received, *, calendar=PLAIN, pauses=(), extensions=()):
    return deadline(
        rule(days, unit),
        at_noon(received),
        calendar,
        pauses=[Pause(*(each and date.fromisoformat(each) for each in pause)) for pause in pauses],
        extensions=[Extension(days, Unit(unit), date.fromisoformat(told)) for days, unit, told in extensions],
    )


@pytest.mark.parametrize(
    "days, unit, received, due",
    [
        # Nothing in the way.
        (15, "calendar", "2022-03-01", "2022-03-16"),
        (1, "calendar", "2022-03-01", "2022-03-02"),
        # Day 15 is Saturday 11 June, and Sunday 12 June: the Monday after.
        (15, "calendar", "2022-05-27", "2022-06-13"),
        (15, "calendar", "2022-05-28", "2022-06-13"),
        # Day 15 is the bridge day of the Spring Festival.
        (15, "calendar", "2022-01-20", "2022-02-07"),
        # The eve: the whole festival lies between.
        (11, "calendar", "2022-01-20", "2022-02-07"),
        # Day 15 is the Saturday that makes up for it: it is worked.
        (15, "calendar", "2022-01-07", "2022-01-22"),
        # Children's Day, then Tomb-Sweeping Day.
        (15, "calendar", "2022-03-20", "2022-04-06"),
        # The Dragon Boat Festival, a Friday.
        (15, "calendar", "2022-05-19", "2022-06-06"),
        # Received on a rest day.
        (15, "calendar", "2022-02-26", "2022-03-14"),
        (30, "working", "2022-03-01", "2022-04-14"),
        # 22 January counts, 31 January to 4 February do not.
        (10, "working", "2022-01-20", "2022-02-09"),
        (1, "working", "2022-01-21", "2022-01-22"),
        (1, "working", "2022-01-28", "2022-02-07"),
        (1, "working", "2022-06-02", "2022-06-06"),
        (3, "working", "2022-04-01", "2022-04-08"),
        # Received on a holiday.
        (1, "working", "2022-02-28", "2022-03-01"),
    ],
)
def test_time_limits_of_2022(days, unit, received, due):
    found = counted(days, unit, received)
    assert found.due == date.fromisoformat(due)
    assert len(found.counted) == days
    assert not found.cautions
    assert found.ends_at.isoformat() == f"{date.fromordinal(found.due.toordinal() + 1)}T00:00:00+08:00"


@pytest.mark.parametrize(
    "unit, pauses, due",
    [
        ("calendar", [], "2022-03-16"),
        # Five days in the middle.
        ("calendar", [("2022-03-07", "2022-03-11")], "2022-03-21"),
        # Two that overlap are five days still.
        ("calendar", [("2022-03-08", "2022-03-11"), ("2022-03-07", "2022-03-09")], "2022-03-21"),
        # One day: stopped and started again.
        ("calendar", [("2022-03-07", "2022-03-07")], "2022-03-17"),
        # Before receipt, and over on the day of it.
        ("calendar", [("2022-02-01", "2022-03-01")], "2022-03-16"),
        # It began before receipt.
        ("calendar", [("2022-02-01", "2022-03-02")], "2022-03-17"),
        # On the last day, over a weekend.
        ("calendar", [("2022-03-16", "2022-03-18")], "2022-03-21"),
        # After the last day.
        ("calendar", [("2022-03-17", "2022-03-18")], "2022-03-16"),
        ("calendar", [("2022-03-17", None)], "2022-03-16"),
        # Of Friday to Monday two days would have counted.
        ("working", [], "2022-03-22"),
        ("working", [("2022-03-04", "2022-03-07")], "2022-03-24"),
        # A weekend changes nothing.
        ("working", [("2022-03-05", "2022-03-06")], "2022-03-22"),
    ],
)
def test_the_clock_stands_still_in_pauses(unit, pauses, due):
    found = counted(15, unit, "2022-03-01", pauses=pauses)
    assert found.due == date.fromisoformat(due)
    assert len(found.counted) == 15


def test_pauses_that_fall_outside_are_not_told():
    pauses = [("2022-02-01", "2022-03-01"), ("2022-03-18", None), ("2022-03-07", "2022-03-07"), ("2022-03-20", None)]
    assert [each.first.day for each in counted(15, "calendar", "2022-03-01", pauses=pauses).pauses] == [7]


def test_a_period_does_not_end_in_a_pause_that_begins_on_its_rest_days():
    # Day 15 is Saturday 11 June; the clock stops on the Monday to which it would have moved.
    found = counted(15, "calendar", "2022-05-27", pauses=[("2022-06-13", "2022-06-14")])
    assert found.due == date(2022, 6, 15)


def test_while_the_clock_is_stopped_there_is_no_last_day():
    found = counted(15, "calendar", "2022-03-01", pauses=[("2022-03-07", None)])
    assert (found.due, found.ends_at, found.is_stopped) == (None, None, True)
    assert [each.day for each in found.counted] == [2, 3, 4, 5, 6]
    assert [each.code for each in found.cautions] == [CautionCode.STOPPED]
    assert [each.first.day for each in found.pauses] == [7]


@pytest.mark.parametrize(
    "extensions, due",
    [
        ([(15, "calendar", "2022-03-10")], "2022-03-31"),
        # On the last day it is still in time.
        ([(15, "calendar", "2022-03-16")], "2022-03-31"),
        ([(10, "working", "2022-03-10")], "2022-03-30"),
        # The second is told within the first.
        ([(15, "calendar", "2022-03-30"), (15, "calendar", "2022-03-10")], "2022-04-15"),
        ([(15, "calendar", "2022-03-17")], "2022-03-16"),
    ],
)
def test_an_extension_begins_after_the_last_day_of_what_it_extends(extensions, due):
    assert counted(15, "calendar", "2022-03-01", extensions=extensions).due == date.fromisoformat(due)


def test_an_extension_begins_after_the_rest_days_on_which_the_period_could_not_end():
    found = counted(15, "calendar", "2022-01-20", extensions=[(15, "calendar", "2022-02-07")])
    assert found.due == date(2022, 2, 22)
    assert [each.date.isoformat()[5:] for each in found.skipped] == ["02-04", "02-05", "02-06"]


def test_an_extension_that_was_told_too_late_changes_nothing_and_is_told():
    found = counted(15, "calendar", "2022-03-01", extensions=[(15, "calendar", "2022-03-17")])
    assert not found.extensions
    [caution] = found.cautions
    assert caution.code == CautionCode.TOLD_TOO_LATE
    assert "111年3月17日" in caution.text["zh-Hant"]


def test_the_clock_can_stop_within_an_extension():
    found = counted(
        15,
        "calendar",
        "2022-03-01",
        pauses=[("2022-03-20", None)],
        extensions=[(15, "calendar", "2022-03-10"), (15, "calendar", "2022-03-11")],
    )
    assert found.due is None
    assert len(found.extensions) == 1
    assert found.counted[-1] == date(2022, 3, 19)


def test_days_of_the_table_are_days_off_and_worked_days():
    typhoon = OfficeCalendar((day_off("2022-03-16"),))
    assert counted(15, "calendar", "2022-03-01", calendar=typhoon).due == date(2022, 3, 17)
    saturday = OfficeCalendar((worked("2022-06-11"),))
    assert counted(15, "calendar", "2022-05-27", calendar=saturday).due == date(2022, 6, 11)


def test_what_rests_on_a_calendar_that_is_not_announced_says_so():
    found = counted(30, "working", "2026-12-10")
    assert found.due is not None
    assert found.is_provisional
    assert found.cautions[0].text["en"] == "The office calendar of 2027 is not announced yet."
    announced = OfficeCalendar(announcements=((2027, "a letter"),))
    assert not counted(30, "working", "2026-12-10", calendar=announced).is_provisional
    # The days of 2027 that only pass by are not asked whether they are worked.
    assert not counted(15, "calendar", "2026-12-10").is_provisional


def test_the_day_of_receipt_is_the_day_in_taipei():
    assert day_of(datetime(2022, 3, 1, 15, 59, tzinfo=UTC)) == date(2022, 3, 1)
    assert day_of(datetime(2022, 3, 1, 16, 0, tzinfo=UTC)) == date(2022, 3, 2)
    with pytest.raises(ValueError, match="time zone"):
        deadline(rule(1, "calendar"), datetime(2022, 3, 1), PLAIN)


def test_what_cannot_be_counted_is_refused():
    for days in (0, -1, 100_000):
        with pytest.raises(ValueError, match="days"):
            rule(days, "calendar")
        with pytest.raises(ValueError, match="days"):
            Extension(days, Unit.CALENDAR, date(2022, 3, 1))
    with pytest.raises(ValueError, match="pause"):
        Pause(date(2022, 3, 2), date(2022, 3, 1))
    with pytest.raises(ValueError, match="days"):
        Pause(date(2022, 3, 2), date(9999, 12, 31))
    for year in (1900, 2101, 9999):
        with pytest.raises(ValueError, match="years"):
            counted(15, "calendar", f"{year}-12-31")
    assert counted(3660, "working", "2100-12-31").due.year > 2110
