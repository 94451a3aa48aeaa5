"""What cannot be published is said at the field and leaves nothing behind."""

from contextlib import nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Revision

from cms.base.models import CityLink, page_model
from cms.models import BannerPage, PlainPage, VisitPage
from cms.publishing import PublicationError
from cms.scope import OutsidePublishingScope, publishing_scope
from portal.publication.models import LogRow
from portal.publication.types import TYPES
from tests.factories.pages import add, changing, fresh, history, home, image, new, picture, section, send, stream


def refused(editor, page, field, **fields):
    """The admin refuses to publish a page with these changes, and says so at the field."""
    rows, revisions = LogRow.objects.count(), Revision.objects.count()
    response = send(editor, page, **fields)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert (LogRow.objects.count(), Revision.objects.count()) == (rows, revisions)


def test_a_chinese_title_is_required(editor):
    refused(editor, add(publish=True), "headline_zh_hant", headline_zh_hant="")


def test_an_end_before_the_start(editor):
    refused(editor, add(publish=True), "date_end", date_start="2022-03-02", date_end="2022-03-01")


def test_an_undated_record_has_no_days(editor):
    refused(editor, add(publish=True), "date_precision", date_precision="undated")


def test_a_dated_record_has_a_day(editor):
    refused(editor, add(publish=True), "date_start", date_start=None)


def test_a_slug_that_is_no_address(editor):
    refused(editor, add(publish=True), "slug", slug="Not An Address")


def test_an_address_that_the_site_needs(editor):
    refused(editor, add(PlainPage, publish=True), "slug", slug="api")


def test_a_banner_that_ends_before_it_begins(editor):
    page = add(BannerPage, publish=True, text_zh_hant="公告")
    moments = {"starts_at": "2022-03-02 00:00", "ends_at": "2022-03-01 00:00"}
    refused(editor, page, "ends_at", **moments)


def test_what_the_schema_refuses_is_said_at_the_field(editor, monkeypatch):
    """A document that only the schema can refuse: a topic outside the vocabulary would be one."""
    page = add(publish=True)
    refused(editor, page, "topics", topics=["not a topic"])


def test_what_only_publishing_can_find_is_a_message_and_nothing_is_saved(editor):
    """Two records at one address, found when the log is about to hold them."""
    page = add(PlainPage, publish=True, slug="both")
    with pytest.raises(PublicationError, match="/both/"), changing():
        VisitPage.record_path, kept = property(lambda _page: "/both/"), VisitPage.record_path
        try:
            other = section("visit").add_child(instance=new(slug="both"))
            other.save_revision().publish()
            from cms.publishing import settle
            from cms.scope import touched

            settle(touched())
        finally:
            VisitPage.record_path = kept
    assert history(page) == ["publish"]
    assert not VisitPage.objects.exists()


def test_a_refusal_by_the_log_becomes_a_message(editor, monkeypatch):
    from cms import publishing
    from portal.publication.schemas import DocumentInvalid

    page = add(publish=True)
    revisions = Revision.objects.count()

    def refuse(_entries):
        raise DocumentInvalid(page.uid, [("summary", "too vague")])

    with monkeypatch.context() as strict:
        strict.setattr(publishing.log, "append", refuse)
        response = send(editor, page, headline_zh_hant="改了")
    assert response.status_code == 302
    said = [str(message) for message in editor.get(reverse("wagtailadmin_home")).context["messages"]]
    assert any(page.uid in message and "summary: too vague" in message for message in said)
    assert history(page) == ["publish"]
    assert Revision.objects.count() == revisions
    assert fresh(page).headline_zh_hant == page.headline_zh_hant


@pytest.mark.parametrize(
    "touch",
    [
        lambda page: page.save(),
        lambda page: page.save_revision(),
        lambda page: page.get_latest_revision().publish(),
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: page.move(home(), "last-child"),
        lambda page: page.copy(keep_live=False),
        lambda page: PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login"),
        lambda page: CityLink.objects.create(page=page.page_ptr, city=page_model("city").objects.get()),
        lambda page: section("visit").add_child(instance=new()),
        lambda page: image("red"),
    ],
    ids=["save", "revision", "publish", "unpublish", "delete", "move", "copy", "restrict", "child", "add", "no page"],
)
def test_a_touch_outside_a_scope_is_refused(touch, request):
    add(page_model("city"), publish=True)
    page = add(publish=True)
    if request.node.callspec.id == "no page":
        touch(page)
        return
    rows = Page.objects.count(), PageViewRestriction.objects.count(), CityLink.objects.count()
    # A deletion fails within a transaction of its own; everything else is refused before anything is written.
    deletes = request.node.callspec.id == "delete"
    with pytest.raises(OutsidePublishingScope), transaction.atomic() if deletes else nullcontext():
        touch(page)
    assert rows == (Page.objects.count(), PageViewRestriction.objects.count(), CityLink.objects.count())


def test_a_used_picture_is_a_touch_too():
    uploaded = image("red")
    add(publish=True, media=stream(picture(uploaded)))
    with pytest.raises(OutsidePublishingScope):
        uploaded.save()


def test_a_scope_within_a_scope_is_part_of_it():
    page = add()
    with changing():
        with publishing_scope():
            page.get_latest_revision().publish()
        assert history(page) == []
    assert history(page) == ["publish"]


def test_a_scope_that_fails_leaves_nothing():
    page = add()
    with pytest.raises(RuntimeError), changing():
        page.get_latest_revision().publish()
        raise RuntimeError
    assert (fresh(page).live, history(page)) == (False, [])


def test_uids_and_types_belong_together():
    with pytest.raises(ValidationError), changing():
        section("visit").add_child(instance=new(uid="city:wrong", slug="wrong")).save_revision()
    assert not Page.objects.type(VisitPage).exists()


def test_two_records_never_share_a_uid():
    add(uid="visit:one", slug="one")
    with pytest.raises(Exception, match=r"visit:one|UNIQUE|unique"), changing():
        section("visit").add_child(instance=new(uid="visit:one", slug="two")).save_revision()


def test_every_type_can_be_published():
    required = {
        "banner": {"text_zh_hant": "公告"},
        "city": {"country": "KR"},
    }
    for code in TYPES:
        model = page_model(code)
        dated = {"date_precision": "undated"} if hasattr(model, "date_precision") else {}
        dated |= {"date_start": None} if dated else {}
        page = add(model, publish=code != "dataset", **dated | required.get(code, {}))
        assert history(page) == (["publish"] if code != "dataset" else [])
