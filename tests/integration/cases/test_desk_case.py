"""A case's page at the officers' desk, and the steps that an officer takes there."""

import pytest
from django.urls import reverse

from portal.cases import selectors
from portal.cases.assigning import assign
from portal.cases.models import CaseEvent, PersonalValue
from portal.cases.personal.keeping import STORE
from portal.cases.transitions import amend
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.cases import PERSONAL, complaint_values, moved, received
from tests.factories.cases_officers import desk, officer
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def url(name, case, *more):
    return reverse(f"cases_desk:{name}", args=[case.reference, *more])


def page(client, case):
    response = client.get(url("case", case))
    assert response.status_code == 200
    return response.content.decode()


def shown(response):
    assert response.status_code == 200
    return response.content.decode()


def state(case):
    return selectors.case(case.reference).state


def types(case):
    return list(CaseEvent.objects.filter(case=case).order_by("number").values_list("type", flat=True))


def test_the_page_tells_what_is_not_personal(language):
    case = received(personal=STORE)
    moved(case, "forward", {"note": "請於文到15日內處理"}, personal=STORE)
    html = page(desk(language=language), case)
    if language == "en":
        expected = ["First complaint", "With the business", "Forward to the business", "Refund", "2,990", "Last day"]
    else:
        expected = ["第一次申訴", "業者處理中", "函請業者處理", "退費", "2,990", "最後一日"]
    assert [each for each in [*expected, "甲乙商行", "04595257", case.reference] if each not in html] == []
    for personal in (*PERSONAL.values(), "請於文到15日內處理"):
        assert personal not in html
    assert url("step", case, "forward") not in html


def test_steps_are_for_whoever_may_take_them(language):
    case = received()
    reader, decider = desk("mei", language=language), desk("lin", language=language, may_decide=True)
    forward = url("step", case, "forward")
    assert forward not in page(reader, case)
    assert forward in page(decider, case)
    for name in ("assign", "amend", "reopen", "merge"):
        assert reader.get(url(name, case)).status_code == 302
        assert reader.post(url(name, case), {"version": 1}).status_code == 302
    assert reader.post(forward, {"version": 1}).status_code == 302
    assert types(case) == ["received"]


@pytest.mark.parametrize("right", [{"agency": "other-office"}, {"kind": "consultation"}])
def test_a_case_of_another_agency_or_kind_is_not_found(right, language):
    case = received()
    client = desk(language=language, may_decide=True, may_read_personal=True, **right)
    addresses = [url("case", case), url("step", case, "forward")]
    addresses += [url(name, case) for name in ("assign", "amend", "reopen", "merge")]
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"version": 1}).status_code in (404, 405), address
    assert client.get(reverse("cases_desk:case", args=["CC-00000-00000"])).status_code == 404
    assert client.get(reverse("cases_desk:case", args=["nonsense"])).status_code == 404
    assert types(case) == ["received"]


def test_a_reference_may_be_typed_in_any_way():
    home()
    case = received()
    typed = case.reference.replace("-", "").lower()
    response = desk().get(reverse("cases_desk:case", args=[typed]))
    assert response.status_code == 302
    assert response.url == url("case", case)


def test_a_step_is_taken_with_what_it_needs(language):
    case = received(personal=STORE)
    user = officer(language=language, may_decide=True)
    client = signed_in(user)
    client.post(url("step", case, "forward"), {"version": 1, "note": "請業者說明"})
    assert state(case) == "with-business"
    event = selectors.timeline(case).last()
    assert (event.type, event.actor) == ("forward", f"user:{user.pk}")
    assert PersonalValue.objects.filter(case=case, event=2, field="note").exists()
    today = event.occurred_at.astimezone().date()
    answered = f"{today.year - 1911}/{today.month}/{today.day}"
    response = client.post(url("step", case, "answer"), {"version": 2, "answered_on": answered}, follow=True)
    assert state(case) == "answered"
    assert selectors.case(case.reference).data["answered_on"] == today.isoformat()
    assert ("has been recorded" if language == "en" else "已登錄") in shown(response)


def test_what_is_wrong_stands_beside_its_field(language):
    case = received()
    client = desk(language=language, may_decide=True)
    response = client.post(url("step", case, "settle"), {"version": 1, "amount_recovered": "a lot", "note": "已和解"})
    html = shown(response)
    assert response.context["form"].errors.keys() == {"amount_recovered"}
    assert ("is an amount in whole dollars" if language == "en" else "整數") in html
    assert "a lot" in html
    assert "已和解" in html
    response = client.post(url("step", case, "settle"), {"version": 1, "amount_recovered": ""})
    assert response.context["form"].errors.keys() == {"amount_recovered"}
    assert state(case) == "received"


def test_a_wrong_step_is_refused_in_words(language):
    case = received()
    client = desk(language=language, may_decide=True)
    html = shown(client.post(url("step", case, "answer"), {"version": 1, "answered_on": "111/3/1"}))
    assert ("is not possible while" if language == "en" else "無法") in html
    assert client.post(url("step", case, "no-such-step"), {"version": 1}).status_code == 404
    assert client.get(url("reopen", case)).status_code == 200
    assert types(case) == ["received"]


def test_a_stale_form_loses_nothing(language):
    case = received()
    client = desk(language=language, may_decide=True)
    moved(case, "forward")
    response = client.post(url("step", case, "withdraw"), {"version": 1, "note": "民眾來電撤回"})
    html = shown(response)
    assert ("Somebody else has moved this case" if language == "en" else "其他人") in html
    assert ("Forward to the business" if language == "en" else "函請業者處理") in html
    assert "民眾來電撤回" in html
    assert 'name="version" value="2"' in html
    assert state(case) == "with-business"
    client.post(url("step", case, "withdraw"), {"version": 2, "note": "民眾來電撤回"})
    assert state(case) == "withdrawn"


