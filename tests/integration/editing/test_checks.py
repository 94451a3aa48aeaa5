"""Checks of datasets in the admin: they stop publishing, say what does not add up and where, and let an explanation
through.
"""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from cms.models import DatasetPage
from cms.publishing import PublicationError
from portal.publication import selectors
from tests.factories.filled import CHECK, FIELDS
from tests.factories.pages import add, changing, draft, form_data, fresh, history, stream

pytestmark = pytest.mark.django_db

_NAMES = {"agencies": "市府所屬機關", "schools": "學校", "total": "合計"}
_TABLE = """\
period,measure,staff,value,status,note_zh,note_en
2022-05,headcount,agencies,5498,normal,,
2022-05,headcount,schools,633,normal,,
2022-05,headcount,total,6131,normal,,
"""
_SUM = CHECK | {
    "kind": "sum",
    "result": "headcount.total",
    "terms": ["headcount.agencies", "headcount.schools"],
}
_DIMENSION = {
    "code": "staff",
    "label": {"zh_hant": "類別", "en": "Kind"},
    "codes": [{"code": code, "label": {"zh_hant": name, "en": ""}} for code, name in _NAMES.items()],
}


def fields(*checks: dict) -> dict:
    """A dataset of a headcount with checks."""
    return {
        **FIELDS[DatasetPage],
        "dimensions": stream({"type": "dimension", "value": _DIMENSION}),
        "checks": stream(*({"type": "check", "value": check} for check in checks)),
    }


@pytest.fixture
def send(editors, ui):
    """Send the edit form of a dataset with a table."""

    def post(page: DatasetPage, table: str = _TABLE, action: str = "action-publish"):
        data = form_data(draft(page)) | {"observations": table, action: "1"}
        return editors(ui).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    return post


def refused(response, ui: str, field: str = "checks") -> str:
    """What is said against publishing, at one field."""
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {field}
    with translation.override(ui):
        return " ".join(str(message) for message in errors[field])


def test_figures_that_add_up_are_published(send):
    page = add(DatasetPage, **fields(_SUM))
    assert send(page).status_code == 302
    [version] = selectors.versions(page.uid)
    [check] = version.document["checks"]
    assert version.document["schema"] == "dataset.2"
    assert (check["kind"], check["result"], check["rounding"], check["direction"]) == (
        "sum",
        "headcount.total",
        None,
        None,
    )


def test_a_wrong_cell_stops_publishing_and_is_named(send, ui):
    page = add(DatasetPage, **fields(_SUM))
    said = refused(send(page, _TABLE.replace("5498", "5489")), ui)
    assert "5,489 + 633 = 6,122 ≠ 6,131" in said
    assert "headcount.agencies.2022-05" in said
    assert ("不相符" if ui == "zh-hant" else "does not add up") in said
    assert history(page) == []


def test_an_observation_that_is_not_there_stops_publishing(send, ui):
    page = add(DatasetPage, **fields(_SUM))
    said = refused(send(page, _TABLE.replace("2022-05,headcount,schools,633,normal,,\n", "")), ui)
    assert "headcount.schools.2022-05" in said


def test_a_missing_value_does_not(send):
    page = add(DatasetPage, **fields(_SUM))
    assert send(page, _TABLE.replace("633,normal", ",missing")).status_code == 302


def test_a_draft_need_not_add_up(send):
    page = add(DatasetPage, **fields(_SUM))
    assert send(page, _TABLE.replace("5498", "5489"), action="action-save").status_code == 302


@pytest.mark.parametrize(("english", "published"), [("The source has it so.", True), ("", False)])
def test_an_explanation_in_both_languages_lets_it_through(send, ui, english, published):
    page = add(DatasetPage, **fields(_SUM | {"explanation": {"zh_hant": "來源如此。", "en": english}}))
    response = send(page, _TABLE.replace("5498", "5489"))
    if published:
        assert response.status_code == 302
    else:
        assert "≠" in refused(response, ui)


@pytest.mark.parametrize("result", ["headcount.nobody", "people.total", "headcount"])
def test_a_check_of_codes_that_are_not_declared(send, ui, result):
    page = add(DatasetPage, **fields(_SUM | {"result": result}))
    assert result in refused(send(page), ui)


def test_a_check_of_nothing_stops_publishing(send, ui):
    page = add(DatasetPage, **fields(_SUM))
    said = refused(send(page, re.sub(".*total.*\n", "", _TABLE)), ui)
    assert "headcount.total" in said


def test_agreement_is_with_the_live_figures_of_the_other_dataset(send, ui):
    other = add(DatasetPage, **fields())
    assert send(other).status_code == 302
    agreement = CHECK | {"kind": "agreement", "dataset": other.pk, "result": "headcount.total"}
    page = add(DatasetPage, **fields(agreement | {"terms": ["headcount.total"]}))
    assert "6,131 ≠ 6,132" in refused(send(page, _TABLE.replace("6131", "6132")), ui)
    assert send(page).status_code == 302
    [version] = selectors.versions(page.uid)
    assert version.document["checks"][0]["dataset"] == other.uid


def test_agreement_needs_a_dataset(send, ui):
    page = add(DatasetPage, **fields(CHECK | {"kind": "agreement", "terms": ["headcount.total"]}))
    assert refused(send(page), ui) is not None


def test_no_other_way_of_publishing_leads_past_the_checks(send):
    page = add(DatasetPage, **fields(_SUM))
    send(page, _TABLE.replace("5498", "5489"), action="action-save")
    with pytest.raises(PublicationError, match="checks/0"), changing():
        draft(page).save_revision().publish()
    assert history(page) == []
    assert not fresh(page).live


@pytest.mark.parametrize(("language", "words"), [("zh-Hant", "相符"), ("en", "Holds")])
def test_the_preview_shows_them(editor, send, language, words):
    page = add(DatasetPage, **fields(_SUM))
    data = form_data(draft(page)) | {"observations": _TABLE}
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(f"{address}?mode={language}", data).json()["is_valid"]
    shown = editor.get(f"{address}?mode={language}").content.decode()
    assert "5,498 + 633 = 6,131" in shown
    assert words in shown
