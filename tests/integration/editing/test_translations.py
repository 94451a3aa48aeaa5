"""The desk: which English waits for somebody, and what could not be published; both for those who may edit."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission

from cms.models import PublicationFailure, VisitPage
from portal.publication import selectors
from tests.factories.accounts import account
from tests.factories.pages import (
    add,
    changing,
    draft,
    form_data,
    fresh,
    home,
    section,
    send,
    signed_in,
    stream,
    text_block,
)

pytestmark = pytest.mark.django_db


def listed(client, page) -> str | None:
    """What the list of translations says of a record: the cell of its row, None where it has none."""
    response = client.get(reverse("cms_translations"))
    assert response.status_code == 200
    return next(
        (
            ", ".join(f"{m} {s}" for s, m in row["members"])
            for row in response.context["rows"]
            if row["page"].pk == page.pk
        ),
        None,
    )


def state(page) -> str:
    """The state of the title in the record's current version."""
    return selectors.versions(page.uid)[-1].document["translation"]["en"]["title"]


def test_the_state_follows_the_edits(editor):
    page = add(publish=True)
    assert (state(page), listed(editor, page)) == ("current", None)
    send(editor, page, headline_zh_hant="只改中文")
    assert (state(page), listed(editor, page)) == ("stale", "標題 stale")
    send(editor, page, headline_en="English too")
    assert (state(page), listed(editor, page)) == ("current", None)
    send(editor, page, headline_zh_hant="又改中文", headline_en="")
    assert (state(page), listed(editor, page)) == ("missing", "標題 missing")


@pytest.mark.parametrize(
    ("box", "found"),
    [({"english_reviewed": "on"}, "current"), ({"english_by_machine": "on"}, "machine"), ({}, "current")],
)
def test_the_boxes_of_the_form(editor, box, found):
    page = add(publish=True, headline_en="")
    edited = draft(page)
    edited.headline_en = "English"
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    editor.post(address, form_data(edited) | {"action-publish": "1"} | box)
    assert state(page) == found
    # The boxes speak of one save.
    response = editor.get(address)
    assert not response.context["form"]["english_reviewed"].value()
    assert not response.context["form"]["english_by_machine"].value()
    editor.post(address, form_data(draft(page)) | {"action-publish": "1", "english_reviewed": "on"})
    assert state(page) == "current"


def test_drafts_are_listed_as_they_stand_now(editor):
    page = add(publish=True)
    send(editor, page, "", headline_zh_hant="草稿的標題", body=stream(text_block("<p>未譯</p>")))
    assert listed(editor, page) == "內文 missing, 標題 stale"
    assert state(page) == "current"
    shown = editor.get(reverse("cms_translations")).content.decode()
    assert "草稿的標題" in shown
    assert "標題：中文已更新" in shown
    assert fresh(page).english_state == "missing"


def test_the_list_speaks_the_editors_language(editors):
    add(publish=False, headline_en="")
    shown = editors("en").get(reverse("cms_translations")).content.decode()
    assert "Translations to do" in shown
    assert "Title: Missing" in shown


def test_failures_are_listed_with_their_reason(editor):
    page = add(publish=True)
    with changing():
        PublicationFailure.objects.create(page=page, message="結束早於開始")
    shown = editor.get(reverse("cms_failures")).content.decode()
    assert page.headline_zh_hant in shown
    assert "結束早於開始" in shown


@pytest.mark.parametrize("name", ["cms_failures", "cms_translations"])
def test_strangers_and_outsiders_see_neither_list(client, name, db):
    home()
    page = add(headline_zh_hant="別人看不到", headline_en="")
    with changing():
        PublicationFailure.objects.create(page=page, message="祕密的原因")
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
    assert signed_in(account("nobody")).get(reverse(name)).status_code in (302, 403)


@pytest.mark.parametrize("name", ["cms_failures", "cms_translations"])
def test_each_editor_sees_what_they_may_edit(name, db):
    visit, city = add(headline_zh_hant="看得到", headline_en=""), section("city")
    page = add(parent=home(), headline_zh_hant="看不到", headline_en="")
    group = Group.objects.get(name="Editors")
    GroupPagePermission.objects.filter(group=group).delete()
    GroupPagePermission.objects.create(group=group, page=section("visit"), permission_type="change")
    with changing():
        PublicationFailure.objects.create(page=visit, message="一")
        PublicationFailure.objects.create(page=page, message="二")
    shown = signed_in(account("lin", "Editors")).get(reverse(name)).content.decode()
    assert "看得到" in shown
    assert "看不到" not in shown
    assert VisitPage.objects.count() == 2 and city
