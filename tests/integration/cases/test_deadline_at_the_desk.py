"""A deadline explains itself at the desk and in the API, stands still with its clock, and goes into calendars."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from icalendar import Calendar

from portal.cases import selectors, time_limits
from portal.cases.calendar_changes import changing_calendar
from portal.cases.calendar_table import office_calendar
from portal.cases.deadlines.explaining import explain
from portal.cases.models import CalendarDay
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import complaint_values, moved, received
from tests.factories.cases_officers import desk
from tests.factories.modules import COMPLAINTS, READ, Sender
from tests.factories.pages import home

pytestmark = pytest.mark.django_db

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


def march(day):
    return datetime.datetime(2022, 3, day, 10, tzinfo=TAIPEI)


def last_day(content):
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_at_the_desk(language):
    home()
    client = desk(language=language, may_decide=True)
    case = received(received_at=timezone.now() - datetime.timedelta(days=2))
    page = reverse("cases_desk:case", args=[case.reference])
    file = reverse("cases_desk:deadline", args=[case.reference])
    shown = client.get(page).content.decode()
    limit = time_limits.running(case, selectors.timeline(case)).under(office_calendar())
    sentences = explain(limit, "en" if language == "en" else "zh-Hant")
    assert "43" in sentences[0]
    assert all(escape(each) in shown for each in sentences)
    assert file in shown
    event = last_day(client.get(file).content)
    assert event.decoded("dtstart") == limit.due
    assert event["url"].endswith(page)
    assert case.reference in event["summary"]

    step = reverse("cases_desk:step", args=[case.reference, "request-supplement"])
    assert client.post(step, {"version": "1", "missing": "發票"}).status_code == 302
    shown = client.get(page).content.decode()
    assert ("The clock is stopped." if language == "en" else "停止計算") in shown
    assert file not in shown
    assert client.get(file).status_code == 404
    step = reverse("cases_desk:step", args=[case.reference, "supplement"])
    assert client.post(step, {"version": "2"}).status_code == 302
    assert client.get(file).status_code == 200
    assert ("The clock was stopped" if language == "en" else "停止計算期間") in client.get(page).content.decode()


def test_of_cases_that_may_not_be_seen_there_is_none():
    home()
    other = received(agency="other-office", received_at=march(1))
    assert desk().get(reverse("cases_desk:deadline", args=[other.reference])).status_code == 404


def test_in_the_api():
    case = received(received_at=march(1))
    moved(case, "request-supplement", {"missing": "發票"}, occurred_at=march(3))
    module = Sender(READ)
    address = f"{COMPLAINTS}{case.reference}/"
    told = module.get(address).json()["deadline"]
    assert (told["due"], told["stopped"], told["pauses"][0]["first"]) == (None, True, "2022-03-03")
    assert module.get(f"{address}deadline.ics").status_code == 404
    moved(case, "supplement", actor="citizen", occurred_at=march(7))
    told = module.get(address).json()["deadline"]
    assert (told["due"], told["pauses"][0]["last"], told["rule"]["days"]) == ("2022-03-21", "2022-03-07", 15)
    assert "第43條" in told["rule"]["basis"]["zh-Hant"]
    assert len(told["counted"]) == 15
    assert {each["day"] for each in told["skipped"]} >= {f"2022-03-0{day}" for day in range(3, 8)}
    assert told["explanation"][0].keys() == {"zh-Hant", "en"}

    first = module.get(f"{address}deadline.ics")
    assert (first["Content-Type"], first["Cache-Control"]) == ("text/calendar; charset=utf-8", "no-store")
    with changing_calendar():
        CalendarDay.objects.create(date="2022-03-21", name_zh_hant="颱風", name_en="typhoon", source="公告")
    before, after = last_day(first.content), last_day(module.get(f"{address}deadline.ics", lang="en").content)
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == datetime.date(2022, 3, 22)
    assert "typhoon" in after["description"]


def test_whose_case_it_is_not_and_what_has_no_limit():
    module = Sender(READ)
    other = received(agency="other-office")
    assert module.get(f"{COMPLAINTS}{other.reference}/deadline.ics").status_code == 404
    mediation = received(values=complaint_values(stage="mediation"))
    assert module.get(f"{COMPLAINTS}{mediation.reference}/deadline.ics").status_code == 404
    assert Sender("cases:consultation:read").get(f"{COMPLAINTS}{mediation.reference}/deadline.ics").status_code == 403
