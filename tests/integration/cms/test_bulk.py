"""Bulk actions: several pages at once, all of them or none."""

from django.urls import reverse
from wagtail.models import Page

from cms.models import CityPage, PlainPage
from portal.publication.models import LogRow
from tests.factories.pages import add, change, changing, fresh, history, home, section


def bulk(editor, action, *pages, **fields):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = "&".join(f"id={page.pk}" for page in pages)
    assert editor.get(f"{address}?{query}").status_code == 200
    return editor.post(f"{address}?{query}", fields)


def test_publish(editor):
    pages = [add(), add(), change(add(publish=True), publish=False, summary_zh_hant="改")]
    other = add()
    bulk(editor, "publish", *pages)
    assert [history(page) for page in pages] == [["publish"], ["publish"], ["publish", "publish"]]
    assert history(other) == []


def test_publish_with_descendants(editor):
    shelf = add(PlainPage)
    below = add(parent=shelf)
    bulk(editor, "publish", shelf, include_descendants="on")
    assert history(shelf) == history(below) == ["publish"]


def test_unpublish(editor):
    pages = [add(publish=True), add(publish=True), add()]
    bulk(editor, "unpublish", *pages)
    assert [history(page) for page in pages] == [["publish", "withdraw"]] * 2 + [[]]


def test_unpublish_with_descendants(editor):
    below = add(publish=True)
    bulk(editor, "unpublish", section("visit"), include_descendants="on")
    assert history(below) == history(section("visit")) == ["publish", "withdraw"]


def test_delete(editor):
    shelf = add(PlainPage, publish=True)
    below, other = add(publish=True, parent=shelf), add(publish=True)
    bulk(editor, "delete", shelf, other)
    assert history(shelf) == history(below) == history(other) == ["publish", "withdraw"]


def test_move_under_a_private_page(editor):
    shelf = add(PlainPage, publish=True)
    editor.post(reverse("wagtailadmin_pages:set_privacy", args=[shelf.pk]), {"restriction_type": "login"})
    pages = [add(publish=True), add(publish=True)]
    bulk(editor, "move", *pages, chooser=shelf.pk, move_applicable="on")
    assert all(fresh(page).get_parent().pk == shelf.pk for page in pages)
    assert [history(page) for page in pages] == [["publish", "withdraw"]] * 2
    bulk(editor, "move", *pages, chooser=home().pk, move_applicable="on")
    assert [history(page) for page in pages] == [["publish", "withdraw", "publish"]] * 2


def test_one_that_cannot_be_published_stops_all(editor):
    """Drafts need not be complete; publishing them is refused with a message, and nothing is written."""
    good = add()
    with changing():
        bad = section("city").add_child(instance=CityPage(headline_zh_hant="沒有國家", live=False))
        bad.save_revision(clean=False)
    rows = LogRow.objects.count()
    response = bulk(editor, "publish", good, bad)
    assert response.status_code == 302
    page = editor.get(reverse("wagtailadmin_home"))
    assert any("city:" in str(message) for message in page.context["messages"])
    assert LogRow.objects.count() == rows
    assert not Page.objects.filter(pk__in=[good.pk, bad.pk]).live().exists()
