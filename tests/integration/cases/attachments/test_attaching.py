"""Attaching files to cases: an event each, the content encrypted under a random name, and nothing half done."""

import hashlib
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from portal.cases import selectors, verify
from portal.cases.attachments import files, limits, reading
from portal.cases.attachments.attaching import attach
from portal.cases.attachments.keeping import keep, keeping
from portal.cases.attachments.refusals import (
    AttachmentUnknown,
    CaseClosed,
    FileEmpty,
    FileGone,
    FilesTooLarge,
    FileTooLarge,
    TooManyFiles,
)
from portal.cases.merging import merge
from portal.cases.models import Attachment, CaseEvent, Reading
from portal.cases.personal import ciphers
from portal.cases.personal.keeping import STORE
from portal.cases.refusals import CaseUnknown, MergedAlready, StaleVersion
from tests.factories.attachments import NAME, PDF, TAKEN, attached
from tests.factories.cases import moved, received

pytestmark = pytest.mark.django_db
OFFICER = {"actor": "user:7", "purpose": "handling"}


def stored(root: Path) -> list[Path]:
    return [path for path in (root / "attachments").rglob("*") if path.is_file()]


def test_what_is_attached_is_read_again_and_is_encrypted_in_between(own_files):
    case = received(personal=STORE)
    for content, media_type in TAKEN.items():
        attachment = attached(case, content)
        assert (attachment.media_type, attachment.size) == (media_type, len(content))
        assert attachment.digest == hashlib.sha256(content).hexdigest()
        opened = reading.read(attachment, **OFFICER)
        assert opened.content == content
    assert opened.name.reveal() == f"{NAME}.txt"
    paths = stored(own_files)
    assert len(paths) == len(TAKEN)
    for path in paths:
        assert path.stat().st_mode & 0o777 == 0o600
        assert not any(mark in path.read_bytes() for mark in (b"marked-inside", b"%PDF", b"JFIF", b"word/document"))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            assert not any(mark in rows for mark in ("王標記", "A123456789", "marked-inside")), table


def test_each_is_an_event_that_says_no_name_and_leaves_the_case_as_it_stands():
    case = received(personal=STORE)
    before = (case.state, case.data, case.version)
    attachment = attached(case, actor="module:desk")
    assert (case.state, case.data, case.version) == (*before[:2], before[2] + 1)
    event = CaseEvent.objects.get(case=case, number=case.version)
    assert (event.type, event.actor, event.state) == ("attached", "module:desk", "received")
    assert event.data == {"attachment": str(attachment.uid), "media_type": "application/pdf", "size": len(PDF)}
    assert list(verify.faults()) == []
    attachment.delete()
    [fault] = verify.faults()
    assert fault == f"{case.reference}: event 2 has brought a file of which nothing is known"


def test_reading_leaves_a_row_and_says_nothing_of_the_name():
    case = received(personal=STORE)
    reading.read(attached(case), **OFFICER)
    row = Reading.objects.get()
    assert (row.act, row.actor, row.purpose, row.reference, row.found) == (
        "read",
        "user:7",
        "handling",
        case.reference,
        1,
    )
    assert row.fields == ["attachment", "attachment_name"]


def test_one_case_has_no_attachment_of_another():
    case, other = received(personal=STORE), received(personal=STORE)
    attachment = attached(case)
    assert reading.find(case, attachment.uid) == attachment
    with pytest.raises(AttachmentUnknown):
        reading.find(other, attachment.uid)


def test_what_somebody_has_moved_in_the_database_or_the_directory_is_refused():
    case, other = received(personal=STORE), received(personal=STORE)
    attachment, second = attached(case), attached(case, b"words")
    attached(other)
    Attachment.objects.filter(case=other).delete()
    Attachment.objects.filter(pk=attachment.pk).update(case=other)
    with pytest.raises(ciphers.Altered):
        reading.read(Attachment.objects.get(pk=attachment.pk), **OFFICER)
    Attachment.objects.filter(pk=attachment.pk).update(case=case)
    files.write(attachment.uid, files.read(second.uid))
    with pytest.raises(ciphers.Altered):
        reading.read(attachment, **OFFICER)
    files.remove([attachment.uid])
    with pytest.raises(files.Missing):
        reading.read(attachment, **OFFICER)
    assert not Reading.objects.exists()


def test_what_is_refused_is_not_kept(own_files):
    with pytest.raises(FileEmpty):
        keep(b"", "a.pdf")
    with pytest.raises(FileTooLarge):
        keep(PDF + b" " * limits.MOST_BYTES, "a.pdf")
    with pytest.raises(FileTooLarge) as refusal:
        keep(b" " * (limits.MOST_BYTES + 1), "a.txt")
    assert refusal.value.messages["en"] == "The file is larger than 10 MB."
    assert stored(own_files) == []


def test_what_cases_take_no_file(own_files):
    case, closed, merged = (received(personal=STORE) for _ in range(3))
    moved(closed, "withdraw", actor="citizen")
    kept = keep(PDF, NAME)
    for reference, refusal, given in (
        ("CC-22222-22222", CaseUnknown, {}),
        (closed.reference, CaseClosed, {}),
        (case.reference, StaleVersion, {"expected_version": 7}),
    ):
        with pytest.raises(refusal):
            attach(case_reference=reference, kept=[kept], actor="citizen", **given)
    attach(case_reference=closed.reference, kept=[kept], actor="user:1")
    merge(case_reference=merged.reference, into=case.reference, actor="user:1", personal=STORE)
    with pytest.raises(MergedAlready):
        attach(case_reference=merged.reference, kept=[keep(PDF, NAME)], actor="user:1")
    assert Attachment.objects.get().case == closed


def test_how_many_and_how_large(monkeypatch):
    case = received(personal=STORE)
    monkeypatch.setattr("portal.cases.attachments.attaching.CASE", limits.Limit(3, 3 * limits.MEGABYTE))
    for _ in range(2):
        attached(case)
    with pytest.raises(TooManyFiles):
        attach(case_reference=case.reference, kept=[keep(PDF, NAME), keep(PDF, NAME)], actor="citizen")
    with pytest.raises(FilesTooLarge):
        attach(case_reference=case.reference, kept=[keep(b"w" * 3_000_000, NAME)], actor="citizen")
    attached(case)
    case.refresh_from_db()
    assert (case.version, case.attachments.count()) == (4, 3)


def test_of_several_files_all_are_attached_or_none():
    case = received(personal=STORE)
    gone = keep(PDF, NAME)
    files.remove([gone.uid])
    with pytest.raises(FileGone):
        attach(case_reference=case.reference, kept=[keep(PDF, NAME), gone], actor="citizen")
    twice = keep(PDF, NAME)
    with pytest.raises(IntegrityError), transaction.atomic():
        attach(case_reference=case.reference, kept=[twice, twice], actor="citizen")
    assert not Attachment.objects.exists()
    assert selectors.timeline(case).count() == 1


def test_a_file_that_no_case_took_in_the_end_is_removed(own_files):
    case = received(personal=STORE)
    with pytest.raises(RuntimeError), keeping(PDF, NAME) as kept:
        assert stored(own_files)
        raise RuntimeError
    assert stored(own_files) == []
    with keeping(PDF, NAME) as kept:
        attach(case_reference=case.reference, kept=[kept], actor="citizen")
    assert len(stored(own_files)) == 1


def test_a_file_that_could_not_be_written_is_not_there_at_all(own_files, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.cases.attachments.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(PDF, NAME)
    assert stored(own_files) == []
