"""What a table says while it is edited: problems, checks, gaps and changes, before anything is saved."""

import re

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import GroupPagePermission

from cms.models import DatasetPage
from portal.statistics.models import Table
from tests.factories.accounts import account
from tests.factories.filled import FIELDS, TABLE, filled
from tests.factories.headcount import headcount, headcount_csv
from tests.factories.pages import add, draft, form_data, history, section, signed_in

pytestmark = pytest.mark.django_db

_HEADER = headcount_csv().splitlines()[0]


@pytest.fixture
def look(editors, ui):
    """Send the edit form of a dataset with a table to be looked at; the fragment that comes back, without its tags."""

    def post(page: DatasetPage, table: str, **fields) -> str:
        data = form_data(draft(page)) | {"observations": table} | fields
        response = editors(ui).post(reverse("cms_dataset_check", args=[page.pk]), data)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        return response.content.decode()

    return post


def words(fragment: str) -> str:
    """The words of a fragment."""
    return " ".join(re.sub("<[^>]+>", " ", fragment).replace("&quot;", '"').split())


def summary(fragment: str) -> str:
    """What the fragment says in a few words."""
    return re.search('data-summary="([^"]*)"', fragment).group(1)


def marks(fragment: str) -> set[tuple[str, str]]:
    """Which cells it marks: (line or key, column)."""
    found = re.findall('data-mark data-(?:line|key)="([^"]*)" data-column="([^"]*)"', fragment)
    return set(found)


def test_a_table_that_adds_up(look, ui):
    said = look(headcount(), headcount_csv())
    assert marks(said) == set()
    assert "5,498 + 633 = 6,131" in words(said)
    expected = "11 筆觀測值。 檢核均未發現不符。" if ui == "zh-hant" else "11 observations. No check fails."
    assert summary(said) == expected


def test_a_wrong_cell_is_marked_with_the_check_that_tells(look, ui):
    said = look(headcount(), headcount_csv().replace("5498", "5489"))
    assert "5,489 + 633 = 6,122 ≠ 6,131" in words(said)
    assert marks(said) == {
        ("headcount.workers.agencies.2022-05", "value"),
        ("headcount.workers.schools.2022-05", "value"),
    }
    assert ("1 項檢核不符。" if ui == "zh-hant" else "1 check does not hold.") in summary(said)


def test_every_problem_is_marked_at_its_cell(look, ui):
    table = headcount_csv().replace("5498", "5,498").replace(",5,498", ',"5,498"').replace("schools", "school")
    said = look(headcount(), table + "2022-05,headcount,all-staff,total,1,normal,,\n2022-13,headcount,,total,,,,\n")
    assert marks(said) == {
        ("2", "value"),
        ("3", "basis"),
        ("13", ""),
        ("14", "period"),
        ("14", "staff"),
        ("14", "value"),
    }
    assert ("表中有 6 個問題。" if ui == "zh-hant" else "6 problems in the table.") in summary(said)
    assert Table.objects.count() == 0


def test_names_and_periods_of_the_republic_may_stand_for_codes(look):
    lines = "111年5月,員額,工級人員,市府所屬機關,5498,正常,,\n2022/5,Headcount,Temporary staff,Schools,633,,,\n"
    said = look(headcount(), f"{_HEADER}\n{lines}")
    assert marks(said) == set()


def test_a_name_of_several_codes_stands_for_none(look, ui):
    page = headcount()
    data = {"dimensions-0-value-codes-1-value-label-en": "Workers (manual and technical grades)"}
    table = f"{_HEADER}\n2022-05,headcount,Workers (manual and technical grades),total,1,,,\n"
    said = look(page, table, **data)
    assert marks(said) == {("2", "staff")}
    assert "workers, administrative-assistants" in words(said)


