"""Who works on which cases is entered in the admin, by those with the permissions."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.cases.models import Officer
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.cases import AGENCY
from tests.factories.cases_officers import KIND, desk
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

ADD = reverse("case_officers:add")


@pytest.fixture(params=UI_LANGUAGES)
def keeper(request):
    home()
    user = account("keeper", language=request.param)
    names = ["access_admin", "add_officer", "change_officer", "delete_officer", "view_officer"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return signed_in(user)


def entry(user, /, **changes):
    return {"user": user.pk, "kind": KIND, "agency": AGENCY} | changes


def test_rights_are_entered_and_the_least_by_default(keeper):
    mei = account("mei")
    keeper.post(ADD, entry(mei))
    row = Officer.objects.get()
    assert (row.user, row.kind, row.agency, row.may_decide, row.may_read_personal) == (mei, KIND, AGENCY, False, False)
    assert AGENCY in keeper.get(reverse("case_officers:index")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"), [({"agency": "高雄"}, "agency"), ({"kind": "no-such"}, "kind"), ({"user": ""}, "user")]
)
def test_what_is_wrong_is_said_beside_its_field(keeper, changes, field):
    response = keeper.post(ADD, entry(account("mei"), **changes))
    assert response.context["form"].errors.keys() == {field}
    assert not Officer.objects.exists()


def test_an_entry_is_made_once(keeper):
    mei = account("mei")
    keeper.post(ADD, entry(mei))
    assert keeper.post(ADD, entry(mei)).context["form"].errors
    assert Officer.objects.count() == 1


def test_an_officer_may_not_widen_their_own_rights():
    home()
    client = desk(may_decide=True)
    row = Officer.objects.get()
    for address in (ADD, reverse("case_officers:edit", args=[row.pk])):
        assert client.post(address, entry(row.user, may_read_personal="on")).status_code == 302
    row.refresh_from_db()
    assert not row.may_read_personal
    assert Officer.objects.count() == 1
