"""The forms of records: they open in both languages of the admin, and keep what is posted."""

import html
import json
import re

import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.models import BannerPage, CityPage, DatasetPage, MenuPage, PlainPage, VisitPage
from portal.core.languages import ENGLISH
from portal.publication import selectors
from portal.publication.codelists import LISTS
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.filled import DOCUMENTS, FIELDS, MODELS, TABLE, filled
from tests.factories.pages import add, draft, form_data, fresh, history, home, section

pytestmark = pytest.mark.django_db

_HAN = re.compile(r"[\u3400-\u9fff]")
#: What the interface says in English and is ours to translate.
_OURS = {
    entry.msgid[0].upper() + entry.msgid[1:]
    for room in ("cms", "portal/core", "portal/publication", "portal/statistics")
    for entry in polib.pofile(str(settings.BASE_DIR / room / "locale/zh_Hant/LC_MESSAGES/django.po"))
} | {each[ENGLISH] for codes in LISTS.values() for each in codes.values()}


def parent_of(model):
    """Where a record of a type belongs."""
    listed = model not in (PlainPage, MenuPage, BannerPage)
    return section(model.record_type) if listed else home()


def add_address(model, parent):
    return reverse("wagtailadmin_pages:add", args=["cms", model.__name__.lower(), parent.pk])


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def labels(page: str) -> set[str]:
    """Every label of a form: of fields and headings, and of blocks that are only made in the browser."""
    form = html.unescape(
        page[page.index('id="page-edit-form"') : page.index("</form>", page.index('id="page-edit-form"'))]
    )
    found = {json.loads(f'"{each}"') for each in re.findall(r'"label": "((?:[^"\\]|\\.)*)"', form)}
    for element in ("label", "h2"):
        for inner in re.findall(rf"<{element}\b[^>]*>(.*?)</{element}>", form, re.DOTALL):
            found.add(re.sub(r"<svg.*?</svg>|<[^>]*>|\*", " ", inner, flags=re.DOTALL))
    return {" ".join(each.split()) for each in found}


def document(page):
    """What the current version of a record says."""
    return selectors.versions(page.uid)[-1].document


@pytest.mark.parametrize("model", MODELS)
def test_forms_open_and_speak_the_editors_language(editors, ui, model):
    parent = parent_of(model)
    page = add(model, parent=parent, **FIELDS[model])
    editor = editors(ui)
    for address in (add_address(model, parent), edit_address(page)):
        response = editor.get(address)
        assert response.status_code == 200
        shown = response.content.decode()
        with translation.override(ui):
            fields = response.context["form"].fields
            expected = {str(fields[name].label) for name in ("headline_zh_hant", "headline_en")}
        found = labels(shown)
        assert expected <= found
        assert expected == (
            {"標題（中文）", "標題（英文）"} if ui == "zh-hant" else {"Title (Chinese)", "Title (English)"}
        )
        odd = found & _OURS if ui == "zh-hant" else {label for label in found if _HAN.search(label)}
        assert odd - {page.headline_zh_hant} == set()


@pytest.mark.parametrize("model", MODELS)
def test_a_filled_form_may_be_published_at_once(editor, model):
    parent, page = parent_of(model), filled(model)
    table = {"observations": TABLE} if model is DatasetPage else {}
    sent = form_data(page, parent=parent) | table | {"action-publish": "1"}
    response = editor.post(add_address(model, parent), sent)
    assert response.status_code == 302, response.context["form"].errors
    assert history(model.objects.latest("pk")) == ["publish"]


