"""Publishing, editing, reverting and taking back through the admin's own views."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision

from cms.base.models import CityLink
from cms.models import CityPage, RelatedLink, VisitPage
from portal.publication import selectors
from portal.publication.models import Address, CurrentRecord, LogRow
from tests import readers
from tests.factories.pages import (
    add,
    change,
    changing,
    draft,
    form_data,
    fresh,
    history,
    new,
    section,
    send,
    stream,
    text_block,
)

SECRET = "還沒公開Xq7"


def document(page):
    """What the current version of a record says."""
    return selectors.versions(page.uid)[-1].document


def test_publish_from_the_add_form(editor):
    parent = section("visit")
    page = new(headline_en="Delegation from Busan", body=stream(text_block("<p>釜山</p>", "<p>Busan</p>")))
    address = reverse("wagtailadmin_pages:add", args=["cms", "visitpage", parent.pk])
    assert editor.get(address).status_code == 200
    response = editor.post(address, form_data(page, parent=parent) | {"action-publish": "1"})
    assert response.status_code == 302
    made = VisitPage.objects.get()
    assert (made.uid, made.live) == ("visit:delegation-from-busan", True)
    assert history(made) == ["publish"]
    said = document(made)
    assert said["path"] == "/visits/delegation-from-busan/"
    assert said["title"] == {"zh-Hant": page.headline_zh_hant, "en": "Delegation from Busan"}
    assert said["body"][0]["value"] == {"zh-Hant": "<p>釜山</p>", "en": "<p>Busan</p>"}


def test_a_draft_from_the_add_form_is_nowhere(editor):
    parent = section("visit")
    address = reverse("wagtailadmin_pages:add", args=["cms", "visitpage", parent.pk])
    rows = LogRow.objects.count()
    editor.post(address, form_data(new(headline_zh_hant=SECRET), parent=parent))
    assert VisitPage.objects.get().live is False
    assert LogRow.objects.count() == rows
    assert readers.tables_with(SECRET) == set()


def test_an_edit_is_a_new_version(editor):
    page = add(publish=True)
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert send(editor, page, headline_zh_hant="改過的標題").status_code == 302
    assert history(page) == ["publish", "publish"]
    assert document(page)["title"]["zh-Hant"] == "改過的標題"
    assert document(page)["translation"]["en"]["title"] == "stale"


def test_a_draft_of_a_public_record_is_nowhere(editor):
    page = add(publish=True)
    response = send(
        editor,
        page,
        "",
        headline_zh_hant=SECRET,
        slug="secret-address",
        summary_zh_hant=SECRET,
        body=stream(text_block(f"<p>{SECRET}</p>")),
        change_note_zh_hant=SECRET,
        withdrawal_note_zh_hant=SECRET,
    )
    assert response.status_code == 302
    assert draft(page).headline_zh_hant == SECRET
    assert history(page) == ["publish"]
    assert readers.tables_with(SECRET) == set() == readers.tables_with("secret-address")
    # The lists and records around it are made anew without it.
    add(publish=True)
    assert not [address for address, body in readers.responses().items() if SECRET in body]


def test_a_draft_leaks_with_none_of_the_ways_that_save_a_public_page(editor):
    page = add(publish=True)
    send(editor, page, "", headline_zh_hant=SECRET, body=stream(text_block(f"<p>{SECRET}</p>")))
    restriction = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    editor.post(restriction, {"restriction_type": "login"})
    editor.post(restriction, {"restriction_type": "none"})
    editor.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    editor.post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert history(page) == ["publish", "withdraw", "publish", "withdraw"]
    assert readers.tables_with(SECRET) == set()


def test_publishing_an_unchanged_page_adds_no_row(editor):
    page = add(publish=True, body=stream(text_block("<p>一</p>")))
    send(editor, page)
    send(editor, page)
    assert history(page) == ["publish"]
    assert Revision.objects.for_instance(page).count() == 3


def test_revert_and_publish(editor):
    page = add(publish=True, headline_zh_hant="第一版")
    first = page.latest_revision
    send(editor, page, headline_zh_hant="第二版")
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert editor.get(address).status_code == 200
    data = form_data(first.as_object())
    editor.post(address, data | {"revision": first.pk})
    assert history(page) == ["publish", "publish"]
    editor.post(address, data | {"revision": first.pk, "action-publish": "1"})
    assert history(page) == ["publish", "publish", "publish"]
    assert document(page)["title"]["zh-Hant"] == "第一版"


def test_unpublish_and_publish_again(editor):
    page = add(publish=True)
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    assert editor.get(address).status_code == 200
    editor.post(address)
    assert fresh(page).live is False
    assert history(page) == ["publish", "withdraw"]
    editor.post(address)
    assert history(page) == ["publish", "withdraw"]
    send(editor, page)
    assert history(page) == ["publish", "withdraw", "publish"]
    assert CurrentRecord.objects.get(uid=page.uid).version == 3


@pytest.mark.parametrize("include", [False, True])
def test_unpublish_with_descendants(editor, include):
    visit = add(publish=True)
    parent = section("visit")
    editor.post(
        reverse("wagtailadmin_pages:unpublish", args=[parent.pk]), {"include_descendants": "on"} if include else {}
    )
    assert history(parent) == ["publish", "withdraw"]
    assert history(visit) == (["publish", "withdraw"] if include else ["publish"])


def test_a_new_slug_is_a_new_address_and_the_old_one_is_kept(editor):
    page = add(publish=True, headline_en="Old words")
    send(editor, page, slug="new-words")
    assert document(page)["path"] == "/visits/new-words/"
    assert page.uid == "visit:old-words" == document(page)["uid"]
    old = selectors.record_at("/visits/old-words/")
    assert (old.uid, old.path) == (page.uid, "/visits/new-words/")
    assert Address.objects.filter(uid=page.uid).count() == 2


def test_an_old_address_may_be_given_to_another(editor):
    page = add(publish=True, slug="shared")
    send(editor, page, slug="moved-away")
    other = add(publish=True, slug="shared")
    assert selectors.record_at("/visits/shared/").uid == other.uid
    assert selectors.record_at("/visits/moved-away/").uid == page.uid


def test_a_slug_that_another_has_is_refused_at_the_field(editor):
    add(publish=True, slug="taken")
    page = add(publish=True, slug="mine")
    response = send(editor, page, slug="taken")
    assert "slug" in response.context["form"].errors
    assert history(page) == ["publish"]


def test_notes_belong_to_the_change_they_speak_of(editor):
    page = add(publish=True, summary_zh_hant="一")
    send(editor, page, summary_zh_hant="二", change_note_zh_hant="更正人數", change_note_en="Number corrected")
    send(editor, page, summary_zh_hant="三")
    send(editor, page, summary_zh_hant="四")
    send(editor, page, summary_zh_hant="五", change_note_zh_hant="更正日期")
    notes = [version.document["change_note"] for version in selectors.versions(page.uid)]
    assert notes == [
        None,
        {"zh-Hant": "更正人數", "en": "Number corrected"},
        None,
        None,
        {"zh-Hant": "更正日期", "en": "Number corrected"},
    ]


def test_a_note_alone_is_no_version(editor):
    page = add(publish=True)
    send(editor, page, change_note_zh_hant="沒有改")
    assert history(page) == ["publish"]


def test_the_note_on_withdrawal(editor):
    page = add(publish=True)
    send(editor, page, withdrawal_note_zh_hant="已由新公告取代", withdrawal_note_en="Replaced")
    assert history(page) == ["publish"]
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    tombstone = selectors.tombstone(CurrentRecord.objects.get(uid=page.uid))
    assert tombstone.note == {"zh-Hant": "已由新公告取代", "en": "Replaced"}


def test_child_relations_are_part_of_the_record(editor):
    busan, daegu = (add(CityPage, publish=True, headline_en=name) for name in ("Busan", "Daegu"))
    other = add(publish=True)
    page = add(publish=True)
    cities = [CityLink(city=daegu, sort_order=0), CityLink(city=busan, sort_order=1)]
    send(editor, page, city_links=cities, related_links=[RelatedLink(target=other)])
    assert document(page)["relations"] == {"cities": ["city:daegu", "city:busan"], "related": [other.uid]}
    data = form_data(draft(page)) | {"action-publish": "1", "city_links-0-DELETE": "on"}
    editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert document(page)["relations"]["cities"] == ["city:busan"]
    assert history(page) == ["publish"] * 3


def test_a_child_that_is_saved_or_deleted_by_itself_touches_its_page():
    city = add(CityPage, publish=True)
    page = add(publish=True)
    with changing():
        link = CityLink.objects.create(page=Page.objects.get(pk=page.pk), city=city)
    assert document(page)["relations"]["cities"] == [city.uid]
    with changing():
        link.delete()
    assert document(page)["relations"]["cities"] == []


def test_the_same_through_models():
    page = change(add(publish=True), headline_zh_hant="改")
    assert history(page) == ["publish", "publish"]
    with changing():
        page.unpublish()
    assert history(page) == ["publish", "publish", "withdraw"]
