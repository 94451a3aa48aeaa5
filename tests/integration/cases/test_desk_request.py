"""A person asks for a copy of what is kept of them, or to have it erased."""

import json

import pytest
from django.urls import reverse

from portal.cases import selectors
from portal.cases.models import Erasure, PersonalIndex, PersonalValue, Reading
from portal.cases.personal.keeping import STORE
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.attachments import attached
from tests.factories.cases import PERSONAL, moved, received
from tests.factories.cases_officers import officer, verified
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def browser(name="lin", *, second_factor=True, **given):
    user = officer(name, **{"may_decide": True, "may_read_personal": True} | given)
    client = signed_in(user)
    return verified(client, user) if second_factor else client


def address(case):
    return reverse("cases_desk:request", args=[case.reference])


def closed(*, has_file=False):
    case = received(personal=STORE)
    if has_file:
        attached(case)
    moved(case, "withdraw", personal=STORE)
    return selectors.case(case.reference)


def test_a_copy_has_all_of_it_and_is_on_record(language):
    case = closed(has_file=True)
    client = browser(language=language)
    page = client.get(reverse("cases_desk:case", args=[case.reference]))
    assert address(case) in page.content.decode()
    assert client.get(address(case)).status_code == 200
    response = client.post(address(case), {"action": "export"})
    assert response["Content-Disposition"] == f'attachment; filename="{case.reference}.json"'
    assert "no-store" in response["Cache-Control"]
    told = json.loads(response.content)
    assert {each["field"]: each["value"] for each in told["values"]}.items() >= PERSONAL.items()
    assert len(told["files"]) == 1
    reading = Reading.objects.get(act="export")
    assert (reading.purpose, reading.reference) == ("request", case.reference)


def test_what_is_erased_is_gone_and_the_case_stays(language):
    case = closed()
    client = browser(language=language)
    refused = client.post(address(case), {"action": "erase", "reference": "CC-00000-00000"})
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"reference"}
    assert PersonalValue.objects.exists()
    response = client.post(address(case), {"action": "erase", "reference": case.reference.lower()}, follow=True)
    assert ("were erased" if language == "en" else "已刪除") in response.content.decode()
    assert not PersonalValue.objects.exists()
    assert not PersonalIndex.objects.exists()
    assert Erasure.objects.get().ground == "request"
    assert selectors.case(case.reference).state == "withdrawn"


def test_an_open_case_keeps_what_it_needs(language):
    case = received(personal=STORE)
    client = browser(language=language)
    page = client.get(address(case)).content.decode()
    assert 'value="erase"' not in page
    refused = client.post(address(case), {"action": "erase", "reference": case.reference})
    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors()
    assert PersonalValue.objects.exists()
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"may_read_personal": False}, 302),
        ({"may_decide": False}, 302),
        ({"agency": "other-office"}, 404),
        ({"second_factor": False}, 302),
    ],
)
def test_it_is_for_whoever_may_read_and_decide_with_a_second_factor(given, status):
    home()
    case = closed()
    client = browser(**given)
    for response in (
        client.get(address(case)),
        client.post(address(case), {"action": "export"}),
        client.post(address(case), {"action": "erase", "reference": case.reference}),
    ):
        assert response.status_code == status
    assert PersonalValue.objects.exists()
    assert not Reading.objects.exists()
