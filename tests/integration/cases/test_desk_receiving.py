"""Receiving at the desk what came by counter, telephone or letter, and taking a case to its next stage."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.cases import selectors
from portal.cases.models import Case, CaseEvent, Filing, PersonalValue, Reading
from portal.cases.personal.keeping import STORE
from portal.cases.personal.reading import read
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import AGENCY, COMPLAINT, PERSONAL, moved, received
from tests.factories.cases_officers import KIND, desk
from tests.factories.filing import advanced, file, look, main, told
from tests.factories.pages import home

pytestmark = pytest.mark.django_db

RECEIVE = reverse("cases_desk:receive", args=[KIND])
TYPED = (
    COMPLAINT | PERSONAL | {"channel": "counter", "amount": "2,990", "case-agency": AGENCY, "case-tracking": "zh-Hant"}
)


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def officer(**given):
    return desk(**{"may_decide": True} | given)


def send(client, address=RECEIVE, **changes):
    form = client.get(address).context["form"]
    return client.post(address, {"case-form": form["case-form"].value()} | TYPED | changes)


def secret_in(response):
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.context["secret"]


def continuing(case, stage):
    return reverse("cases_desk:continue", args=[case.reference, stage])


def test_a_case_from_the_counter_to_the_citizen_s_tracking(client: Client, language):
    response = send(officer(language=language))
    case = Case.objects.get()
    assert (case.data["channel"], case.data["amount"], case.agency) == ("counter", "2990", AGENCY)
    assert CaseEvent.objects.get().actor == f"user:{response.wsgi_request.user.pk}"
    kept = read(case, fields=PERSONAL, actor="system:test", purpose=Reading.Purpose.HANDLING)
    assert {name: value.reveal() for name, value in kept.items()} == PERSONAL
    html = response.content.decode()
    for said in (case.reference, secret_in(response), "Last day" if language == "en" else "最後一日"):
        assert said in html
    assert [each for each in PERSONAL.values() if each in html] == []
    assert case.reference in main(look(client, case.reference, response.context["secret"]))
    [message] = told()
    assert message.to == [PERSONAL["consumer_email"]]
    assert case.reference in message.body


def test_one_form_makes_one_case_and_says_the_same_again(language):
    client = officer(language=language)
    form = client.get(RECEIVE).context["form"]["case-form"].value()
    first, second = (client.post(RECEIVE, TYPED | {"case-form": form}) for _time in range(2))
    assert secret_in(first) == secret_in(second)
    other = client.post(RECEIVE, TYPED | {"case-form": form, "amount": "1"})
    assert Case.objects.get().reference in str(other.context["form"].non_field_errors())
    Filing.objects.update(made_at=timezone.now() - datetime.timedelta(hours=2))
    assert secret_in(client.post(RECEIVE, TYPED | {"case-form": form})) is None
    assert Case.objects.count() == CaseEvent.objects.count() == 1


def test_who_does_not_want_to_track_gets_no_secret_and_no_mail(language):
    assert secret_in(send(officer(language=language), **{"case-tracking": "no"})) is None
    assert told() == []
    assert Filing.objects.get().secret == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consumer_name": ""}, "consumer_name"),
        ({"consumer_phone": "", "consumer_email": ""}, "consumer_phone"),
        ({"case-received-at": "2999-01-01T09:00"}, "case-received-at"),
        ({"case-received-at": "yesterday"}, "case-received-at"),
        ({"case-received-at": "1111-01-01T09:00"}, "case-received-at"),
        ({"case-agency": "other-office"}, "case-agency"),
        ({"channel": "pigeon"}, "channel"),
        ({"stage": ""}, "stage"),
        ({"business_name": "A123456789"}, "business_name"),
        ({"consumer_name": "王\u202e小明"}, "consumer_name"),
        ({"case-tracking": "de"}, "case-tracking"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(changes, field, language):
    response = send(officer(language=language), **changes)
    assert field in response.context["form"].errors
    assert response.context["form"]["demand"].value() == "refund"
    assert not Case.objects.exists()
    assert not PersonalValue.objects.exists()


def test_the_day_of_receipt_counts_and_clocks_may_differ(language):
    client = officer(language=language)
    monday = timezone.localtime() - datetime.timedelta(days=3)
    send(client, **{"case-received-at": f"{monday:%Y-%m-%dT%H:%M}"})
    assert timezone.localtime(Case.objects.get().received_at).date() == monday.date()
    soon = timezone.localtime() + datetime.timedelta(minutes=3)
    send(client, **{"case-received-at": f"{soon:%Y-%m-%dT%H:%M}"})
    assert Case.objects.count() == 2


def test_identity_numbers_in_free_text_are_warned_of(language):
    client, text = officer(language=language), "身分證 A123456789，賣家不退款"
    warned = send(client, description=text)
    assert warned.context["warns"]
    assert not Case.objects.exists()
    send(client, description=text, numbers="mask")
    send(client, description=text, numbers="keep")
    said = [
        read(case, fields=["description"], actor="system:test", purpose="handling")["description"].reveal()
        for case in Case.objects.order_by("pk")
    ]
    assert said == ["身分證 A12****789，賣家不退款", text]


@pytest.mark.parametrize("rights", [{"may_decide": False}, {"kind": "consultation"}])
def test_who_may_not_receive_does_not(rights, language):
    client = officer(language=language, **rights)
    assert client.post(RECEIVE, TYPED).status_code == 302
    assert RECEIVE not in client.get(reverse("cases_desk:new")).content.decode()
    assert client.get(reverse("cases_desk:receive", args=["no-such-kind"])).status_code == 404
    assert not Case.objects.exists()


def test_a_kind_without_stages_and_time_limits(language):
    client = officer(language=language, kind="consultation")
    address = reverse("cases_desk:receive", args=["consultation"])
    response = client.post(
        address,
        {
            "case-agency": AGENCY,
            "channel": "telephone",
            "subject": "food",
            "case-tracking": "no",
            "question": "能退嗎？",
        },
    )
    assert secret_in(response) is None
    assert Case.objects.get().kind == "consultation"


def test_the_next_stage_goes_on_with_what_is_known(client: Client, language):
    reference, secret = file(client)
    told()
    advanced(reference, "forward")
    told()
    first = Case.objects.get()
    browser = officer(language=language)
    page = browser.get(reverse("cases_desk:case", args=[reference])).content.decode()
    second, mediation = continuing(first, "second-complaint"), continuing(first, "mediation")
    assert second in page
    assert mediation in page
    asked = browser.get(second)
    assert asked.context["form"]["business_name"].value() == "甲乙商行"
    assert [each for each in PERSONAL.values() if each in asked.content.decode()] == []
    missing = browser.post(second, {"case-agency": AGENCY, "channel": ""})
    assert missing.context["form"].errors.keys() == {"channel"}
    shown = browser.post(second, {"case-agency": AGENCY, "channel": "counter", "amount": "3,000"})
    later = Case.objects.latest("pk")
    assert shown.status_code == 200
    assert secret_in(shown) is None
    assert (later.follows, later.stage, later.data["channel"]) == (first, "second-complaint", "counter")
    assert (later.data["amount"], later.data["business_name"]) == ("3000", "甲乙商行")
    kept = read(later, fields=PERSONAL, actor="system:test", purpose="handling")
    assert kept["consumer_name"].reveal() == PERSONAL["consumer_name"]
    for one, other in ((first, later), (later, first)):
        page = browser.get(reverse("cases_desk:case", args=[one.reference])).content.decode()
        assert other.reference in page
    assert later.reference in main(look(client, reference, secret))
    [message] = told()
    assert (later.reference in message.body, reference in message.body) == (True, True)
    again = browser.post(second, {"case-agency": AGENCY, "channel": "counter"})
    assert later.reference in str(again.context["form"].non_field_errors())
    assert not again.context["is_possible"]
    assert Case.objects.count() == 2


def test_a_stage_that_follows_an_untracked_case_can_be_tracked(client: Client, language):
    first = received(personal=STORE)
    shown = officer(language=language).post(
        continuing(first, "second-complaint"), {"case-agency": AGENCY, "channel": "counter", "case-tracking": "en"}
    )
    later = Case.objects.latest("pk")
    assert later.reference in main(look(client, later.reference, secret_in(shown)))
    assert Filing.objects.get().language == "en"


def test_a_stage_that_cannot_follow_is_refused_in_words(language):
    closed = received()
    moved(closed, "withdraw")
    client = officer(language=language)
    address = continuing(closed, "second-complaint")
    assert address not in client.get(reverse("cases_desk:case", args=[closed.reference])).content.decode()
    refused = client.post(address, {"case-agency": AGENCY, "channel": "counter", "case-tracking": "no"})
    assert refused.context["form"].non_field_errors()
    for stage in ("first-complaint", "no-such"):
        assert client.get(continuing(closed, stage)).status_code == 404
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("rights", "status"), [({"may_decide": False}, 302), ({"agency": "other-office"}, 404)])
def test_a_case_of_others_is_not_continued(rights, status, language):
    first = received()
    client = officer(language=language, **rights)
    address = continuing(first, "second-complaint")
    assert client.get(address).status_code == status
    assert client.post(address, {"case-agency": AGENCY, "channel": "counter"}).status_code == status
    assert not selectors.followers(first).exists()
