"""Several who change the calendar at once, outside the admin, whose views wait for each other anyway."""

import time

import pytest

from portal.cases.calendar_changes import calendar_changed, changing_calendar
from portal.cases.calendar_table import office_calendar
from portal.cases.models import CalendarDay
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def enter(day):
    with changing_calendar():
        CalendarDay.objects.create(
            date=f"2022-07-{day}", name_zh_hant="颱風停止上班", name_en="closed for a typhoon", source="公告"
        )


def test_each_change_is_told_against_the_one_before():
    told = []

    def hear(sender, before, after, **_more):
        told.append((before, after))
        # Moving deadlines takes its time, and nothing is committed yet.
        time.sleep(0.1)

    calendar_changed.connect(hear)
    try:
        faults = at_once([lambda day=day: enter(day) for day in range(20, 26)])
    finally:
        calendar_changed.disconnect(hear)
    assert faults == [], faults
    assert [len(after.overrides) for _before, after in told] == [1, 2, 3, 4, 5, 6]
    assert [before for before, _after in told[1:]] == [after for _before, after in told[:-1]]
    assert told[-1][1] == office_calendar()
