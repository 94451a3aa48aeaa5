"""Moving, copying and deleting pages, and privacy on a page or above it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms.models import PlainPage, VisitPage
from portal.publication import selectors
from portal.publication.models import LogRow
from tests import readers
from tests.factories.pages import (
    add,
    change,
    changing,
    form_data,
    fresh,
    history,
    home,
    image,
    new,
    picture,
    section,
    send,
    stream,
)


def set_privacy(editor, page, kind="login", **fields):
    response = editor.post(
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": kind} | fields
    )
    assert response.status_code == 200
    assert "form" not in (response.context or {}), response.context["form"].errors


def move(editor, page, destination):
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
    assert editor.get(address).status_code == 200
    assert editor.post(address).status_code == 302


def copy(editor, page, destination, slug, **fields):
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    before = set(Page.objects.values_list("pk", flat=True))
    data = {"new_title": "副本", "new_slug": slug, "new_parent_page": destination.pk}
    response = editor.post(address, data | fields)
    assert response.status_code == 302, response.context["form"].errors
    return fresh(Page.objects.child_of(destination).exclude(pk__in=before).get())


def test_delete(editor):
    page = add(publish=True)
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert editor.get(address).status_code == 200
    editor.post(address)
    assert history(page) == ["publish", "withdraw"]


def test_a_deleted_draft_leaves_no_row(editor):
    page = add()
    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert history(page) == []


def test_delete_with_descendants(editor):
    first, second, hidden = add(publish=True), add(publish=True), add()
    parent = section("visit")
    editor.post(reverse("wagtailadmin_pages:delete", args=[parent.pk]))
    assert [history(each) for each in (parent, first, second, hidden)] == [["publish", "withdraw"]] * 3 + [[]]


def test_a_uid_is_never_given_twice(editor):
    page = add(publish=True, slug="same")
    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    again = add(publish=True, slug="same")
    assert (again.uid, again.slug) == ("visit:same-2", "same")
    assert selectors.record_at("/visits/same/").uid == "visit:same-2"
    assert history("visit:same") == ["publish", "withdraw"]


def test_a_move_changes_no_address_and_no_version(editor):
    page = add(publish=True)
    move(editor, page, home())
    assert history(page) == ["publish"]
    assert fresh(page).get_parent().pk == home().pk


def test_moved_under_a_private_page_and_out_again(editor):
    parent, shelf = section("visit"), add(PlainPage, publish=True)
    page = add(publish=True, parent=parent)
    set_privacy(editor, shelf)
    move(editor, page, shelf)
    assert history(page) == ["publish", "withdraw"]
    move(editor, page, parent)
    assert history(page) == ["publish", "withdraw", "publish"]


def test_a_tree_moved_under_a_private_page(editor):
    shelf, parent = add(PlainPage, publish=True), add(PlainPage, publish=True)
    below = add(publish=True, parent=add(PlainPage, publish=True, parent=parent))
    hidden = add(parent=parent)
    set_privacy(editor, shelf)
    move(editor, parent, shelf)
    assert (history(below), history(hidden)) == (["publish", "withdraw"], [])


def test_the_order_of_pages_is_no_version(editor):
    page = add(publish=True)
    add(publish=True)
    rows = LogRow.objects.count()
    editor.post(reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + "?position=1")
    assert LogRow.objects.count() == rows


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_privacy_on_a_page(editor, kind, django_user_model):
    from django.contrib.auth.models import Group

    page = add(publish=True)
    extra = {"password": "open sesame"} if kind == "password" else {}
    if kind == "groups":
        extra = {"groups": [Group.objects.create(name="some").pk]}
    set_privacy(editor, page, kind, **extra)
    assert history(page) == ["publish", "withdraw"]
    set_privacy(editor, page, "none")
    assert history(page) == ["publish", "withdraw", "publish"]


def test_privacy_above_a_page(editor):
    page, hidden = add(publish=True), add()
    set_privacy(editor, home())
    assert history(page) == history(section("visit")) == history(home()) == ["publish", "withdraw"]
    set_privacy(editor, section("visit"), "login")
    set_privacy(editor, home(), "none")
    assert history(page) == ["publish", "withdraw"]
    assert history(home()) == ["publish", "withdraw", "publish"]
    set_privacy(editor, section("visit"), "none")
    assert history(page) == ["publish", "withdraw", "publish"]
    assert history(hidden) == []


def test_publishing_a_private_page_is_nowhere(editor):
    set_privacy(editor, section("visit"))
    page = add(publish=True, headline_zh_hant="不公開Zk3")
    send(editor, page, summary_zh_hant="也不公開Zk3")
    assert fresh(page).live
    assert history(page) == []
    assert readers.tables_with("Zk3") == set()


def test_a_restriction_that_goes_with_its_page(editor):
    shelf = add(PlainPage, publish=True)
    page = add(publish=True, parent=shelf)
    set_privacy(editor, shelf)
    editor.post(reverse("wagtailadmin_pages:delete", args=[shelf.pk]))
    assert history(page) == ["publish", "withdraw"]
    assert not PageViewRestriction.objects.exists()


def test_a_copy_is_another_record(editor):
    page = add(publish=True, headline_en="The visit", change_note_zh_hant="註", withdrawal_note_zh_hant="撤")
    assert editor.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).status_code == 200
    made = copy(editor, page, section("visit"), "copy")
    assert (made.uid, made.slug, made.live) == ("visit:the-visit-2", "the-visit-2", False)
    assert history(made) == []
    assert history(page) == ["publish"]
    send(editor, made)
    assert history(made) == ["publish"]
    said = selectors.versions(made.uid)[0].document
    assert (said["uid"], said["path"]) == ("visit:the-visit-2", "/visits/copy/")
    assert said["change_note"] is None
    assert fresh(made).withdrawal_note_zh_hant in ("", None)


def test_a_live_copy_is_published_without_the_drafts_of_its_original(editor):
    page = add(publish=True, headline_zh_hant="公開的")
    change(page, publish=False, summary_zh_hant="草稿Wj5")
    made = copy(editor, page, section("visit"), "copy", publish_copies="on")
    assert made.live
    assert history(made) == ["publish"]
    assert readers.tables_with("草稿Wj5") == set()


@pytest.mark.parametrize("live", [False, True])
def test_a_copied_tree(editor, live):
    shelf = add(PlainPage, publish=True, headline_en="Shelf")
    public, hidden = add(publish=True, parent=shelf, headline_en="Public"), add(parent=shelf)
    made = copy(editor, shelf, home(), "shelf-copy", copy_subpages="on", **({"publish_copies": "on"} if live else {}))
    copies = {page.title: page.specific for page in made.get_children()}
    assert len({page.uid for page in VisitPage.objects.all()}) == 4
    assert history(made) == history(copies[public.title]) == (["publish"] if live else [])
    assert history(copies[hidden.title]) == []


def test_a_live_copy_of_a_private_tree_stays_private(editor):
    shelf = add(PlainPage, publish=True)
    set_privacy(editor, shelf)
    page = add(publish=True, parent=shelf, headline_zh_hant="密件Vt2")
    made = copy(editor, shelf, home(), "open-shelf", copy_subpages="on", publish_copies="on")
    [below] = made.get_children()
    assert below.live
    assert (history(page), history(below.specific), history(made)) == ([], [], [])
    assert readers.tables_with("Vt2") == set()


def test_a_live_copy_out_of_a_private_tree_is_public(editor):
    shelf = add(PlainPage, publish=True)
    set_privacy(editor, shelf)
    page = add(publish=True, parent=shelf)
    made = copy(editor, page, section("visit"), "out", publish_copies="on")
    assert (history(page), history(made)) == ([], ["publish"])


def test_no_aliases(editor):
    page = add(publish=True)
    made = copy(editor, page, section("visit"), "alias", alias="on", publish_copies="on")
    assert made.alias_of is None
    with pytest.raises(ValidationError), changing():
        page.create_alias(update_slug="alias-2")
    assert not Page.objects.exclude(alias_of=None).exists()


def test_pictures_go_with_a_copy(editor):
    page = add(publish=True, media=stream(picture(image())))
    made = copy(editor, page, section("visit"), "copy", publish_copies="on")
    one, two = (selectors.versions(each.uid)[0].document["media"] for each in (page, made))
    assert one == two


def test_a_page_added_below_a_private_page(editor):
    shelf = add(PlainPage, publish=True)
    set_privacy(editor, shelf)
    address = reverse("wagtailadmin_pages:add", args=["cms", "visitpage", shelf.pk])
    editor.post(address, form_data(new(), parent=shelf) | {"action-publish": "1"})
    page = VisitPage.objects.get()
    assert page.live
    assert history(page) == []
