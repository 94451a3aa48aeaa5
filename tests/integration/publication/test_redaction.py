"""The log's part of a redaction: the row that says so, the content that goes, the files that nothing else uses."""

import io
import json
from pathlib import Path

import pytest
from django.db import transaction

from portal.publication import current, files, log, redaction, renditions, replaying, selectors, verify
from portal.publication.consumers import step
from portal.publication.models import Citation, Content, CurrentRecord, FileUse, LogRow, PublicFile, Rendition
from portal.publication.renditions import CONSUMER
from tests.appendonly import lifted_triggers
from tests.factories.documents import both, document, picture, publish, redact, withdraw
from tests.factories.pages import png
from tests.readers import tables_with

pytestmark = pytest.mark.django_db

WORDS = {"ground": both("法"), "authority": both("府"), "date": "2022-07-01"}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def exposed(colour):
    """A public picture; the documents that use it come after."""
    return files.expose(io.BytesIO(png(colour, (400, 300))), media_type="image/png", width=400, height=300)


def with_picture(slug, sha256, **members):
    made = document("visit", slug, media=[picture(sha256)], **members)
    publish(made, files=frozenset({sha256}))
    return made


def some(uid, seqs):
    with transaction.atomic():
        log.lock()
        return redaction.redact(uid, seqs, **WORDS)


def test_all_versions():
    publish(document("visit", "a", title=both("秘密Hx1")))
    publish(document("visit", "a", title=both("秘密Hx2"), summary=both("Hx3")))
    row = redact("visit:a")
    assert (row.action, row.version, row.seq) == ("redact", 3, 3)
    assert json.loads(row.content.document)["covers"] == [1, 2]
    assert Content.objects.count() == 1
    assert tables_with("Hx") == set()
    assert CurrentRecord.objects.get().state == "redacted"
    assert [finding.message for finding in verify.chain()] == ["redacted by 3", "redacted by 3"]
    notice = selectors.redaction_notice(CurrentRecord.objects.get().row_id)
    assert (notice.seq, notice.date) == (3, "2022-07-01")


def test_an_old_version_alone():
    publish(document("visit", "a", title=both("秘密Hx1")))
    publish(document("visit", "a", title=both("乾淨")))
    some("visit:a", [1])
    record = CurrentRecord.objects.get()
    assert (record.state, record.version, record.title_zh_hant) == ("public", 2, "乾淨")
    assert tables_with("Hx1") == set()
    assert selectors.version("visit:a", 1).redacted_by == 3
    assert selectors.version("visit:a", 2).document["title"]["zh-Hant"] == "乾淨"


def test_a_withdrawn_record():
    publish(document("visit", "a", title=both("秘密Hx1")))
    withdraw("visit:a", both("說明Hx2"))
    redact("visit:a")
    assert tables_with("Hx") == set()
    assert CurrentRecord.objects.get().state == "redacted"


def test_what_cites_it_says_nothing_of_it():
    publish(document("city", "a", title=both("秘密Hx1")))
    publish(document("visit", "b", cities=("city:a",)))
    assert tables_with("Hx1") == {"Content", "CurrentRecord"}
    redact("city:a")
    assert tables_with("Hx1") == set()
    assert Citation.objects.filter(source="visit:b").count() == 1


@pytest.mark.parametrize("seqs", [[], [2], [1, 2], [9]], ids=str)
def test_what_is_no_version_of_the_record_is_refused(seqs):
    publish(document("visit", "a"), document("visit", "b"))
    with pytest.raises(ValueError, match="visit:a"):
        some("visit:a", seqs)
    assert LogRow.objects.count() == 2


def test_nothing_is_redacted_twice():
    publish(document("visit", "a"))
    redact("visit:a")
    for seqs in ([1], [2]):
        with pytest.raises(ValueError, match="visit:a"):
            some("visit:a", seqs)


