"""A citizen books a venue: the form, what is said when it is taken, the tracking and the way back."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from portal.cases.models import Case, CaseEvent, Filing
from portal.resources.models import Reservation
from tests.factories.filing import advanced, file, form, handed_out, inputs, look, main, post, told
from tests.factories.resources import AGENCY, meeting_room, room, vehicle
from tests.validity import faults, parse

pytestmark = pytest.mark.django_db

NEW = "/services/bookings/new/"


def typed(first: int = 0, last: int = 2, **changes: str) -> dict[str, str]:
    """What a citizen types: times as a browser's input has them."""
    noon = timezone.localtime().replace(hour=12, minute=0) + datetime.timedelta(days=21)
    times = {
        name: f"{noon + datetime.timedelta(hours=hours):%Y-%m-%dT%H:%M}"
        for name, hours in (("starts_at", first), ("ends_at", last))
    }
    return {
        "venue": "siwei-hall",
        **times,
        "purpose": "talk",
        "audience": "public",
        "attendees": "1,20",
        "event": "鹽埕老照片講座",
        "organiser": "高雄市文史協會",
        "contact_name": "林小美",
        "contact_phone": "0912-345-678",
        "contact_email": "mei@example.org",
    } | changes


def filled(client: Client, page: str = NEW, **values: str) -> dict[str, str]:
    """The fresh form, filled in."""
    return inputs(client.get(page)) | typed() | values


def book(client: Client, page: str = NEW, **values: str) -> tuple[str, str]:
    """The whole way; the reference and the secret."""
    checked = post(client, filled(client, page, **values), "check", page=page)
    assert checked.status_code == 200, main(checked)
    return handed_out(post(client, inputs(checked), "send", page=page))


@pytest.fixture(autouse=True)
def hall():
    return room()


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-Hant"), ("/en", "en")])
def test_a_venue_is_booked_and_tracked(client: Client, prefix, language):
    page = f"{prefix}{NEW}"
    fresh = client.get(page)
    assert faults(fresh.content.decode(), language) == []
    assert fresh["Cache-Control"] == "no-store"
    checked = post(client, filled(client, page), "check", page=page)
    assert faults(checked.content.decode(), language) == []
    assert ("四維大禮堂" if not prefix else "Siwei Hall") in main(checked)
    assert "120" in main(checked)
    done = post(client, inputs(checked), "send", page=page)
    assert faults(done.content.decode(), language) == []
    assert ("7個工作日" if not prefix else "seven working days") in main(done)
    reference, secret = handed_out(done)
    case = Case.objects.get(reference=reference)
    assert (case.agency, case.state, case.data["attendees"]) == (AGENCY, "requested", 120)
    assert case.data["starts_at"].endswith("T04:00:00Z")
    assert "林小美" not in str(case.data)
    seen = look(client, reference, secret, page=f"{prefix}/services/track/")
    assert faults(seen.content.decode(), language) == []
    assert ("已申請" if not prefix else "Requested") in main(seen)
    assert ("四維大禮堂" if not prefix else "Siwei Hall") in main(seen)
    assert "14:00" in main(seen)
    assert reference in told()[0].body


def test_a_time_that_is_taken_is_told_before_anything_is_sent_and_no_case_is_made(client: Client):
    book(client)
    refused = post(
        client,
        filled(client, starts_at=typed(1)["starts_at"], ends_at=typed(0, 3)["ends_at"]),
        "check",
        page=NEW,
    )
    assert refused.status_code == 422
    assert "「四維大禮堂」" in main(refused)
    assert "14:00已有人登記" in main(refused)
    assert inputs(refused)["organiser"] == "高雄市文史協會"
    assert parse(refused.content.decode()).find(".//a[@href='#venue']") is not None
    assert Case.objects.count() == CaseEvent.objects.count() == 1


def test_whoever_is_overtaken_between_check_and_button_is_told_too(client: Client):
    checked = post(client, filled(client), "check", page=NEW)
    book(client, organiser="別人")
    late = post(client, inputs(checked), "send", page=NEW)
    assert late.status_code == 422
    assert "已有人登記" in main(late)
    assert Case.objects.count() == Filing.objects.count() == Reservation.objects.count() == 1


