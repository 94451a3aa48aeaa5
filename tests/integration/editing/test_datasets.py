"""Datasets are edited as CSV: a table is stored once and never changed; what is wrong with it has line and column."""

import pytest
from django.urls import reverse
from django.utils import translation

from cms.models import DatasetPage
from portal.publication import selectors
from portal.publication.models import LogRow
from portal.statistics.models import Table
from portal.statistics.selectors import every_row
from tests.factories.filled import FIELDS, TABLE, filled
from tests.factories.pages import add, draft, form_data, fresh, history, section, stream

pytestmark = pytest.mark.django_db

_KEY = "headcount.workers.2022-05"
_HEADER = "period,measure,staff,value,status,note_zh,note_en\n"


@pytest.fixture
def send(editors, ui):
    """Send the add form of a dataset with a text in the box of its observations."""

    def post(observations: str, *, action: str = "action-publish", **fields):
        parent = section("dataset")
        data = form_data(filled(DatasetPage, **fields), parent=parent) | {"observations": observations}
        address = reverse("wagtailadmin_pages:add", args=["cms", "datasetpage", parent.pk])
        return editors(ui).post(address, data | ({action: "1"} if action else {}))

    return post


def edit(editor, page, observations: str, action: str = "action-publish"):
    """Send the edit form of a dataset with another text in the box."""
    data = form_data(draft(page)) | {"observations": observations} | ({action: "1"} if action else {})
    return editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def problems(response, ui: str, field: str = "observations") -> list[str]:
    """What is wrong with the observations, or another field alone."""
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {field}
    with translation.override(ui):
        return [str(message) for message in errors[field]]


@pytest.mark.parametrize(
    ("lines", "chinese", "english"),
    [
        ("2022-05,headcount,workers,5498,normal,,\n2022-05,headcount,workers,six,normal,,\n", "第3行", "Line 3"),
        ("2022-05,headcount,nobody,5498,normal,,\n", "第2行", "Line 2"),
        ("2022-13,headcount,workers,5498,normal,,\n", "第2行", "Line 2"),
        ("2022-05,headcount,workers,5498,normal\n", "第2行", "Line 2"),
    ],
)
def test_bad_lines_are_named(send, ui, lines, chinese, english):
    said = problems(send(_HEADER + lines), ui)
    place = chinese if ui == "zh-hant" else english
    assert all(place in each.replace(" ", "" if ui == "zh-hant" else " ") for each in said)
    assert Table.objects.count() == DatasetPage.objects.count() == 0


def test_a_bad_cell_has_its_column(send, ui):
    [said] = problems(send(_HEADER + "2022-05,headcount,workers,six,normal,,\n"), ui)
    assert "value" in said


def test_every_problem_is_named_at_once(send, ui):
    lines = "2022-05,headcount,workers,six,normal,,\n2022-13,headcount,nobody,1,normal,,\n"
    assert len(problems(send(_HEADER + lines), ui)) >= 3


def test_columns_follow_the_declared_dimensions(send, ui):
    said = problems(send("period,measure,value,status,note_zh,note_en\n2022-05,headcount,1,normal,,\n"), ui)
    assert "staff" in " ".join(said)


def test_dimensions_that_cannot_hold_observations(send, ui):
    code = {"code": "workers", "label": {"zh_hant": "工友", "en": ""}}
    twice = {"code": "staff", "label": {"zh_hant": "類別", "en": ""}, "codes": [code, code]}
    assert problems(send(TABLE, dimensions=stream({"type": "dimension", "value": twice})), ui, "dimensions")


def test_a_dataset_without_observations_may_be_a_draft_only(send, ui):
    said = problems(send(""), ui)
    assert said == [
        "資料集須連同觀測值一起發布。" if ui == "zh-hant" else "A dataset is published with its observations."
    ]
    assert send("", action="").status_code == 302
    assert DatasetPage.objects.get().table_digest == ""


def test_a_table_is_stored_under_its_digest(send):
    assert send(TABLE).status_code == 302
    page = DatasetPage.objects.get()
    [row] = every_row(page.table_digest)
    assert (row.period, row.measure, row.dimensions, row.value) == (
        "2022-05",
        "headcount",
        {"staff": "workers"},
        "5498",
    )
    [version] = selectors.versions(page.uid)
    assert version.document["table"] == {"digest": page.table_digest, "rows": 1}


def test_an_edit_makes_another_table_and_leaves_the_first(editor, send):
    send(TABLE)
    page = DatasetPage.objects.get()
    first = page.table_digest
    assert edit(editor, page, TABLE, "").status_code == 302
    assert draft(page).table_digest == first
    assert edit(editor, page, TABLE.replace("5498", "5500")).status_code == 302
    assert fresh(page).table_digest != first
    assert [row.value for row in every_row(first)] == ["5498"]
    assert history(page) == ["publish", "publish"]


def test_the_box_shows_the_table(editor):
    page = add(DatasetPage, **FIELDS[DatasetPage])
    edit(editor, page, TABLE, "")
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.context["form"]["observations"].value().splitlines() == TABLE.splitlines()


def test_a_draft_of_a_table_is_nowhere(editor, send):
    send(TABLE)
    page, rows = DatasetPage.objects.get(), LogRow.objects.count()
    edit(editor, page, TABLE.replace("5498", "987654"), "")
    assert LogRow.objects.count() == rows
    listed = editor.get(f"/api/v1/datasets/{page.uid}/observations/")
    assert listed.status_code == 200
    assert "987654" not in listed.content.decode()


@pytest.mark.parametrize(("key", "good"), [(_KEY, True), ("headcount.workers.2022-06", False), ("nonsense", False)])
def test_a_figure_is_taken_from_the_dataset(editor, send, key, good, ui):
    send(TABLE)
    dataset = DatasetPage.objects.get()
    page = add(publish=True)
    edited = draft(page)
    value = {"dataset": dataset.pk, "key": key, "label": {"zh_hant": "工友", "en": "Workers"}}
    edited.body = stream({"type": "figure", "value": value})
    data = form_data(edited) | {"action-publish": "1"}
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == (302 if good else 200)
    if good:
        [figure] = selectors.versions(page.uid)[-1].document["body"]
        assert (figure["value"], figure["unit"], figure["period"]) == ("5498", "person", "2022-05")
        assert (figure["dataset"], figure["key"]) == (dataset.uid, key)
    else:
        assert set(response.context["form"].errors) == {"body"}
