"""Personal data at the officers' desk: shown to whoever may, with a second factor and for a purpose, on record."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.http import urlencode
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.cases.models import Reading
from portal.cases.personal.keeping import STORE
from tests.factories.accounts import PASSWORD, UI_LANGUAGES
from tests.factories.cases import PERSONAL, complaint_values, moved, received
from tests.factories.cases_officers import code, officer, verified
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

SECOND_FACTOR = reverse("cases_desk:second_factor")
FIND = reverse("cases_desk:find")


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def browser(name="lin", *, second_factor=True, **given):
    user = officer(name, **given)
    client = signed_in(user)
    return verified(client, user) if second_factor else client


def ask(client, case, purpose="handling"):
    return client.post(reverse("cases_desk:personal", args=[case.reference]), {"purpose": purpose})


def leaked(response):
    html = response.content.decode()
    return [each for each in PERSONAL.values() if each in html]


def test_it_is_shown_for_a_purpose_and_kept_on_record(language):
    case = received(personal=STORE)
    moved(case, "forward", {"note": "身分證 A123456789 已核對"}, personal=STORE)
    client = browser(language=language, may_read_personal=True)
    before = client.get(reverse("cases_desk:case", args=[case.reference]))
    assert leaked(before) == []
    assert not Reading.objects.exists()
    response = ask(client, case)
    html = response.content.decode()
    assert leaked(response) == list(PERSONAL.values())
    assert "A123456789" not in html
    assert "A12****789" in html
    assert ("Handling the case" if language == "en" else "辦理本案") in html
    assert "no-store" in response.headers["Cache-Control"]
    row = Reading.objects.get()
    assert (row.act, row.reference, row.purpose) == ("read", case.reference, "handling")
    assert row.actor == f"user:{response.wsgi_request.user.pk}"
    assert {"consumer_name", "note"} <= set(row.fields)


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_without_a_purpose_nothing_is_read(purpose, language):
    case = received(personal=STORE)
    response = ask(browser(language=language, may_read_personal=True), case, purpose)
    assert response.context["purpose_form"].errors.keys() == {"purpose"}
    assert leaked(response) == []
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("rights", "second_factor", "status"),
    [
        ({"may_read_personal": True}, True, 200),
        ({"may_read_personal": True}, False, 302),
        ({"may_decide": True}, True, 302),
        ({}, True, 302),
        ({"may_read_personal": True, "agency": "other-office"}, True, 404),
        ({"may_read_personal": True, "kind": "consultation"}, True, 404),
    ],
)
def test_the_matrix_of_rights(rights, second_factor, status, language):
    case = received(personal=STORE)
    client = browser(language=language, second_factor=second_factor, **rights)
    response = ask(client, case)
    assert response.status_code == status
    assert bool(leaked(response)) == (status == 200)
    assert Reading.objects.exists() == (status == 200)
    page = client.get(reverse("cases_desk:case", args=[case.reference]))
    if page.status_code == 200:
        assert leaked(page) == []
        assert ("/personal/" in page.content.decode()) == (status == 200)


def test_the_address_alone_shows_nothing():
    home()
    case = received(personal=STORE)
    response = browser(may_read_personal=True).get(reverse("cases_desk:personal", args=[case.reference]))
    assert response.url == reverse("cases_desk:case", args=[case.reference])


def test_the_second_factor_is_set_up_with_the_password_and_a_code(language):
    case = received(personal=STORE)
    user = officer(language=language, may_read_personal=True)
    client = signed_in(user)
    page = reverse("cases_desk:case", args=[case.reference])
    assert ask(client, case).url == f"{SECOND_FACTOR}?{urlencode({'next': page})}"
    wrong = client.post(SECOND_FACTOR, {"password": "guess", "next": page})
    assert wrong.context["form"].errors.keys() == {"password"}
    assert not TOTPDevice.objects.exists()
    begun = client.post(SECOND_FACTOR, {"password": PASSWORD, "next": page})
    device = TOTPDevice.objects.get(user=user)
    assert begun.context["secret"] in begun.content.decode()
    assert begun.context["secret"] not in client.get(SECOND_FACTOR).content.decode()
    assert not device.confirmed
    assert ask(client, case).status_code == 302
    confirmed = client.post(SECOND_FACTOR, {"code": code(device), "next": page})
    assert confirmed.url == page
    assert leaked(ask(client, case)) == list(PERSONAL.values())


def test_each_session_confirms_again_and_a_code_works_once(language):
    case = received(personal=STORE)
    user = officer(language=language, may_read_personal=True)
    device = TOTPDevice.objects.create(user=user, name="authenticator")
    first, second = signed_in(user), signed_in(user)
    assert ask(first, case).status_code == 302
    shown = code(device)
    assert first.post(SECOND_FACTOR, {"code": f" {shown[:3]} {shown[3:]}"}).status_code == 302
    assert ask(first, case).status_code == 200
    again = second.post(SECOND_FACTOR, {"code": shown})
    assert again.context["form"].errors.keys() == {"code"}
    assert ask(second, case).status_code == 302
    too_soon = second.post(SECOND_FACTOR, {"code": shown})
    assert ("Too many wrong codes" if language == "en" else "次數過多") in too_soon.content.decode()


def test_who_has_a_second_factor_cannot_replace_it_by_the_password():
    home()
    user = officer(may_read_personal=True)
    TOTPDevice.objects.create(user=user, name="authenticator")
    signed_in(user).post(SECOND_FACTOR, {"password": PASSWORD})
    assert TOTPDevice.objects.get(user=user).confirmed


def test_a_lost_second_factor_is_forgotten():
    home()
    case = received(personal=STORE)
    client = browser(may_read_personal=True)
    assert ask(client, case).status_code == 200
    call_command("second_factor", "forget", "lin", stdout=io.StringIO())
    assert ask(client, case).status_code == 302
    for name in ("lin", "nobody"):
        with pytest.raises(CommandError):
            call_command("second_factor", "forget", name)


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_it_leads_nowhere_else(address):
    home()
    user = officer(may_read_personal=True)
    device = TOTPDevice.objects.create(user=user, name="authenticator")
    response = signed_in(user).post(SECOND_FACTOR, {"code": code(device), "next": address})
    assert response.url == reverse("cases_desk:mine")


def test_the_second_factor_is_only_for_those_who_need_it():
    home()
    assert browser(second_factor=False).get(SECOND_FACTOR).status_code == 302


@pytest.mark.parametrize("contact", ["０９１２ ３４５ ６７８", "+886-912-345-678", "MING@example.org"])
def test_a_person_is_found_by_the_exact_number_or_address(contact, language):
    case = received(personal=STORE)
    received(personal=STORE, values=complaint_values(consumer_phone="0922-000-111", consumer_email="a@example.org"))
    received(personal=STORE, agency="other-office")
    client = browser(language=language, may_read_personal=True)
    response = client.post(FIND, {"contact": contact, "purpose": "handling"})
    assert [row.case.reference for row in response.context["rows"]] == [case.reference]
    row = Reading.objects.get()
    assert (row.act, row.purpose, row.found) == ("find", "handling", 2)


def test_a_part_of_a_number_is_refused_in_words(language):
    client = browser(language=language, may_read_personal=True)
    response = client.post(FIND, {"contact": "345-678", "purpose": "handling"})
    assert response.context["person_form"].errors.keys() == {"contact"}
    assert not Reading.objects.exists()


@pytest.mark.parametrize(("rights", "second_factor"), [({"may_read_personal": True}, False), ({}, True)])
def test_nobody_else_finds_people(rights, second_factor, language):
    received(personal=STORE)
    client = browser(language=language, second_factor=second_factor, **rights)
    response = client.post(FIND, {"contact": PERSONAL["consumer_phone"], "purpose": "handling"})
    assert response.url == FIND
    assert 'name="contact"' not in client.get(FIND).content.decode()
    assert not Reading.objects.exists()


def test_a_case_is_found_by_its_reference_however_it_was_typed(language):
    case, foreign = received(), received(agency="other-office")
    client = browser(language=language, second_factor=False)
    typed = case.reference.replace("-", " ").lower()
    assert client.post(FIND, {"reference": typed}).url == reverse("cases_desk:case", args=[case.reference])
    hidden = client.post(FIND, {"reference": foreign.reference})
    missing = client.post(FIND, {"reference": "CC-00000-00000"})
    assert hidden.context["form"].errors == missing.context["form"].errors != {}
