"""A deadline in a calendar program."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.deadlines.counting import TAIPEI, deadline
from portal.cases.deadlines.ics import NoLastDay, calendar_file
from portal.cases.deadlines.rule import DeadlineRule, Pause, Unit
from portal.cases.office_calendar import OfficeCalendar
from tests.icalendars import days, events, faults

RULE = DeadlineRule(15, Unit.CALENDAR, "消費者保護法第43條第2項")
CHANGED = datetime(2022, 1, 20, 9, 30, tzinfo=UTC)


def file(*pauses, received=datetime(2022, 1, 20, 17, 30, tzinfo=TAIPEI), **changed):
    known = {
        "reference": "CC-7Q4M-2K",
        "title": {"zh-Hant": "消費爭議申訴", "en": "Consumer complaint"},
        "language": "zh-Hant",
        "received_at": received,
        "changed_at": CHANGED,
        "url": "https://example.org/services/track/",
    }
    return calendar_file(deadline(RULE, received, OfficeCalendar(), pauses=pauses), **known | changed)


@pytest.mark.parametrize(
    "language, summary, last",
    [
        ("zh-Hant", "期限：消費爭議申訴 CC-7Q4M-2K", "期限至111年2月7日（星期一）止。"),
        ("en", "Due: Consumer complaint CC-7Q4M-2K", "The last day is Monday 7 February 2022."),
    ],
)
def test_it_is_an_all_day_event_on_the_last_day(language, summary, last):
    content = file(language=language)
    assert not faults(content)
    [(uid, event)] = events(content).items()
    assert uid == "deadline-CC-7Q4M-2K"
    assert days(event) == ("20220207", "20220208")
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["SUMMARY"]) == summary
    assert str(event["DESCRIPTION"]).endswith(last)
    assert (str(event["STATUS"]), str(event["CLASS"])) == ("CONFIRMED", "PRIVATE")


def test_the_same_deadline_is_the_same_bytes_and_a_changed_one_the_same_event():
    assert file() == file()
    moved = file(Pause(date(2022, 1, 24), date(2022, 1, 26)), sequence=1)
    [(uid, event)] = events(moved).items()
    assert (uid, event["SEQUENCE"]) == ("deadline-CC-7Q4M-2K", 1)
    assert days(event) == ("20220207", "20220208")


def test_what_may_still_move_is_tentative():
    [event] = events(file(received=datetime(2026, 12, 20, tzinfo=TAIPEI))).values()
    assert str(event["STATUS"]) == "TENTATIVE"


def test_a_stopped_clock_has_no_event():
    with pytest.raises(NoLastDay):
        file(Pause(date(2022, 1, 24)))


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(TAIPEI)),
    st.sampled_from(["zh-Hant", "en"]),
)
def test_every_deadline_makes_a_sound_file(received, language):
    assert not faults(file(received=received, language=language))
