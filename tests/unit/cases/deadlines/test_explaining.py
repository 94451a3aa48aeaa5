"""What a deadline says of itself, to people in two languages and to programs."""

import json
from datetime import date, datetime

import pytest

from portal.cases.deadlines.counting import TAIPEI, deadline
from portal.cases.deadlines.explaining import as_json, explain
from portal.cases.deadlines.rule import DeadlineRule, Extension, Pause, Unit
from portal.cases.office_calendar import OfficeCalendar

RECEIVED = datetime(2022, 1, 20, 17, 30, tzinfo=TAIPEI)


def complaint(**parts):
    rule = DeadlineRule(15, Unit.CALENDAR, "消費者保護法第43條第2項")
    return deadline(rule, RECEIVED, OfficeCalendar(), **parts)


def petition(**parts):
    return deadline(DeadlineRule(10, Unit.WORKING, "the rules on petitions"), RECEIVED, OfficeCalendar(), **parts)


def test_a_period_of_calendar_days_that_would_end_on_a_bridge_day():
    assert explain(complaint(), "zh-Hant") == [
        "期限為15日，例假日計入，依據：消費者保護法第43條第2項。",
        "自收件日111年1月20日（星期四）之次日起算，始日不計算在內（行政程序法第48條第2項）。",
        "期間末日遇休息日，順延至次一上班日，下列各日不計入：111年2月4日（星期五）調整放假，於111年1月22日（星期六）補行"
        "上班；111年2月5日（星期六）；111年2月6日（星期日）（行政程序法第48條第4項）。",
        "期限至111年2月7日（星期一）止。",
    ]


def test_a_period_of_working_days_with_a_pause_and_an_extension():
    pause, extension = Pause(date(2022, 2, 8), date(2022, 2, 9), "papers"), Extension(1, Unit.WORKING, date(2022, 2, 7))
    assert explain(petition(pauses=[pause], extensions=[extension]), "en") == [
        "The time limit is 10 working days, under the rules on petitions.",
        "The day of receipt, Thursday 20 January 2022, does not count: day 1 is the day after "
        "(Administrative Procedure Act, article 48, paragraph 2).",
        "7 days of weekends within the period do not count.",
        "Days off do not count: Monday 31 January 2022 (Chinese New Year's Eve); Tuesday 1 February 2022 (Chinese New "
        "Year); Wednesday 2 February 2022 (Chinese New Year); Thursday 3 February 2022 (Chinese New Year); Friday "
        "4 February 2022 (bridge day, made up for on Saturday 22 January 2022).",
        "Worked, so they count: Saturday 22 January 2022 (makes up for Friday 4 February 2022).",
        "The clock was stopped from Tuesday 8 February 2022 to Wednesday 9 February 2022 (2 days). Reason: papers.",
        "It was extended by 1 working day, with notice given on Monday 7 February 2022.",
        "The last day is Monday 14 February 2022.",
    ]


@pytest.mark.parametrize(
    "language, stopped",
    [
        ("zh-Hant", ["自111年1月25日（星期二）起停止計算期間。", "期間停止計算中，末日尚未確定。"]),
        (
            "en",
            [
                "The clock has been stopped since Tuesday 25 January 2022.",
                "The clock is stopped: there is no last day as yet.",
            ],
        ),
    ],
)
def test_a_stopped_clock_names_no_last_day(language, stopped):
    assert explain(complaint(pauses=[Pause(date(2022, 1, 25))]), language)[-2:] == stopped


def test_what_rests_on_a_calendar_not_announced_ends_with_that():
    found = deadline(DeadlineRule(30, Unit.WORKING, "the law"), datetime(2026, 12, 20, tzinfo=TAIPEI), OfficeCalendar())
    assert explain(found, "zh-Hant")[-2:] == ["116年政府行政機關辦公日曆表尚未公布。", "期限末日仍可能變動。"]


def test_the_rest_days_at_the_end_of_a_period_and_of_its_extension_are_told_together():
    # The first would end on the bridge day, the extension on Peace Memorial Day.
    extended = complaint(extensions=[Extension(21, Unit.CALENDAR, date(2022, 2, 7))])
    assert extended.due == date(2022, 3, 1)
    [told] = [each for each in explain(extended, "en") if "paragraph 4" in each]
    assert "Sunday 6 February 2022; Monday 28 February 2022 (Peace Memorial Day)" in told


def test_for_programs_it_is_days_and_language_maps():
    pause, extension = Pause(date(2022, 1, 24), date(2022, 1, 24), "x"), Extension(15, Unit.CALENDAR, date(2022, 2, 7))
    found = json.loads(json.dumps(as_json(complaint(pauses=[pause], extensions=[extension]))))
    assert found["received"] == "2022-01-20"
    assert found["due"] == "2022-02-22"
    assert found["ends_at"] == "2022-02-23T00:00:00+08:00"
    assert (found["stopped"], found["provisional"], found["warnings"]) == (False, False, [])
    assert found["rule"] == {
        "days": 15,
        "unit": "calendar",
        "basis": dict.fromkeys(["zh-Hant", "en"], "消費者保護法第43條第2項"),
        "starts_from": {"zh-Hant": "收件", "en": "receipt"},
    }
    assert len(found["counted"]) == 30
    assert found["skipped"][0] == {"day": "2022-01-24", "reason": {"zh-Hant": "x", "en": "x"}}
    assert found["skipped"][1]["reason"]["en"].startswith("Saturday")
    assert found["pauses"] == [{"first": "2022-01-24", "last": "2022-01-24", "reason": {"zh-Hant": "x", "en": "x"}}]
    assert found["extensions"] == [{"days": 15, "unit": "calendar", "notified": "2022-02-07", "reason": None}]
    assert found["explanation"][-1] == {
        "zh-Hant": "期限至111年2月22日（星期二）止。",
        "en": "The last day is Tuesday 22 February 2022.",
    }


def test_for_programs_a_stopped_clock_has_no_day_and_a_warning():
    found = as_json(complaint(pauses=[Pause(date(2022, 1, 25))]))
    assert (found["due"], found["ends_at"], found["stopped"]) == (None, None, True)
    assert [each["code"] for each in found["warnings"]] == ["clock-stopped"]
    assert found["pauses"][0]["last"] is None