def test_a_stale_form_whose_step_is_gone_still_shows_what_was_written(language):
    case = received()
    client = desk(language=language, may_decide=True)
    moved(case, "withdraw")
    html = shown(client.post(url("step", case, "forward"), {"version": 1, "note": "請業者說明"}))
    assert "請業者說明" in html
    assert '<button class="button" type="submit">' not in html


@pytest.mark.parametrize("version", ["", "x", "0", "9", "99999999999999999999999"])
@pytest.mark.parametrize("step", ["forward", "amend"])
def test_a_version_that_is_none_does_no_harm(version, step, language):
    case = received()
    client = desk(language=language, may_decide=True)
    address = url("step", case, "forward") if step == "forward" else url("amend", case)
    assert 'role="alert"' in shown(client.post(address, {"version": version, "amount": "7"}))
    assert types(case) == ["received"]


def test_only_what_was_changed_is_amended(language):
    case = received(personal=STORE)
    client = desk(language=language, may_decide=True)
    form = client.get(url("amend", case)).context["form"]
    html = shown(client.get(url("amend", case)))
    assert [each for each in PERSONAL.values() if each in html] == []
    sent = {name: form[name].value() or "" for name in form.fields}
    assert types(case) == ["received"]
    nothing = client.post(url("amend", case), sent)
    assert ("Nothing was changed." if language == "en" else "並無變更") in shown(nothing)
    client.post(url("amend", case), sent | {"amount": "3,500", "business_tax_id": "", "consumer_phone": "07-1234567"})
    event = selectors.timeline(case).last()
    assert event.data == {"amount": "3500", "business_tax_id": None}
    assert list(PersonalValue.objects.filter(case=case, event=2).values_list("field", flat=True)) == ["consumer_phone"]


def test_an_old_form_does_not_take_back_what_somebody_else_amended(language):
    case = received(personal=STORE)
    client = desk(language=language, may_decide=True)
    form = client.get(url("amend", case)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    amend(case_reference=case.reference, values={"amount": "5000"}, actor="user:9")
    response = client.post(url("amend", case), sent | {"business_name": "丙丁商行"})
    again = {name: response.context["form"][name].value() or "" for name in form.fields}
    assert (again["business_name"], again["amount"], str(again["version"])) == ("丙丁商行", "5000", "2")
    client.post(url("amend", case), again)
    data = selectors.case(case.reference).data
    assert (data["business_name"], data["amount"]) == ("丙丁商行", "5000")


def test_assigning_and_handing_over(language):
    case = received()
    client = desk(language=language, may_decide=True)
    mei = officer("mei", language=language, may_decide=True)
    reader = officer("wang", language=language)
    officer("chen", language=language, agency="other-office", may_decide=True)
    refused = client.post(url("assign", case), {"version": 1, "assignee": f"user:{reader.pk}"})
    assert refused.context["form"].errors.keys() == {"assignee"}
    client.post(url("assign", case), {"version": 1, "assignee": f"user:{mei.pk}"})
    assert selectors.case(case.reference).assignee == f"user:{mei.pk}"
    assert "mei" in page(client, case)
    unknown = client.post(url("assign", case), {"version": 2, "assignee": "user:999999"})
    assert unknown.context["form"].errors.keys() == {"assignee"}
    response = client.post(url("assign", case), {"version": 2, "assignee": f"user:{mei.pk}", "agency": "other-office"})
    assert response.url == reverse("cases_desk:mine")
    found = selectors.case(case.reference)
    assert (found.agency, found.assignee) == ("other-office", "")
    assert client.get(url("case", case)).status_code == 404


def test_reopening(language):
    case = received()
    moved(case, "withdraw")
    client = desk(language=language, may_decide=True)
    assert url("reopen", case) in page(client, case)
    client.post(url("reopen", case), {"version": 2, "reason": "民眾補件"})
    assert state(case) == "received"


def test_merging_only_into_a_case_that_may_be_seen(language):
    case, kept, foreign = received(), received(), received(agency="other-office")
    client = desk(language=language, may_decide=True)
    missing = client.post(url("merge", case), {"version": 1, "into": "CC-00000-00000"})
    hidden = client.post(url("merge", case), {"version": 1, "into": foreign.reference})
    assert missing.context["form"].errors.keys() == hidden.context["form"].errors.keys() == {"into"}
    assert missing.context["form"].errors["into"] == hidden.context["form"].errors["into"]
    client.post(url("merge", case), {"version": 1, "into": kept.reference.lower(), "reason": "重複"})
    assert state(case) == "merged"
    assert kept.reference in page(client, case)
    assert url("amend", case) not in page(client, case)


def test_other_cases_are_named_only_to_those_who_may_see_them(language):
    first = received()
    follower = received(values=complaint_values(stage="second-complaint"), follows=first.reference)
    client = desk(language=language)
    assert follower.reference in page(client, first)
    assert first.reference in page(client, follower)
    assign(case_reference=first.reference, actor="user:1", agency="other-office")
    assert first.reference not in page(client, follower)


def test_a_page_takes_few_queries(language, django_assert_max_num_queries):
    case = received()
    for _ in range(6):
        moved(case, "request-supplement", {"missing": "發票"})
        moved(case, "supplement", actor="citizen")
    client = desk(language=language, may_decide=True)
    page(client, case)
    with django_assert_max_num_queries(25):
        page(client, case)
