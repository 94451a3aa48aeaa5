"""Which days are worked: against what was announced, with the department's table, and where nothing is announced."""

import re
from datetime import date

import pytest
from holidays.countries import Taiwan

from portal.cases.office_calendar import CHECKED_YEARS, YEARS, OfficeCalendar, Origin, calendar_json
from tests.factories.cases_calendar import day_off, worked

PLAIN = OfficeCalendar()


@pytest.mark.parametrize(
    "year, days_off",
    # As the Directorate-General of Personnel Administration announced them for ROC 111, 113, 114 (revised) and 115.
    [(2022, 115), (2024, 115), (2025, 118), (2026, 120)],
)
def test_the_days_off_of_a_year_are_as_many_as_were_announced(year, days_off):
    assert sum(not each.is_working for each in PLAIN.days(year)) == days_off


def test_the_calendar_of_2022_differs_from_the_week_on_these_days():
    assert [(each.date.isoformat()[5:], each.is_working, each.name["en"]) for each in PLAIN.exceptions(2022)] == [
        ("01-01", False, "Founding Day of the Republic of China"),
        ("01-22", True, "makes up for Friday 4 February 2022"),
        ("01-31", False, "Chinese New Year's Eve"),
        ("02-01", False, "Chinese New Year"),
        ("02-02", False, "Chinese New Year"),
        ("02-03", False, "Chinese New Year"),
        ("02-04", False, "bridge day, made up for on Saturday 22 January 2022"),
        ("02-28", False, "Peace Memorial Day"),
        ("04-04", False, "Children's Day"),
        ("04-05", False, "Tomb-Sweeping Day"),
        ("06-03", False, "Dragon Boat Festival"),
        ("09-09", False, "Mid-Autumn Festival (observed)"),
        ("09-10", False, "Mid-Autumn Festival"),
        ("10-10", False, "National Day"),
    ]


@pytest.mark.parametrize(
    "day, is_working, chinese, english",
    [
        ("2022-02-10", True, "111年2月10日（星期四）為上班日。", "Thursday 10 February 2022 is a working day."),
        ("2022-02-12", False, "111年2月12日（星期六）為例假日。", "Saturday 12 February 2022 is a day of the weekend."),
        (
            "2022-06-03",
            False,
            "111年6月3日（星期五）放假：端午節。",
            "Friday 3 June 2022 is a day off: Dragon Boat Festival.",
        ),
        (
            "2022-01-22",
            True,
            "111年1月22日（星期六）上班：補行111年2月4日（星期五）之班。",
            "Saturday 22 January 2022 is worked: makes up for Friday 4 February 2022.",
        ),
        (
            "2022-02-04",
            False,
            "111年2月4日（星期五）放假：調整放假，於111年1月22日（星期六）補行上班。",
            "Friday 4 February 2022 is a day off: bridge day, made up for on Saturday 22 January 2022.",
        ),
        # The day that is made up for lies in the next year.
        (
            "2014-12-27",
            True,
            "103年12月27日（星期六）上班：補行104年1月2日（星期五）之班。",
            "Saturday 27 December 2014 is worked: makes up for Friday 2 January 2015.",
        ),
        # Two on one day.
        (
            "2025-04-04",
            False,
            "114年4月4日（星期五）放假：兒童節、民族掃墓節。",
            "Friday 4 April 2025 is a day off: Children's Day, Tomb-Sweeping Day.",
        ),
        # The offices worked on Labor Day until the law of 2025.
        ("2025-05-01", True, "114年5月1日（星期四）為上班日。", "Thursday 1 May 2025 is a working day."),
        (
            "2026-05-01",
            False,
            "115年5月1日（星期五）放假：勞動節。",
            "Friday 1 May 2026 is a day off: Labor Day.",
        ),
    ],
)
def test_a_day_says_why_it_is_worked_or_not(day, is_working, chinese, english):
    day = date.fromisoformat(day)
    assert PLAIN.is_working(day) is is_working
    assert PLAIN.why(day) == {"zh-Hant": chinese, "en": english}


