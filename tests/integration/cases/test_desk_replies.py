"""Reply templates: managed by whoever may, checked when they are saved, filled in from the case at a step."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from portal.cases.models import Agency, CaseEvent, ReplyTemplate
from portal.cases.personal.keeping import STORE
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.cases import AGENCY, received
from tests.factories.cases_officers import KIND, desk
from tests.factories.filing import NEW, file, look, main
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

ADD = reverse("case_replies:add")
BODIES = {
    "body_zh_hant": "{agency}於{received}收到 {reference}，最遲 {deadline} 答復。",
    "body_en": "{agency} received {reference} on {received}; an answer comes by {deadline}.",
}


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def template(**changes):
    return ReplyTemplate.objects.create(**{"kind": KIND, "agency": "", "title": "函轉業者"} | BODIES | changes)


def step(reference, name="forward"):
    return reverse("cases_desk:step", args=[reference, name])


def fill(client, address, chosen, **typed):
    response = client.post(address, {"version": 1, "template": chosen.pk, "fill": "1"} | typed)
    assert response.status_code == 200
    return response.context["form"]


def keeper(language):
    user = account("keeper", language=language)
    names = ["access_admin", "add_replytemplate", "change_replytemplate", "view_replytemplate"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return signed_in(user)


def test_templates_are_entered_by_those_who_may(language):
    entry = {"kind": KIND, "agency": AGENCY, "title": "補件"} | BODIES
    keeper(language).post(ADD, entry)
    assert ReplyTemplate.objects.get().title == "補件"
    assert desk(language=language, may_decide=True).post(ADD, entry).status_code == 302
    assert ReplyTemplate.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"body_zh_hant": "案號 {number} 請查收"}, "body_zh_hant", "{number}"),
        ({"body_en": "{deadlin}"}, "body_en", "{deadlin}"),
        ({"body_en": ""}, "body_en", ""),
        ({"agency": "高雄"}, "agency", ""),
        ({"kind": "no-such"}, "kind", ""),
    ],
)
def test_what_is_wrong_is_named(changes, field, said, language):
    entry = {"kind": KIND, "agency": "", "title": "補件"} | BODIES | changes
    errors = keeper(language).post(ADD, entry).context["form"].errors
    assert errors.keys() == {field}
    assert said in str(errors[field])
    assert not ReplyTemplate.objects.exists()


@pytest.mark.parametrize(("page", "words"), [(NEW, "消費者保護官室於"), (f"/en{NEW}", "Consumer Office received")])
def test_a_template_is_filled_in_the_citizen_s_language_and_can_be_edited(client: Client, page, words, language):
    Agency.objects.create(code=AGENCY, name_zh_hant="消費者保護官室", name_en="Consumer Office")
    reference, secret = file(client, page=page)
    chosen = template()
    browser = desk(language=language, may_decide=True)
    assert chosen.title in browser.get(step(reference)).content.decode()
    text = fill(browser, step(reference), chosen, note="您好：")["note"].value()
    assert text.startswith("您好：\n\n")
    assert words in text
    assert reference in text
    assert "{" not in text
    assert CaseEvent.objects.count() == 1
    browser.post(step(reference), {"version": 1, "note": text + " 編輯過"})
    standing = main(look(client, reference, secret, page=page.replace("complaints/new", "track")))
    assert words in standing
    assert "編輯過" in standing


def test_filling_in_keeps_what_was_typed_and_finds_no_faults(language):
    case = received(personal=STORE)
    form = fill(
        desk(language=language, may_decide=True), step(case.reference, "settle"), template(), amount_recovered="x"
    )
    assert form["amount_recovered"].value() == "x"
    assert not form.errors
    assert case.reference in form["note"].value()


def test_only_the_kind_s_and_the_agency_s_templates_are_offered(language):
    case = received(personal=STORE)
    own = template(agency=AGENCY, title="本機關")
    others = [template(agency="other-office", title="他機關"), template(kind="consultation", title="諮詢")]
    browser = desk(language=language, may_decide=True)
    html = browser.get(step(case.reference)).content.decode()
    assert [each.title in html for each in (own, *others)] == [True, False, False]
    for each in others:
        assert fill(browser, step(case.reference), each)["note"].value() == ""
    ReplyTemplate.objects.all().delete()
    assert "desk-template" not in browser.get(step(case.reference)).content.decode()


@pytest.mark.parametrize("chosen", ["", "x", "99999999999999999999"])
def test_a_template_that_is_none_fills_nothing(chosen, language):
    case = received(personal=STORE)
    response = desk(language=language, may_decide=True).post(
        step(case.reference), {"version": 1, "template": chosen, "fill": "1", "note": "您好"}
    )
    assert response.context["form"]["note"].value() == "您好"
    assert CaseEvent.objects.count() == 1
