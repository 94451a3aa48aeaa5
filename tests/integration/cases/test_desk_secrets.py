"""A citizen who has no secret, or has lost it, is given another: shown once, or mailed."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.cases import giving_secrets, tracking_secrets
from portal.cases.models import Case, Filing
from portal.cases.personal.keeping import STORE
from portal.cases.refusals import NotAllowed, StaleVersion
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import complaint_values, received
from tests.factories.cases_officers import desk
from tests.factories.filing import advanced, file, look, main, told
from tests.factories.pages import home

pytestmark = pytest.mark.django_db


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def give(client, reference, how="here", version=1, language="zh-Hant"):
    sent = {"version": version, "how": how, "language": language}
    return client.post(reverse("cases_desk:secret", args=[reference]), sent)


def test_the_old_secret_ends_and_the_citizen_is_told(client: Client, language):
    reference, old = file(client)
    told()
    shown = give(desk(language=language, may_decide=True), reference)
    new = shown.context["secret"]
    assert new in shown.content.decode()
    assert look(client, reference, old).status_code == 422
    assert "已核發新查詢碼" in main(look(client, reference, new))
    [message] = told()
    assert "新查詢碼" in message.subject
    assert new not in message.body
    assert "請立即與我們聯絡" in message.body
    assert Filing.objects.get().to_send == ""


def test_a_case_of_another_way_in_can_be_tracked_then(client: Client, language):
    case = received("consumer-complaint", actor="module:elsewhere", personal=STORE)
    assert told() == []
    secret = give(desk(language=language, may_decide=True), case.reference, language="en").context["secret"]
    assert case.reference in main(look(client, case.reference, secret))
    advanced(case.reference, "forward")
    assert [each.extra_headers["Content-Language"] for each in told()] == ["en", "en"]


def test_a_mailed_secret_is_seen_by_the_citizen_alone(client: Client, language):
    reference, old = file(client)
    told()
    browser = desk(language=language, may_decide=True)
    answer = give(browser, reference, "mail")
    assert answer.status_code == 302
    filing = Filing.objects.get()
    secret = tracking_secrets.derived(filing.to_send)
    assert secret not in browser.get(answer.url).content.decode()
    [message] = told()
    [(html, _type)] = message.alternatives
    assert secret in message.body
    assert secret in html
    assert look(client, reference, old).status_code == 422
    assert look(client, reference, secret).status_code == 200
    filing.refresh_from_db()
    assert filing.to_send == ""
    assert told() == []


def test_only_the_last_of_two_mailed_secrets_is_sent(client: Client):
    reference, _old = file(client)
    told()
    for version in (1, 2):
        giving_secrets.give(case_reference=reference, actor="user:1", by_mail=True, expected_version=version)
    secret = tracking_secrets.derived(Filing.objects.get().to_send)
    assert [secret in message.body for message in told()] == [False, True]


def test_without_an_address_none_is_mailed(language):
    case = received(personal=STORE, values=complaint_values(consumer_email=None))
    refused = give(desk(language=language, may_decide=True), case.reference, "mail")
    assert refused.context["form"].errors.keys() == {"how"}
    with pytest.raises(giving_secrets.NoAddress):
        giving_secrets.give(case_reference=case.reference, actor="user:1", by_mail=True)
    assert Case.objects.get().version == 1
    assert not Filing.objects.exists()


def test_a_later_stage_gets_the_secret_of_its_matter(client: Client, language):
    reference, _old = file(client)
    follower = received(values={"stage": "second-complaint", "channel": "counter"}, follows=reference, personal=STORE)
    shown = give(desk(language=language, may_decide=True), follower.reference)
    assert Filing.objects.get().case.reference == reference
    assert follower.reference in main(look(client, reference, shown.context["secret"]))


def test_a_stale_form_gives_none(client: Client, language):
    reference, old = file(client)
    advanced(reference, "forward")
    assert give(desk(language=language, may_decide=True), reference).context["since"]
    assert look(client, reference, old).status_code == 200


@pytest.mark.parametrize(("rights", "status"), [({}, 302), ({"may_decide": True, "agency": "other-office"}, 404)])
def test_others_give_none(client: Client, rights, status, language):
    reference, old = file(client)
    assert give(desk(language=language, **rights), reference).status_code == status
    assert look(client, reference, old).status_code == 200


def test_the_service_refuses_citizens_and_stale_versions():
    case = received()
    with pytest.raises(NotAllowed):
        giving_secrets.give(case_reference=case.reference, actor="citizen")
    with pytest.raises(StaleVersion):
        giving_secrets.give(case_reference=case.reference, actor="user:1", expected_version=7)
