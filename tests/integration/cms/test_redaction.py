"""What the law takes out is nowhere: log, current records, pages, revisions, history, uploads, public files."""

import io
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry, Revision

from cms.base.models import CityLink
from cms.models import CityPage, DatasetPage, PlainPage
from cms.redaction import redact_record
from portal.publication import selectors
from portal.publication.consumers import step
from portal.publication.models import CurrentRecord, PublicFile
from portal.publication.renditions import CONSUMER
from portal.statistics.csvtable import parse_csv
from portal.statistics.kept import columns_of
from portal.statistics.models import Part, Table
from tests.factories.filled import FIELDS, TABLE
from tests.factories.pages import (
    add,
    attachment,
    changing,
    draft,
    fresh,
    history,
    home,
    image,
    picture,
    section,
    send,
    stream,
    text_block,
)
from tests.integration.cms.everywhere import places

SECRET = "Rx7Secret"
WORDS = {
    "ground": {"zh-Hant": "個人資料保護法第十一條", "en": None},
    "authority": {"zh-Hant": "市政府", "en": None},
    "date": "2022-07-01",
}


@pytest.fixture
def redact(django_capture_on_commit_callbacks):
    def do(uid, versions=None):
        with django_capture_on_commit_callbacks(execute=True):
            return redact_record(uid, versions, **WORDS)

    return do


def files_below(settings):
    return {
        path for root in (settings.MEDIA_ROOT, settings.PUBLIC_ROOT) for path in Path(root).rglob("*") if path.is_file()
    }


def test_a_whole_record(editor, redact, settings):
    page = add(publish=True, headline_zh_hant=f"標題{SECRET}", body=stream(text_block(f"<p>{SECRET}</p>")))
    send(editor, page, summary_zh_hant=SECRET, change_note_zh_hant=SECRET)
    send(editor, page, "", headline_zh_hant=f"草稿{SECRET}")
    assert places(SECRET)
    row = redact(page.uid)
    assert history(page) == ["publish", "publish", "redact"]
    assert places(SECRET) == set()
    assert not Page.objects.filter(pk=page.pk).exists()
    assert selectors.redaction_notice(row.seq).date == "2022-07-01"
    assert selectors.record(page.uid).state == "redacted"


def test_an_old_version_and_what_was_drafted_on_it(editor, redact):
    page = add(publish=True, headline_zh_hant=f"標題{SECRET}")
    send(editor, page, "", summary_zh_hant=SECRET)
    send(editor, page, headline_zh_hant="乾淨的標題", summary_zh_hant="")
    redact(page.uid, [1])
    assert places(SECRET) == set()
    assert fresh(page).live
    assert history(page) == ["publish", "publish", "redact"]
    assert selectors.record(page.uid).title_zh_hant == "乾淨的標題"
    assert Revision.objects.for_instance(page).count() == 1
    send(editor, page, summary_zh_hant="還能編輯")
    assert history(page) == ["publish", "publish", "redact", "publish"]


def test_a_record_that_is_withdrawn(editor, redact):
    page = add(publish=True, headline_zh_hant=SECRET, withdrawal_note_zh_hant=f"說明{SECRET}")
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    redact(page.uid)
    assert places(SECRET) == set()
    assert history(page) == ["publish", "withdraw", "redact"]


def test_a_record_whose_page_is_gone(editor, redact):
    page = add(publish=True, headline_zh_hant=SECRET)
    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    redact(page.uid)
    assert places(SECRET) == set()


def test_pictures_and_files_that_nothing_else_uses(editor, redact, settings):
    alone, shared, attached = image("red"), image("blue"), attachment(b"secret\n")
    block = {"type": "file", "id": "00000000-0000-4000-8000-000000000005"}
    block["value"] = {"file": attached.pk, "title": {"zh_hant": "檔", "en": ""}}
    page = add(publish=True, media=stream(picture(alone), picture(shared)), body=stream(block))
    other = add(publish=True, media=stream(picture(shared)))
    while step(CONSUMER):
        pass
    editor.get(reverse("wagtailimages:edit", args=[alone.pk]))
    redact(page.uid)
    assert get_image_model().objects.get().pk == shared.pk
    assert PublicFile.objects.count() == 1
    assert all("blue" in path.name or PublicFile.objects.get().pk in str(path) for path in files_below(settings))
    assert history(other) == ["publish"]


def test_a_picture_that_the_record_no_longer_shows(editor, redact, settings):
    page = add(publish=True, media=stream(picture(image("red"))))
    send(editor, page, media="[]")
    redact(page.uid, [1])
    assert files_below(settings) == set()
    assert not get_image_model().objects.exists()


def test_a_note_on_a_change_is_not_said_again(editor, redact):
    page = add(publish=True, summary_zh_hant="一")
    send(editor, page, summary_zh_hant="二", change_note_zh_hant=f"更正{SECRET}")
    send(editor, page, summary_zh_hant="三")
    redact(page.uid, [2])
    assert places(SECRET) == set()
    send(editor, page, summary_zh_hant="四")
    assert places(SECRET) == set()


def test_what_cites_it_no_longer_names_it(redact):
    city = add(CityPage, publish=True, headline_zh_hant=SECRET, headline_en="City one")
    page = add(publish=True, city_links=[CityLink(city=city)])
    redact(city.uid)
    assert places(SECRET) == set()
    assert history(page) == ["publish", "publish"]
    assert CurrentRecord.objects.get(uid=page.uid).state == "public"