@pytest.mark.parametrize("model", MODELS)
def test_a_filled_form_becomes_a_draft_and_then_a_record(editors, ui, model):
    editor, parent, page = editors(ui), parent_of(model), filled(model)
    sent = form_data(page, parent=parent) | ({"observations": TABLE} if model is DatasetPage else {})
    response = editor.post(add_address(model, parent), sent)
    assert response.status_code == 302, response.context["form"].errors
    made = model.objects.latest("pk")
    assert (made.live, history(made)) == (False, [])
    response = editor.post(edit_address(made), form_data(draft(made)) | {"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    assert history(made) == ["publish"]
    said = document(made)
    assert said["title"] == {"zh-Hant": page.headline_zh_hant, "en": page.headline_en}
    assert {name: said[name] for name in DOCUMENTS[model]} == DOCUMENTS[model]


@pytest.mark.parametrize("model", [VisitPage, BannerPage])
def test_both_languages_are_kept_apart_whoever_saves(editors, model):
    page = add(model, parent=parent_of(model), **FIELDS[model])
    for number, language in enumerate((*UI_LANGUAGES, *UI_LANGUAGES)):
        edited = draft(page)
        edited.headline_zh_hant, edited.headline_en = f"標題{number}", f"Title {number}"
        sent = form_data(edited) | ({"action-publish": "1"} if number > 1 else {})
        assert editors(language).post(edit_address(page), sent).status_code == 302
        with translation.override(language):
            latest, kept = draft(page), fresh(page)
            base = latest.__dict__
        assert (base["headline_zh_hant"], base["headline_en"]) == (f"標題{number}", f"Title {number}")
        assert (latest.title, kept.draft_title) == (f"標題{number}", f"標題{number}")
        columns = model.objects.filter(pk=page.pk).rewrite(False).values_list("headline", "title")[0]
        assert columns == ((f"標題{number}",) * 2 if number > 1 else (columns[0], columns[0]))
    assert document(page)["title"] == {"zh-Hant": "標題3", "en": "Title 3"}


def test_a_whole_visit_as_a_browser_sends_it(editor):
    busan = add(CityPage, publish=True, headline_en="Busan")
    other = add(publish=True)
    parent = section("visit")
    person = {
        "role": "leader",
        "name": {"zh_hant": "許佑格", "en": "Jörg Polster"},
        "title": {"zh_hant": "處長", "en": ""},
        "affiliation": {"zh_hant": "", "en": ""},
        "name_status": "verified",
    }
    text = {"zh_hant": rich_text("<p>釜山<b>市</b></p>"), "en": rich_text("<p>Busan</p>")}
    sent = nested_form_data(
        {
            "headline_zh_hant": "釜山市訪團",
            "headline_en": "Delegation from Busan",
            "summary_zh_hant": "摘要",
            "date_start": "2022-03-14",
            "date_precision": "day",
            "direction": "inbound",
            "mode": "in-person",
            "people": streamfield([("person", person)]),
            "subjects": streamfield([("item", {"zh_hant": "教育", "en": "Education"})]),
            "body": streamfield([("text", text), ("heading", {"zh_hant": "小標", "en": ""})]),
            "media": streamfield([]),
            "source": streamfield([]),
            "city_links": inline_formset([{"city": busan.pk}]),
            "related_links": inline_formset([{"target": other.pk}]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    response = editor.post(add_address(VisitPage, parent), sent | {"topics": ["topic:education"]})
    assert response.status_code == 302, response.context["form"].errors
    said = document(VisitPage.objects.get(slug="delegation-from-busan"))
    assert said["relations"] == {"cities": ["city:busan"], "related": [other.uid]}
    assert [{k: v for k, v in block.items() if k != "id"} for block in said["body"]] == [
        {"type": "text", "value": {"zh-Hant": "<p>釜山<b>市</b></p>", "en": "<p>Busan</p>"}},
        {"type": "heading", "value": {"zh-Hant": "小標", "en": None}},
    ]
    assert said["people"][0]["name"] == {"zh-Hant": "許佑格", "en": "Jörg Polster"}
    assert said["subjects"] == [{"zh-Hant": "教育", "en": "Education"}]
    assert said["topics"] == ["topic:education"]
    assert said["dates"] == {"start": "2022-03-14", "end": "2022-03-14", "ongoing": False, "precision": "day"}
