"""Venues and vehicles are entered in the admin, by those with the permissions."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.resources.models import Resource
from portal.resources.reserving import reserve
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.pages import home, signed_in
from tests.factories.resources import AGENCY, meeting_room, room, slot

pytestmark = pytest.mark.django_db

ADD = reverse("resources:add")
HALL = {
    "type": "venue",
    "code": "fongshan-hall",
    "name_zh_hant": "鳳山大禮堂",
    "name_en": "Fongshan Hall",
    "place_zh_hant": "鳳山行政中心",
    "facility": "venues",
    "capacity": "500",
    "agency": AGENCY,
    "is_offered": "on",
}


@pytest.fixture(params=UI_LANGUAGES)
def keeper(request):
    home()
    user = account("keeper", language=request.param)
    names = ["access_admin", *(f"{verb}_resource" for verb in ("add", "change", "delete", "view"))]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return signed_in(user)


def test_a_venue_is_entered_and_listed(keeper):
    keeper.post(ADD, HALL)
    made = Resource.objects.get()
    assert (made.code, made.facility, made.capacity, made.is_offered) == ("fongshan-hall", "venues", 500, True)
    assert "鳳山大禮堂" in keeper.get(reverse("resources:index")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "鳳山"}, "code"),
        ({"code": "siwei-hall"}, "code"),
        ({"facility": ""}, "__all__"),
        ({"type": "vehicle"}, "__all__"),
        ({"capacity": "0"}, "capacity"),
        ({"agency": "高雄"}, "agency"),
        ({"name_en": ""}, "name_en"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(keeper, changes, field):
    room()
    response = keeper.post(ADD, HALL | changes)
    assert response.context["form"].errors.keys() == {field}
    assert Resource.objects.count() == 1


def test_a_code_stays_as_it_is(keeper):
    hall = room()
    address = reverse("resources:edit", args=[hall.pk])
    assert "code" in keeper.post(address, HALL).context["form"].errors
    keeper.post(address, HALL | {"code": hall.code, "is_offered": ""})
    hall.refresh_from_db()
    assert (hall.name_en, hall.is_offered) == ("Fongshan Hall", False)


def test_what_is_reserved_cannot_be_deleted(keeper):
    hall = room()
    reserve(slot(hall, 0, 2))
    other = meeting_room()
    told = keeper.post(reverse("resources:delete", args=[hall.pk]), follow=True)
    assert [message.level_tag for message in told.context["messages"]] == ["error"]
    keeper.post(reverse("resources:delete", args=[other.pk]))
    assert list(Resource.objects.all()) == [hall]


def test_others_may_not(client):
    home()
    user = account("somebody")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    signed_in(user).post(ADD, HALL)
    assert not Resource.objects.exists()
