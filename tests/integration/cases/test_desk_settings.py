"""The names of agencies, and the list of modules."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.api.v1.cases import modules
from portal.cases.assigning import assign
from portal.cases.models import Agency
from portal.cases.personal.keeping import STORE
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.cases import AGENCY, received
from tests.factories.cases_officers import desk, officer
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

ADD = reverse("case_agencies:add")
MODULES = reverse("case_modules")
NAMES = {"name_zh_hant": "消費者保護官室", "name_en": "Consumer Office"}


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


def test_an_agency_is_called_by_its_name_at_the_desk(language):
    user = account("keeper", language=language)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "add_agency", "view_agency"]))
    keeper = signed_in(user)
    keeper.post(ADD, {"code": AGENCY} | NAMES)
    assert keeper.post(ADD, {"code": AGENCY} | NAMES).context["form"].errors.keys() == {"code"}
    assert keeper.post(ADD, {"code": "高雄"} | NAMES).context["form"].errors.keys() == {"code"}
    assert Agency.objects.count() == 1
    case = received(personal=STORE)
    officer("chen", agency="other-office", may_decide=True)
    browser = desk(language=language, may_decide=True)
    name = NAMES["name_en" if language == "en" else "name_zh_hant"]
    assert name in browser.get(reverse("cases_desk:case", args=[case.reference])).content.decode()
    choices = browser.get(reverse("cases_desk:assign", args=[case.reference])).context["form"].fields["agency"].choices
    assert ("other-office", "other-office") in choices
    assign(case_reference=case.reference, agency="other-office", actor="user:1")
    seen = desk("wang", language=language, agency="other-office")
    assert f"{name} → other-office" in seen.get(reverse("cases_desk:case", args=[case.reference])).content.decode()


def test_modules_are_listed_for_superusers(language):
    client = modules.create(name="消保模組", agency=AGENCY, scopes=["cases:consultation:read"])
    ended = modules.create(name="舊模組", agency=AGENCY, scopes=[])
    modules.end(ended.id)
    root = account("root", language=language, superuser=True)
    html = signed_in(root).get(MODULES).content.decode()
    for said in ("消保模組", client.id, "cases:consultation:read", "舊模組"):
        assert said in html
    assert client.secret not in html
    assert html.index("消保模組") < html.index("舊模組")
    assert desk(language=language, may_decide=True).get(MODULES).status_code == 302


def test_the_list_tells_when_a_module_was_given_a_token_last(client):
    home()
    module = modules.create(name="消保模組", agency=AGENCY, scopes=["cases:consultation:read"])
    root = signed_in(account("root", superuser=True))
    assert root.get(MODULES).context["modules"][0]["last_token"] == ""
    answer = client.post(
        reverse("api-token"),
        {"grant_type": "client_credentials", "client_id": module.id, "client_secret": module.secret},
    )
    assert answer.status_code == 200
    assert root.get(MODULES).context["modules"][0]["last_token"] != ""
