"""Previews: the draft in the form as its readers would see it, in both languages, and no trace of it anywhere."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from cms.models import BannerPage, DatasetPage, MenuPage, PlainPage, VisitPage
from tests.factories.accounts import account
from tests.factories.filled import FIELDS, MODELS, TABLE, filled
from tests.factories.pages import (
    add,
    attachment,
    draft,
    form_data,
    home,
    image,
    picture,
    section,
    signed_in,
    stream,
    text_block,
)

pytestmark = pytest.mark.django_db

#: Where previews of the admin and its users are kept; no reader is ever given anything of them.
_KEPT = {"sessions.Session", "wagtailadmin.EditingSession", "wagtailadmin.FormState"}


def counts() -> dict[str, int]:
    """How many rows every table has."""
    models = (model for model in apps.get_models() if model._meta.label not in _KEPT)
    return {model._meta.label: model._base_manager.count() for model in models}


def exposed() -> list[Path]:
    """Everything in the public storage."""
    return list(Path(settings.PUBLIC_ROOT).rglob("*"))


def previews(client, address: str, sent: dict) -> list[str]:
    """The previews of a form in both languages."""
    answer = client.post(address, sent)
    assert answer.json()["is_valid"], answer.json()
    shown = []
    for mode in ("zh-Hant", "en"):
        response = client.get(address, {"mode": mode})
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        shown.append(response.content.decode())
    return shown


def table(model) -> dict[str, str]:
    """The box of observations, where a form has one."""
    return {"observations": TABLE} if model is DatasetPage else {}


@pytest.mark.parametrize("model", MODELS)
def test_previews_of_what_nobody_has_saved(editor, model):
    listed = model not in (PlainPage, MenuPage, BannerPage)
    parent = section(model.record_type) if listed else home()
    page = filled(model, headline_zh_hant="預覽的標題", headline_en="Title of the preview")
    address = reverse("wagtailadmin_pages:preview_on_add", args=["cms", model.__name__.lower(), parent.pk])
    sent = form_data(page, parent=parent) | table(model)
    before = counts()
    chinese, english = previews(editor, address, sent)
    assert counts() == before
    assert exposed() == []
    assert "預覽的標題" in chinese
    assert "Title of the preview" in english
    assert 'lang="zh-Hant"' in chinese.split("<head", 1)[0]
    assert 'lang="en"' in english.split("<head", 1)[0]
    for shown in (chinese, english):
        assert "noindex" in shown
    assert "預覽" in chinese.replace("預覽的標題", "")
    assert "preview" in english.replace("Title of the preview", "").lower()


@pytest.mark.parametrize("model", MODELS)
def test_previews_of_changes_to_what_is_there(editor, model):
    listed = model not in (PlainPage, MenuPage, BannerPage)
    page = add(model, parent=None if listed else home(), **FIELDS[model])
    edited = draft(page)
    edited.headline_zh_hant = "改過的標題"
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = form_data(edited) | table(model)
    before = counts()
    chinese, english = previews(editor, address, sent)
    assert counts() == before
    assert "改過的標題" in chinese
    assert page.headline_en in english
    assert draft(page).headline_zh_hant == page.headline_zh_hant


def test_a_preview_shows_the_table_that_stands_in_the_box(editor):
    page = add(DatasetPage, **FIELDS[DatasetPage])
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = form_data(draft(page)) | {"observations": TABLE.replace("5498", "87654")}
    assert all("87,654" in shown or "87654" in shown for shown in previews(editor, address, sent))
    assert not apps.get_model("statistics.Table").objects.exists()


def test_pictures_and_files_keep_their_private_addresses(editor):
    shown, attached = image(), attachment()
    link = f'<p><a linktype="document" id="{attached.pk}">檔案</a></p>'
    page = add(VisitPage, media=stream(picture(shown)), body=stream(text_block(link)))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    for preview in previews(editor, address, form_data(draft(page))):
        assert shown.file.url in preview
        assert attached.url in preview
        assert "/media/" not in preview.replace("/admin/media/", "")
    assert exposed() == []


def test_drafts_are_previewed_from_the_list_too(editor):
    page = add(headline_zh_hant="只是草稿")
    for mode in ("zh-Hant", "en"):
        response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode})
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    response = editor.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, page.latest_revision.pk]))
    assert "只是草稿" in response.content.decode()


def test_previews_are_for_editors(client, db):
    page = add()
    for name in ("preview_on_edit", "view_draft"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        assert client.get(address).url.startswith("/admin/login/")
        assert signed_in(account("nobody")).get(address).status_code in (302, 403)