def test_files_go_with_their_last_use(committed, settings):
    red, blue = exposed("red"), exposed("blue")
    with_picture("a", red)
    with_picture("b", red)
    with_picture("c", blue)
    while step(CONSUMER):
        pass
    assert Rendition.objects.count() == 8
    with committed():
        redact("visit:a")
    assert files.storage().exists(PublicFile.objects.get(pk=red).name)
    names = list(Rendition.objects.filter(file=red).values_list("name", flat=True))
    names.append(PublicFile.objects.get(pk=red).name)
    with committed():
        redact("visit:b")
    assert not any(files.storage().exists(name) for name in names)
    assert set(PublicFile.objects.values_list("sha256", flat=True)) == {blue}
    assert set(FileUse.objects.values_list("file_id", flat=True)) == {blue}


def test_files_stay_if_the_redaction_is_rolled_back(committed):
    red = exposed("red")
    with_picture("a", red)
    with committed(), pytest.raises(RuntimeError), transaction.atomic():
        redact("visit:a")
        raise RuntimeError
    assert files.storage().exists(PublicFile.objects.get(pk=red).name)
    assert Content.objects.count() == 1


def test_a_file_that_is_used_again_meanwhile_stays(committed):
    red = exposed("red")
    with_picture("a", red)
    with committed():
        redact("visit:a")
        with_picture("b", red)
    assert files.storage().exists(PublicFile.objects.get(pk=red).name)


def test_pictures_of_a_redacted_row_are_not_made_again(committed):
    red = exposed("red")
    with_picture("a", red)
    with committed():
        redact("visit:a")
    while step(CONSUMER):
        pass
    assert not Rendition.objects.exists()


def test_contents_that_came_back_are_taken_out_again():
    publish(document("visit", "a", title=both("秘密Hx1")))
    document_text, nonce = Content.objects.values_list("document", "nonce").get()
    redact("visit:a")
    Content.objects.create(row_id=1, document=document_text, nonce=nonce)
    assert [finding.problem for finding in verify.chain()] == [True]
    assert redaction.replay() == 1
    assert tables_with("Hx1") == set()
    assert [finding.problem for finding in verify.chain()] == [False]
    assert redaction.replay() == 0


def test_what_a_restore_brought_back_is_known_again():
    """An older state of the log comes back, without the redaction: the rows that it covered are named."""
    publish(document("visit", "a"), document("visit", "b"))
    publish(document("visit", "a", title=both("改")))
    savepoint = transaction.savepoint()
    redact("visit:a")
    [remembered] = replaying.remember()
    assert replaying.returned(remembered) == []
    transaction.savepoint_rollback(savepoint)
    publish(document("visit", "c"))
    assert (remembered.uid, remembered.document["date"]) == ("visit:a", "2022-07-01")
    assert replaying.returned(remembered) == [1, 2]


def test_rows_of_another_log_are_left_alone():
    publish(document("visit", "a"))
    savepoint = transaction.savepoint()
    redact("visit:a")
    [remembered] = replaying.remember()
    transaction.savepoint_rollback(savepoint)
    with lifted_triggers(transaction.get_connection()):
        CurrentRecord.objects.all().delete()
        Content.objects.all().delete()
        LogRow.objects.all().delete()
    publish(document("visit", "a"))
    assert replaying.returned(remembered) == []


def test_a_picture_redacted_while_its_renditions_are_made(committed, monkeypatch, settings):
    red = exposed("red")
    with_picture("a", red)
    make = renditions._make

    def slowly(file):
        made = make(file)
        with committed():
            redact("visit:a")
        return made

    monkeypatch.setattr(renditions, "_make", slowly)
    step(CONSUMER)
    assert not Rendition.objects.exists()
    assert not [path for path in Path(settings.PUBLIC_ROOT).rglob("*") if path.is_file()]


def test_what_covers_a_row():
    publish(document("visit", "a"))
    assert redaction.covering(1) is None
    redact("visit:a")
    assert redaction.covering(1)["seq"] == 2
    current.rebuild()
    assert redaction.covering(1)["date"] == "2022-07-01"
