"""Charts of datasets in the admin: drawn as the form stands, refused at their field where they cannot be drawn."""

import base64

import pytest
from django.urls import reverse
from django.utils import translation

from cms.models import DatasetPage, VisitPage
from cms.publishing import PublicationError
from portal.publication import selectors
from portal.publication.models import LogRow
from portal.statistics.models import Table
from tests.factories.accounts import account
from tests.factories.filled import CHART, FIELDS, TABLE, filled
from tests.factories.pages import add, changing, draft, form_data, fresh, history, section, signed_in, stream

pytestmark = pytest.mark.django_db


def charts(*declared: dict) -> dict:
    """A dataset with charts."""
    return FIELDS[DatasetPage] | {"charts": stream(*({"type": "chart", "value": each} for each in declared))}


@pytest.fixture
def send(editors, ui):
    """Send the edit form of a dataset with a table."""

    def post(page: DatasetPage, table: str = TABLE, action: str = "action-publish"):
        data = form_data(draft(page)) | {"observations": table, action: "1"}
        return editors(ui).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    return post


@pytest.fixture
def drawn(editors, ui):
    """Have the charts of a dataset's form drawn."""

    def post(page: DatasetPage, table: str = TABLE, **fields):
        data = form_data(draft(page)) | {"observations": table} | fields
        return editors(ui).post(reverse("cms_charts_on_edit", args=[page.pk]), data)

    return post


def picture(answer: dict) -> str:
    """The SVG that an answer holds."""
    kind, _comma, content = answer["image"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    return base64.b64decode(content).decode()


def test_a_chart_is_published_with_its_dataset(send):
    chart = CHART | {"colour": "period", "filters": [{"dimension": "staff", "codes": "workers"}], "stacked": True}
    page = add(DatasetPage, **charts(chart))
    assert send(page).status_code == 302
    [version] = selectors.versions(page.uid)
    assert version.document["charts"] == [
        {
            "title": {"zh-Hant": "各類人數", "en": "Staff by kind"},
            "description": {"zh-Hant": "工友最多。", "en": "Workers are the most."},
            "mark": "bar",
            "measures": ["headcount"],
            "x": "value",
            "y": "staff",
            "colour": "period",
            "filters": [{"dimension": "staff", "codes": ["workers"]}],
            "sort": "descending",
            "stacked": True,
        }
    ]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"y": "nobody"}, "nobody"),
        ({"measures": "people"}, "people"),
        ({"measures": "headcount, headcount"}, ""),
        ({"filters": [{"dimension": "staff", "codes": "workers, nobody"}]}, "nobody"),
        ({"mark": "line"}, "period"),
        ({"mark": "line", "x": "period", "y": "value", "filters": []}, ""),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_field(send, ui, changed, named):
    page = add(DatasetPage, **charts(CHART, CHART | changed))
    response = send(page)
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {"charts"}
    with translation.override(ui):
        [message] = map(str, errors["charts"])
    assert "charts/1: " in message
    assert named in message
    assert ("不能發布" in message or "無法發布" in message) == (ui == "zh-hant")
    assert history(page) == []


@pytest.mark.parametrize("missing", ["title", "description"])
def test_a_chart_needs_its_words(send, missing):
    page = add(DatasetPage, **charts(CHART | {missing: {"zh_hant": "", "en": ""}}))
    response = send(page)
    assert set(response.context["form"].errors) == {"charts"}


def test_codes_are_separated_by_commas(send):
    page = add(DatasetPage, **charts(CHART | {"measures": "headcount，HEADCOUNT"}))
    assert set(send(page).context["form"].errors) == {"charts"}
    page = add(DatasetPage, **charts(CHART | {"filters": [{"dimension": "staff", "codes": " workers、workers "}]}))
    assert send(page).status_code == 302


def test_no_other_way_of_publishing_leads_past_a_chart_that_cannot_be_drawn(send):
    page = add(DatasetPage, **charts(CHART | {"y": "nobody"}))
    assert send(page, action="action-save").status_code == 302
    with pytest.raises(PublicationError, match="charts/0"), changing():
        draft(page).save_revision().publish()
    assert history(page) == []
    assert not fresh(page).live


def test_the_preview_draws_what_stands_in_the_form(editor):
    page = add(DatasetPage, **charts(CHART, CHART | {"y": "nobody"}))
    data = form_data(draft(page)) | {"observations": TABLE.replace("5498", "87654")}
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    for mode, words, problem in (
        ("zh-Hant", "工友最多。", "無法繪製"),
        ("en", "Workers are the most.", "cannot be drawn"),
    ):
        assert editor.post(f"{address}?mode={mode}", data).json()["is_valid"]
        shown = editor.get(f"{address}?mode={mode}").content.decode()
        assert shown.count("data:image/svg+xml;base64,") == 2  # on a page and on a phone
        assert words in shown
        assert problem in shown
        assert "Explore" not in shown
        assert ".svg" not in shown.split('id="charts"')[1].split("</section>")[0]
    assert not Table.objects.exists()


def test_the_form_has_its_charts_drawn(drawn, ui):
    page = add(DatasetPage, **charts(CHART, CHART | {"y": "nobody"}))
    rows = LogRow.objects.count()
    answer = drawn(page, TABLE.replace("5498", "87654")).json()
    assert answer["problem"] is None
    good, bad = answer["charts"]
    assert good["title"] == ("各類人數" if ui == "zh-hant" else "Staff by kind")
    assert ("工友" if ui == "zh-hant" else "Workers") + ("：" if ui == "zh-hant" else ": ") + "87,654" in picture(good)
    assert bad["image"] is None
    assert "nobody" in bad["problem"]
    assert LogRow.objects.count() == rows
    assert not Table.objects.exists()


def test_a_form_that_is_not_in_order_says_what_to_mend(drawn, ui):
    page = add(DatasetPage, **charts(CHART))
    answer = drawn(page, TABLE.replace("5498", "many")).json()
    assert answer["charts"] == []
    assert ("觀測值" if ui == "zh-hant" else "Observations") in answer["problem"]


def test_a_chart_that_is_half_filled_in_is_no_fault(drawn):
    page = add(DatasetPage, **charts(CHART | {"title": {"zh_hant": "", "en": ""}, "y": "", "measures": ""}))
    answer = drawn(page)
    assert answer.status_code == 200
    [chart] = answer.json()["charts"]
    assert chart["problem"]


def test_a_dataset_that_is_not_there_yet_has_its_charts_drawn(editors, ui):
    parent = section("dataset")
    data = form_data(filled(DatasetPage), parent=parent) | {"observations": TABLE}
    answer = editors(ui).post(reverse("cms_charts_on_add", args=[parent.pk]), data).json()
    [chart] = answer["charts"]
    assert picture(chart).startswith("<svg")
    assert not DatasetPage.objects.exists()


def test_charts_are_drawn_for_editors_of_datasets(client, editor):
    page = add(DatasetPage, **charts(CHART))
    address = reverse("cms_charts_on_edit", args=[page.pk])
    assert client.post(address).url.startswith("/admin/login/")
    assert signed_in(account("nobody")).post(address).status_code in (302, 403)
    assert editor.post(reverse("cms_charts_on_edit", args=[add(VisitPage).pk])).status_code == 404
    assert editor.get(address).status_code == 405