def test_the_same_form_sent_twice_is_answered_the_same(client: Client):
    checked = inputs(post(client, filled(client), "check", page=NEW))
    first, second = (handed_out(post(client, checked, "send", page=NEW)) for _time in range(2))
    assert first == second
    other = post(client, checked | {"organiser": "別人"}, "send", page=NEW)
    assert (other.status_code, first[0] in main(other)) == (409, True)
    assert Case.objects.count() == 1


def test_who_withdraws_gives_the_venue_back(client: Client):
    reference, secret = book(client)
    version = str(Case.objects.get().version)
    asked = look(client, reference, secret, step="withdraw", version=version)
    assert "確定要撤回借用申請嗎" in main(asked)
    assert Reservation.objects.exists()
    done = look(client, reference, secret, step="withdraw", version=version, sure="1")
    assert "已撤回申請" in main(done)
    assert not Reservation.objects.exists()
    book(client)


def test_the_citizen_is_told_of_another_time_and_of_a_refusal(client: Client):
    other = meeting_room()
    reference, secret = book(client)
    told()
    begin = timezone.localtime() + datetime.timedelta(days=30)
    times = {"starts_at": begin.isoformat(), "ends_at": (begin + datetime.timedelta(hours=1)).isoformat()}
    advanced(reference, "move", venue=other.code, **times)
    seen = main(look(client, reference, secret))
    assert "302會議室" in seen
    assert "已核准" in seen
    assert "等待您補充資料" not in seen
    assert reference in told()[0].body
    advanced(reference, "cancel", ground="emergency")
    assert "災害或疫情" in main(look(client, reference, secret))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"venue": "nowhere"}, "venue"),
        ({"venue": "van-1"}, "venue"),
        ({"venue": ""}, "venue"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": "2022-13-45T99:99"}, "starts_at"),
        ({"starts_at": "2022-03-03T09:00"}, "starts_at"),
        ({"ends_at": "2022-03-03T09:00"}, "ends_at"),
        ({"attendees": "many"}, "attendees"),
        ({"attendees": "0"}, "attendees"),
        ({"attendees": "9" * 40}, "attendees"),
        ({"organiser": ""}, "organiser"),
        ({"contact_phone": "", "contact_email": ""}, "contact_phone"),
        ({"facility": "venues"}, ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client: Client, values, field):
    vehicle()
    answer = post(client, filled(client) | values, "send", page=NEW)
    assert answer.status_code == 422
    page = parse(answer.content.decode())
    if field:
        assert page.find(f".//p[@id='{field}-problem']") is not None
    assert 'class="problems"' in answer.content.decode()
    assert not Case.objects.exists()


def test_a_day_of_the_roc_calendar_is_taken_too(client: Client):
    start = datetime.date.today() + datetime.timedelta(days=40)
    day = f"{start.year - 1911}/{start.month}/{start.day}"
    book(client, starts_at=f"{day} 9:00", ends_at=f"{day} １２:30")
    data = Case.objects.get().data
    assert (data["starts_at"], data["ends_at"]) == (f"{start}T01:00:00Z", f"{start}T04:30:00Z")


def test_the_form_begins_with_the_venue_that_the_address_names(client: Client):
    page = parse(client.get(f"{NEW}?venue=siwei-hall").content.decode())
    assert page.find(".//input[@value='siwei-hall'][@checked]") is not None
    page = parse(client.get(f"{NEW}?venue=<script>").content.decode())
    assert page.find(".//input[@checked]") is None


def test_complaints_go_where_they_went(client: Client):
    reference, _secret = file(client)
    assert Case.objects.get(reference=reference).agency == "consumer-office"
    assert form(client)["consumer_name"]


def test_where_nothing_can_be_booked_that_is_said(client: Client, hall):
    assert NEW in client.get("/services/").content.decode()
    hall.is_offered = False
    hall.save()
    assert NEW not in client.get("/services/").content.decode()
    assert "目前沒有可線上借用的場地" in main(client.get(NEW))
    assert "目前沒有可線上借用的場地" in main(client.post(NEW, typed()))
    assert not Case.objects.exists()
