"""A typhoon moves some deadlines and leaves others, and each says from when to when and why."""

from datetime import date, datetime

from portal.cases.deadlines.counting import TAIPEI
from portal.cases.deadlines.moving import Running, changes, moved
from portal.cases.deadlines.rule import DeadlineRule, Extension, Pause, Unit
from portal.cases.office_calendar import OfficeCalendar
from tests.factories.cases_calendar import day_off, worked

BEFORE = OfficeCalendar()
TYPHOON = OfficeCalendar((day_off("2022-07-25", "颱風停止上班", "closed for a typhoon"),))


def running(reference, days, unit, received, *pauses, extensions=()):
    rule = DeadlineRule(days, Unit(unit), "the law")
    return Running(reference, rule, datetime.fromisoformat(received).replace(tzinfo=TAIPEI), pauses, extensions)


def test_those_that_move_say_from_when_to_when_and_why():
    cases = [
        running("A-1", 15, "calendar", "2022-07-10"),
        running("runs over it", 15, "calendar", "2022-07-20"),
        running("counts it", 5, "working", "2022-07-20"),
        running("ended before", 5, "working", "2022-07-01"),
        running("came after", 5, "working", "2022-07-25"),
        running("is stopped", 5, "working", "2022-07-20", Pause(date(2022, 7, 21))),
        running("stood still", 5, "working", "2022-07-20", Pause(date(2022, 7, 25), date(2022, 7, 25))),
    ]
    moves = list(moved(iter(cases), BEFORE, TYPHOON))
    assert [(each.reference, each.before.due.isoformat(), each.after.due.isoformat()) for each in moves] == [
        ("A-1", "2022-07-25", "2022-07-26"),
        ("counts it", "2022-07-27", "2022-07-28"),
    ]
    assert moves[0].text == {
        "zh-Hant": "辦公日曆變更（111年7月25日（星期一）改為放假：颱風停止上班），A-1之期限末日由111年7月25日"
        "（星期一）改為111年7月26日（星期二）。",
        "en": "The office calendar changed (Monday 25 July 2022 is a day off now: closed for a typhoon): the last day "
        "of A-1 moves from Monday 25 July 2022 to Tuesday 26 July 2022.",
    }


def test_taking_the_day_back_moves_them_back():
    case = running("a", 15, "calendar", "2022-07-10")
    [move] = moved([case], TYPHOON, BEFORE)
    assert (move.before.due, move.after.due) == (date(2022, 7, 26), date(2022, 7, 25))
    assert "is worked now" in move.text["en"]


def test_an_extension_that_the_change_brings_into_time_can_move_it_far():
    case = running("a", 15, "calendar", "2022-07-10", extensions=(Extension(15, Unit.CALENDAR, date(2022, 7, 26)),))
    [move] = moved([case], BEFORE, TYPHOON)
    assert (move.before.due, move.after.due) == (date(2022, 7, 25), date(2022, 8, 10))


def test_only_days_that_are_worked_otherwise_are_changes():
    renamed = OfficeCalendar((day_off("2022-06-03", "更名", "renamed"), worked("2022-07-26")))
    assert changes(BEFORE, renamed) == []
    assert [each.date for each in changes(renamed, TYPHOON)] == [date(2022, 7, 25)]
    assert list(moved([running("a", 1, "working", "2022-06-02")], BEFORE, renamed)) == []