def test_the_table_overrides_the_week_the_holidays_and_the_days_made_up_for():
    calendar = OfficeCalendar(
        (
            day_off("2022-07-25", "颱風停止上班", "closed for a typhoon", "高雄市政府111年7月24日公告"),
            worked("2022-06-03", "更正", "correction"),
            day_off("2022-01-22", "更正", "correction"),
        )
    )
    assert [calendar.is_working(date.fromisoformat(day)) for day in ("2022-07-25", "2022-06-03", "2022-01-22")] == [
        False,
        True,
        False,
    ]
    assert calendar.why(date(2022, 7, 25)) == {
        "zh-Hant": "111年7月25日（星期一）放假：颱風停止上班（高雄市政府111年7月24日公告）。",
        "en": "Monday 25 July 2022 is a day off: closed for a typhoon (高雄市政府111年7月24日公告).",
    }
    assert calendar.next_working(date(2022, 7, 23)) == date(2022, 7, 26)
    assert [each.origin for each in calendar.exceptions(2022) if each.date.month in (6, 7)] == [Origin.TABLE] * 2


def test_calendars_of_equal_tables_are_equal_and_of_others_are_not():
    one, same, other = (
        OfficeCalendar((day_off(day, "甲", "a"),)) for day in ("2022-07-25", "2022-07-25", "2022-07-26")
    )
    assert one == same
    assert one != other


def test_a_year_that_is_not_announced_says_so_until_it_is_entered():
    day = date(2027, 2, 10)
    assert not PLAIN.is_announced(2027)
    assert PLAIN.why(day)["zh-Hant"].endswith("116年政府行政機關辦公日曆表尚未公布。")
    assert PLAIN.why(day)["en"].endswith("The office calendar of 2027 is not announced yet.")
    announced = OfficeCalendar(announcements=((2027, "院授人培字第1號函"),))
    assert announced.is_announced(2027)
    assert announced.announcement(2027) == "院授人培字第1號函"
    assert "尚未公布" not in announced.why(day)["zh-Hant"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1990, 5, 5), date(2101, 1, 1), date(9999, 12, 31)])
def test_days_of_which_nothing_is_known_follow_the_week_and_say_so(day):
    assert not PLAIN.is_announced(day.year)
    assert "office calendar" in PLAIN.why(day)["en"]


def test_the_years_that_the_library_was_checked_with_are_those_that_it_names():
    """When the library is renewed, this asks for `CHECKED_YEARS` to be looked at."""
    [years] = set(re.findall(r"DGPA Work Calendar \((\d{4})-(\d{4}); Chinese", Taiwan.__doc__))
    assert (CHECKED_YEARS[0], CHECKED_YEARS[-1]) == tuple(map(int, years))
    assert set(CHECKED_YEARS) < set(YEARS)


def test_a_year_for_programs_has_each_of_its_days():
    calendar = OfficeCalendar((day_off("2022-07-25", "颱風停止上班", "closed for a typhoon"),))
    found = calendar_json(calendar, 2022)
    assert (found["year"], found["announced"], len(found["days"])) == (2022, True, 365)
    by_day = {each["day"]: each for each in found["days"]}
    assert by_day["2022-07-25"] == {
        "day": "2022-07-25",
        "working": False,
        "name": {"zh-Hant": "颱風停止上班", "en": "closed for a typhoon"},
        "source": "table",
    }
    assert by_day["2022-06-03"]["source"] == "library"
    assert by_day["2022-02-10"] == {"day": "2022-02-10", "working": True, "name": None, "source": "week"}
    assert by_day["2022-02-12"]["name"] == {"zh-Hant": "星期六", "en": "Saturday"}
    assert len(calendar_json(calendar, 2024)["days"]) == 366
    assert calendar_json(calendar, 2027)["announced"] is False
