"""The calendar follows the table at once, and is made again only when the table changes."""

from datetime import date

import pytest
from django.db import IntegrityError

from portal.cases.calendar_table import office_calendar
from portal.cases.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db


def entry(day, **fields):
    known = {"name_zh_hant": "颱風停止上班", "name_en": "closed for a typhoon", "source": "公告"}
    return CalendarDay.objects.create(date=day, **known | fields)


def test_it_is_the_same_object_while_the_table_is_the_same(django_assert_num_queries):
    entry("2022-07-25")
    with django_assert_num_queries(2):
        first = office_calendar()
    assert office_calendar() is first


@pytest.mark.parametrize(
    "change",
    [
        lambda entered: entry("2022-07-26"),
        lambda entered: entered.delete(),
        # What leaves no trace in dates of change or in numbers of rows is seen too.
        lambda entered: CalendarDay.objects.update(is_working=True),
        lambda entered: CalendarDay.objects.update(name_en="closed"),
        lambda entered: CalendarYear.objects.create(year=2027, source="函"),
    ],
)
def test_every_change_makes_another_calendar(change):
    entered = entry("2022-07-25")
    before = office_calendar()
    change(entered)
    assert office_calendar() != before


def test_a_day_has_one_entry():
    entry("2022-07-25")
    with pytest.raises(IntegrityError):
        entry("2022-07-25", is_working=True)


def test_what_is_entered_is_what_the_day_says():
    entry("2022-07-25")
    assert (
        office_calendar().why(date(2022, 7, 25))["en"]
        == "Monday 25 July 2022 is a day off: closed for a typhoon (公告)."
    )