def test_gaps(look, ui):
    page = headcount()
    table = headcount_csv()
    newer = "".join(
        f"2022-11{line[7:]}\n" for line in table.splitlines()[1:] if "schools" not in line and "central" not in line
    )
    said = look(page, table + newer)
    assert "headcount.workers.schools" in words(said)
    assert "headcount.contract-staff.central-subsidies" in words(said)
    assert ("2 個數列有缺漏。" if ui == "zh-hant" else "2 series have gaps.") in summary(said)


def test_changed_history_is_told_with_both_values(look, ui):
    page = headcount(headcount_csv(), publish=True)
    table = re.sub(".*other-temporary.*\n", "", headcount_csv())
    table = table.replace("5498", "5499").replace("633,normal", "633,revised")
    said = words(look(page, table + "2022-11,headcount,workers,total,6000,normal,,\n"))
    assert re.search("headcount.workers.agencies.2022-05 ?[:：] 5,498 → 5,499", said)
    revised = "633 [修正]" if ui == "zh-hant" else "633 [Revised]"
    assert f"633 → {revised}" in said
    assert "headcount.other-temporary-staff.total.2022-05" in said
    assert ("新增 1 筆觀測值" if ui == "zh-hant" else "1 new observation") in said
    assert ("3 個已發布的數字" if ui == "zh-hant" else "3 published figures are changed or removed") in summary(
        look(page, table)
    )


def test_nothing_is_changed_where_nothing_is_published(look, ui):
    page = headcount(headcount_csv())
    said = words(look(page, headcount_csv().replace("5498", "5499")))
    assert "→" not in said


def test_what_the_dimensions_cannot_hold(look, ui):
    said = look(headcount(), headcount_csv(), **{"dimensions-0-value-code": "period"})
    assert "period" in words(said)
    assert summary(said).startswith(("維度與量值", "The dimensions and measures"))


def test_other_faults_of_the_form_do_not_hinder(look):
    said = look(headcount(), headcount_csv().replace("5498", "5489"), headline_zh_hant="", date_start="nonsense")
    assert "5,489 + 633 = 6,122 ≠ 6,131" in words(said)


def test_nothing_is_written(look):
    page = headcount()
    kept = {"sessions.Session"}
    models = [model for model in apps.get_models() if model._meta.label not in kept]

    def counts():
        return {model._meta.label: model._base_manager.count() for model in models}

    look(page, headcount_csv())
    before = counts()
    look(page, headcount_csv().replace("5498", "5489"))
    assert counts() == before
    assert history(page) == []


def test_a_new_dataset_is_looked_at_too(editors, ui):
    parent = section("dataset")
    data = form_data(filled(DatasetPage), parent=parent) | {"observations": TABLE}
    response = editors(ui).post(reverse("cms_dataset_check_new", args=[parent.pk]), data)
    assert response.status_code == 200
    assert summary(response.content.decode()).startswith(("1 筆觀測值", "1 observation"))
    assert DatasetPage.objects.count() == 0


def test_a_form_without_its_blocks_is_refused(editor):
    page = add(DatasetPage, **FIELDS[DatasetPage])
    assert editor.post(reverse("cms_dataset_check", args=[page.pk]), {"observations": TABLE}).status_code == 400


def test_only_those_who_may_edit_the_dataset_may_ask(client, editor):
    page = headcount()
    parent = section("dataset")
    addresses = [
        reverse("cms_dataset_check", args=[page.pk]),
        reverse("cms_dataset_check_new", args=[parent.pk]),
    ]
    data = form_data(draft(page)) | {"observations": headcount_csv()}
    for address in addresses:
        assert client.post(address, data).url.startswith("/admin/login/")
        assert signed_in(account("nobody")).post(address, data).status_code in (302, 403)
        assert editor.get(address).status_code == 405
        assert signed_in(enforce_csrf_checks=True).post(address, data).status_code == 403
    # Editors may not publish, but edit.
    lin = signed_in(account("lin", "Editors"))
    assert GroupPagePermission.objects.filter(group__name="Editors", permission__codename="publish_page").count() == 0
    assert lin.post(addresses[1], data).status_code == 200
