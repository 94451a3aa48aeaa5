"""A change to the office calendar moves open deadlines, and each case that it moves says so."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.cases import moving_deadlines, selectors, time_limits, verify
from portal.cases.calendar_changes import changing_calendar
from portal.cases.calendar_table import office_calendar
from portal.cases.models import CalendarDay, Case, CaseEvent
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import complaint_values, moved, received
from tests.factories.cases_officers import officer
from tests.factories.modules import COMPLAINTS, Sender
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
MARCH_3 = datetime.datetime(2022, 3, 3, 10, tzinfo=TAIPEI)
TYPHOON = {
    "date": "2022-03-16",
    "name_zh_hant": "颱風停止上班",
    "name_en": "closed for a typhoon",
    "source": "高雄市政府公告",
}
MOVED = {
    "before": "2022-03-16",
    "after": "2022-03-17",
    "days": [
        {
            "date": "2022-03-16",
            "is_working": False,
            "name": {"zh-Hant": TYPHOON["name_zh_hant"], "en": TYPHOON["name_en"]},
        }
    ],
}


def complaint(day=1, **given):
    """A first complaint received in March 2022: 15 days later its time is over."""
    return received(received_at=datetime.datetime(2022, 3, day, 10, tzinfo=TAIPEI), **given)


def typhoon():
    """The last day of a complaint of 1 March becomes a day off."""
    with changing_calendar():
        CalendarDay.objects.create(**TYPHOON)


def moves(case):
    """What the events of a case say of its last day."""
    return [event.data for event in selectors.timeline(case) if event.type == "deadline-moved"]


def due(case):
    case = Case.objects.get(pk=case.pk)
    limit = time_limits.running(case, selectors.timeline(case))
    return limit and limit.under(office_calendar()).due


def test_each_case_that_moves_says_from_when_to_when_and_why():
    case, later = complaint(), complaint(2)
    before = Case.objects.get(pk=case.pk)
    typhoon()
    assert moves(case) == [MOVED]
    assert moves(later) == []
    (event,) = CaseEvent.objects.filter(type="deadline-moved")
    assert (event.actor, event.number, event.state, event.agency) == ("system:calendar", 2, "received", case.agency)
    case.refresh_from_db()
    assert (case.data, case.state, case.version) == (before.data, before.state, 2)
    assert due(case) == datetime.date(2022, 3, 17)
    assert list(verify.faults()) == []


def test_what_moves_back_says_so_too():
    case = complaint()
    typhoon()
    with changing_calendar():
        CalendarDay.objects.all().delete()
    assert [(each["before"], each["after"]) for each in moves(case)] == [
        ("2022-03-16", "2022-03-17"),
        ("2022-03-17", "2022-03-16"),
    ]
    assert moves(case)[1]["days"] == [{"date": "2022-03-16", "is_working": True, "name": None}]
    assert list(verify.faults()) == []


def test_what_is_closed_stopped_or_without_a_limit_does_not_move():
    closed, stopped = complaint(), complaint()
    moved(closed, "withdraw")
    moved(stopped, "request-supplement", {"missing": "發票"}, occurred_at=MARCH_3)
    complaint(values=complaint_values(stage="mediation"))
    typhoon()
    assert not CaseEvent.objects.filter(type="deadline-moved").exists()


def test_a_change_that_fails_tells_nobody():
    case = complaint()
    with pytest.raises(RuntimeError), changing_calendar():
        CalendarDay.objects.create(**TYPHOON)
        raise RuntimeError
    assert moves(case) == []


def test_many_cases_take_few_statements(django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(moving_deadlines, "_BATCH", 20)
    cases = [complaint() for _ in range(50)]
    before = office_calendar()
    day = CalendarDay.objects.create(**TYPHOON)
    with django_assert_max_num_queries(40):
        assert moving_deadlines.move(before, office_calendar()) == 50
    assert day.pk
    assert all(moves(case) == [MOVED] for case in cases)
    assert list(verify.faults()) == []
    seqs = list(CaseEvent.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(seqs[0], seqs[0] + 100))


def test_the_clock_goes_on_behind_it():
    case = complaint()
    typhoon()
    # A module tells later what was done before the calendar changed.
    moved(case, "request-supplement", {"missing": "發票"}, occurred_at=MARCH_3)
    assert due(case) is None
    moved(case, "supplement", actor="citizen", occurred_at=MARCH_3 + datetime.timedelta(days=4))
    assert due(case) == datetime.date(2022, 3, 21)
    assert list(verify.faults()) == []


def test_the_feed_and_the_case_tell_of_it():
    case = complaint()
    typhoon()
    module = Sender()
    event = module.get("/api/v1/cases/feed/").json()["results"][-1]
    assert (event["reference"], event["type"], event["values"]) == (case.reference, "deadline-moved", {})
    assert event["deadline_moved"] == MOVED
    told = module.get(f"{COMPLAINTS}{case.reference}/").json()
    assert told["deadline"]["due"] == "2022-03-17"
    assert told["values"]["amount"] == "2990"
    assert "deadline_moved" not in told["events"][0]
    assert module.post(
        f"{COMPLAINTS}{case.reference}/events/", {"type": "deadline-moved"}, If_Match="*"
    ).status_code in (
        409,
        422,
    )


@pytest.fixture(params=UI_LANGUAGES)
def keeper(request):
    """The browser of an officer of cases who keeps the calendar too."""
    home()
    user = officer(language=request.param)
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=[f"{verb}_calendarday" for verb in ("add", "change", "delete", "view")])
    )
    client = signed_in(user)
    client.language = request.param
    return client


def test_the_form_says_how_many_move_before_and_after(keeper):
    case, add = complaint(), reverse("calendar_days:add")
    shown = keeper.post(add, TYPHOON)
    assert shown.status_code == 200
    text = shown.content.decode()
    assert case.reference in text
    assert ("moves the last day of 1 open case" if keeper.language == "en" else "1件未結案件") in text
    assert not CalendarDay.objects.exists()
    assert moves(case) == []
    assert 'name="confirmed_moves" value="1"' in text

    # Another case came in between: what was confirmed is not what would happen.
    complaint()
    again = keeper.post(add, TYPHOON | {"confirmed_moves": "1"})
    assert again.status_code == 200
    assert not CalendarDay.objects.exists()

    saved = keeper.post(add, TYPHOON | {"confirmed_moves": "2"}, follow=True).content.decode()
    assert ("The last days of 2 open cases have moved" if keeper.language == "en" else "2件未結案件") in saved
    assert moves(case) == [MOVED]

    page = keeper.get(reverse("cases_desk:case", args=[case.reference])).content.decode()
    assert ("closed for a typhoon" if keeper.language == "en" else "颱風停止上班") in page

    day = CalendarDay.objects.get()
    edited = keeper.post(reverse("calendar_days:edit", args=[day.pk]), TYPHOON | {"is_working": "on"})
    assert edited.status_code == 200
    assert not CalendarDay.objects.get().is_working
    delete = reverse("calendar_days:delete", args=[day.pk])
    assert ("last days of 2 open cases" if keeper.language == "en" else "2件未結案件") in keeper.get(
        delete
    ).content.decode()
    keeper.post(delete)
    assert len(moves(case)) == 2


def test_a_change_that_moves_nothing_is_saved_at_once(keeper):
    complaint()
    assert keeper.post(reverse("calendar_days:add"), TYPHOON | {"date": "2022-08-16"}).status_code == 302