@pytest.mark.parametrize("versions", [[9], [1, 9], []], ids=str)
def test_versions_that_are_not_there(redact, versions):
    page = add(publish=True)
    with pytest.raises(ValueError, match=page.uid):
        redact(page.uid, versions)
    assert history(page) == ["publish"]


def test_a_redaction_cut_off_changes_nothing(redact, monkeypatch):
    from cms import redaction

    page = add(publish=True, headline_zh_hant=SECRET, media=stream(picture(image("red"))))
    before = places(SECRET)

    def cut(*_args, **_options):
        raise RuntimeError("the power goes")

    with monkeypatch.context() as power:
        power.setattr(redaction, "_purge", cut)
        with pytest.raises(RuntimeError):
            redact(page.uid)
    assert places(SECRET) == before
    assert get_image_model().objects.exists()
    redact(page.uid)
    assert places(SECRET) == set()


def test_what_was_looked_at_in_a_preview(editor, redact):
    page = add(publish=True)
    FormState.objects.update_or_create_by_instance(
        page,
        user=get_user_model().objects.first(),
        defaults={"data": f"summary={SECRET}", "last_updated_at": timezone.now()},
    )
    redact(page.uid)
    assert not FormState.objects.exists()


def test_the_command(django_capture_on_commit_callbacks):
    page = add(publish=True, headline_zh_hant=SECRET)
    said = io.StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            "publication", "redact", page.uid, ground="法", authority="府", date="2022-07-01", stdout=said, verbosity=0
        )
    assert places(SECRET) == set()
    with pytest.raises(CommandError, match=page.uid):
        call_command("publication", "redact", page.uid, ground="法", authority="府")
    with pytest.raises(CommandError):
        call_command("publication", "redact", page.uid, ground="法", authority="府", date="2022-02-30")


def test_the_history_of_the_page_keeps_who_and_when(editor, redact):
    page = add(headline_zh_hant=SECRET)
    send(editor, page)
    send(editor, page, headline_zh_hant=f"改{SECRET}")
    entries = PageLogEntry.objects.filter(page=page.pk)
    assert entries.filter(label__contains=SECRET).exists()
    redact(page.uid)
    assert entries.filter(action="wagtail.publish", user__isnull=False).exists()
    assert places(SECRET) == set()


def test_reconciling_brings_nothing_back(redact):
    page = add(publish=True, headline_zh_hant=SECRET)
    redact(page.uid)
    call_command("publication", "reconcile", verbosity=0)
    call_command("publication", "rebuild", verbosity=0)
    assert places(SECRET) == set()
    assert history(page) == ["publish", "redact"]


def test_other_records_of_the_section_stay(redact):
    page, other = add(publish=True), add(publish=True)
    redact(page.uid)
    assert fresh(other).live
    with pytest.raises(ValueError, match="below"):
        redact(section("visit").uid)
    assert history(section("visit")) == history(other) == ["publish"]


def test_histories_of_pages_that_stood_below_it(editor, redact):
    shelf = add(PlainPage, publish=True, headline_zh_hant=SECRET)
    page = add(publish=True, parent=shelf)
    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home().pk]))
    redact(shelf.uid)
    assert places(SECRET) == set()


def test_histories_of_pages_that_stood_below_it_and_are_gone(editor, redact):
    shelf = add(PlainPage, publish=True, headline_zh_hant=SECRET)
    page = add(publish=True, parent=shelf)
    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home().pk]))
    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert PageLogEntry.objects.filter(page=page.pk, data__source__title=SECRET).exists()
    redact(shelf.uid)
    assert places(SECRET) == set()


@pytest.mark.needs_sqlite
def test_nothing_is_left_in_the_pages_of_the_file():
    """SQLite leaves deleted text in its file unless it is told to overwrite it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1


def dataset_of(note: str, slug: str):
    """A published dataset whose table has a note."""
    page = add(DatasetPage, **FIELDS[DatasetPage], slug=slug)
    rows = parse_csv(TABLE.replace("normal,,", f"normal,{note},"), page.structure())
    with changing():
        page = draft(page)
        page.enter(rows, page.structure())
        page.save_revision().publish()
    return fresh(page)


def test_the_table_of_a_dataset_goes_too(redact):
    page, other = dataset_of(SECRET, "one"), dataset_of("別的說明", "two")
    redact(page.uid)
    assert not Table.objects.filter(digest=page.table_digest).exists()
    assert not Part.objects.filter(table=page.table_digest).exists()
    with pytest.raises(Table.DoesNotExist):
        columns_of(page.table_digest)
    assert list(Table.objects.values_list("digest", flat=True)) == [other.table_digest]
    with pytest.raises(DatabaseError), transaction.atomic():
        Part.objects.all().delete()


def test_a_table_that_something_else_holds_stays(redact):
    page, other = dataset_of(SECRET, "one"), dataset_of(SECRET, "two")
    assert page.table_digest == other.table_digest
    redact(page.uid)
    assert columns_of(other.table_digest).num_rows == 1
    redact(other.uid)
    assert not Table.objects.exists()


def test_a_table_that_is_entered_again_is_protected_again(redact):
    page = dataset_of(SECRET, "one")
    redact(page.uid)
    again = dataset_of(SECRET, "two")
    assert again.table_digest == page.table_digest
    with pytest.raises(DatabaseError), transaction.atomic():
        Table.objects.filter(digest=again.table_digest).delete()
