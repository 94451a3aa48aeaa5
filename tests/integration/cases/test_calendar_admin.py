"""The office calendar in the admin: looked at by year, and corrected day by day, in both languages."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.cases.calendar_changes import calendar_changed
from portal.cases.calendar_table import office_calendar
from portal.cases.models import CalendarDay, CalendarYear
from tests.factories.accounts import UI_LANGUAGES, account
from tests.factories.pages import home, signed_in

pytestmark = pytest.mark.django_db

TYPHOON = {
    "date": "2022-07-25",
    "name_zh_hant": "颱風停止上班",
    "name_en": "closed for a typhoon",
    "source": "高雄市政府111年7月24日公告",
}
DAYS = [f"{action}_calendarday" for action in ("add", "change", "delete", "view")]
YEARS = [f"{action}_calendaryear" for action in ("add", "change", "delete", "view")]


def officer(*permissions, language="zh-hant"):
    """The browser of somebody who may enter the admin, and has these permissions besides."""
    user = account("lin", language=language)
    names = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return signed_in(user)


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


@pytest.fixture
def keeper(language):
    return officer(*DAYS, *YEARS, language=language)


def year(client, number):
    return client.get(reverse("office_calendar:year", args=[number]))


def test_a_year_lists_what_is_out_of_the_ordinary(keeper, language):
    response = year(keeper, 2022)
    shown = response.content.decode()
    assert response.status_code == 200
    assert len(response.context["rows"]) == 14
    assert (response.context["working"], response.context["days_off"]) == (250, 115)
    if language == "en":
        expected = ["250 working days, 115 days off.", "Dragon Boat Festival", "22 January 2022", "makes up for"]
    else:
        expected = ["全年上班250日，放假115日。", "端午節", "111年1月22日", "補行111年2月4日"]
    assert all(each in shown for each in expected)


def test_the_months_show_each_day_once(keeper):
    months = year(keeper, 2024).context["months"]
    cells = [cell for month in months for week in month.weeks for cell in week if cell]
    assert len(months) == 12
    assert len(cells) == 366
    assert all(len(week) == 7 for month in months for week in month.weeks)
    february = months[1]
    assert february.weeks[0][:4] == [None] * 4
    assert [cell.number for cell in february.weeks[2] if cell.is_working] == [15, 16, 17]


def test_without_a_year_it_is_the_present_one(keeper):
    assert keeper.get(reverse("office_calendar:index")).status_code == 200


@pytest.mark.parametrize("number", [0, 1997, 2101, 99999999])
def test_years_without_a_calendar_are_not_found(keeper, number):
    assert year(keeper, number).status_code == 404


def test_a_day_is_entered_changed_and_taken_out(keeper, language):
    response = keeper.post(reverse("calendar_days:add"), TYPHOON)
    assert response["Location"] == reverse("office_calendar:year", args=[2022])
    assert not office_calendar().is_working(date(2022, 7, 25))
    entered = CalendarDay.objects.get()
    shown = year(keeper, 2022).content.decode()
    assert ("closed for a typhoon" if language == "en" else "颱風停止上班") in shown
    assert TYPHOON["source"] in shown
    assert ("instead of a working day" if language == "en" else "原為上班日") in shown

    edit = reverse("calendar_days:edit", args=[entered.pk])
    assert edit in shown
    assert keeper.get(edit).status_code == 200
    assert keeper.post(edit, TYPHOON | {"date": "2022-07-26"}).status_code == 302
    assert office_calendar().is_working(date(2022, 7, 25))
    assert not office_calendar().is_working(date(2022, 7, 26))

    delete = reverse("calendar_days:delete", args=[entered.pk])
    assert keeper.get(delete).status_code == 200
    assert keeper.post(delete)["Location"] == reverse("office_calendar:year", args=[2022])
    assert office_calendar().is_working(date(2022, 7, 26))


def test_a_holiday_can_be_declared_worked_from_its_row(keeper):
    add = reverse("calendar_days:add")
    assert f"{add}?date=2022-06-03" in year(keeper, 2022).content.decode()
    form = keeper.get(add, {"date": "2022-06-03"}).context["form"]
    assert form.initial["date"] == date(2022, 6, 3)
    keeper.post(add, TYPHOON | {"date": "2022-06-03", "is_working": "on"})
    assert office_calendar().is_working(date(2022, 6, 3))


@pytest.fixture
def told():
    """The changes that whoever keeps deadlines was told of."""
    changes = []

    def hear(sender, before, after, **_more):
        changes.append((before, after))

    calendar_changed.connect(hear)
    yield changes
    calendar_changed.disconnect(hear)


def test_whoever_keeps_deadlines_is_told_of_each_change(keeper, told):
    keeper.post(reverse("calendar_days:add"), TYPHOON | {"source": ""})
    assert told == []
    keeper.post(reverse("calendar_days:add"), TYPHOON)
    entered = CalendarDay.objects.get()
    keeper.post(reverse("calendar_days:edit", args=[entered.pk]), TYPHOON)
    assert len(told) == 1
    keeper.post(reverse("calendar_days:edit", args=[entered.pk]), TYPHOON | {"date": "2022-07-26"})
    keeper.post(reverse("calendar_days:delete", args=[entered.pk]))
    keeper.post(reverse("calendar_years:add"), {"year": "2027", "source": "函"})
    days = [[each.date.day for each in after.overrides] for _before, after in told]
    assert days == [[25], [26], [], []]
    assert [before for before, _after in told[1:]] == [after for _before, after in told[:-1]]
    assert told[-1][1].is_announced(2027)


def test_a_change_that_cannot_move_the_deadlines_is_not_made(keeper):
    def fail(sender, **_change):
        raise RuntimeError

    calendar_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            keeper.post(reverse("calendar_days:add"), TYPHOON)
    finally:
        calendar_changed.disconnect(fail)
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("query", ["2022-02-31", "x", "\x00", "0000-00-00", "9" * 5000])
def test_an_address_that_names_no_day_opens_an_empty_form(keeper, query):
    response = keeper.get(reverse("calendar_days:add"), {"date": query})
    assert response.status_code == 200
    assert "date" not in response.context["form"].initial


@pytest.mark.parametrize(
    "field, value",
    [
        ("date", ""),
        ("date", "2022-02-31"),
        ("date", "1911-10-10"),
        ("date", "9999-12-31"),
        ("name_zh_hant", ""),
        ("name_zh_hant", " "),
        ("name_en", ""),
        ("name_en", "x" * 101),
        ("source", ""),
    ],
)
def test_bad_input_is_refused_at_its_field(keeper, field, value):
    response = keeper.post(reverse("calendar_days:add"), TYPHOON | {field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not CalendarDay.objects.exists()


def test_a_day_is_entered_once(keeper, language):
    keeper.post(reverse("calendar_days:add"), TYPHOON)
    response = keeper.post(reverse("calendar_days:add"), TYPHOON)
    assert list(response.context["form"].errors) == ["date"]
    assert ("This day has an entry already." if language == "en" else "這一天已有紀錄。") in response.content.decode()


def test_an_announced_year_ends_the_warning(keeper, language):
    warning = "not announced yet" if language == "en" else "尚未公布"
    assert warning in year(keeper, 2027).content.decode()
    add = reverse("calendar_years:add")
    assert add in year(keeper, 2027).content.decode()
    assert keeper.post(add, {"year": "2027", "source": "院授人培字第1號函"}).status_code == 302
    shown = year(keeper, 2027).content.decode()
    assert warning not in shown
    assert "院授人培字第1號函" in shown
    assert office_calendar().is_announced(2027)


@pytest.mark.parametrize("number", ["", "116", "2022", "2101", "x", "99999999999999999999"])
def test_years_that_need_no_announcement_or_have_none_are_refused(keeper, number):
    response = keeper.post(reverse("calendar_years:add"), {"year": number, "source": "函"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["year"]
    assert not CalendarYear.objects.exists()


@pytest.mark.parametrize("name", ["calendar_days:index", "calendar_years:index"])
def test_the_entries_are_listed(keeper, name):
    keeper.post(reverse("calendar_days:add"), TYPHOON)
    keeper.post(reverse("calendar_years:add"), {"year": "2027", "source": "函"})
    assert keeper.get(reverse(name)).status_code == 200
    assert keeper.get(reverse(name), {"q": "颱風"}).status_code == 200


def test_who_may_only_look_sees_the_year_and_changes_nothing(language):
    looking = officer("view_calendarday", language=language)
    CalendarDay.objects.create(**TYPHOON)
    entered = CalendarDay.objects.get()
    response = year(looking, 2022)
    shown = response.content.decode()
    assert response.status_code == 200
    forbidden = [
        reverse("calendar_days:add"),
        reverse("calendar_days:edit", args=[entered.pk]),
        reverse("calendar_days:delete", args=[entered.pk]),
        reverse("calendar_years:add"),
    ]
    for address in forbidden:
        assert address not in shown
        assert looking.post(address, TYPHOON).status_code == 302
    entered.refresh_from_db()
    assert CalendarDay.objects.count() == 1


def test_who_has_no_permission_sees_neither_the_page_nor_the_menu(language):
    menu = reverse("office_calendar:index")
    stranger = officer(language=language)
    assert year(stranger, 2022).status_code == 302
    assert menu not in stranger.get(reverse("wagtailadmin_home")).content.decode()
    assert menu in officer("view_calendarday", language=language).get(reverse("wagtailadmin_home")).content.decode()


def test_the_permissions_can_be_given_to_a_group(admin_client):
    home()
    shown = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    for codename in ("add_calendarday", "view_calendarday", "change_calendaryear"):
        assert str(Permission.objects.get(codename=codename).pk) in shown
