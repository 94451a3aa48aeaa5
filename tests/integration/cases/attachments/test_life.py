"""The end of attachments, and what must not be lost before it: keys that are replaced, restores, exports, orphans."""

import base64
import datetime
import io
import json
import os
import time

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.cases import verify
from portal.cases.attachments import files, reading, sweeping
from portal.cases.attachments.keeping import keep
from portal.cases.attachments.refusals import AttachmentErased
from portal.cases.kinds import KINDS
from portal.cases.models import Attachment, Case, CaseEvent, Erasure, PersonalValue
from portal.cases.personal import erasing, rotating
from portal.cases.personal.keeping import STORE
from portal.cases.personal.keys import UnknownKey
from portal.cases.personal.reading import export
from portal.core import periodic
from tests.factories.attachments import NAME, PDF, attached
from tests.factories.cases import moved, received

pytestmark = pytest.mark.django_db(transaction=True)
OFFICER = {"actor": "user:7", "purpose": "handling"}


def run(command: str, action: str) -> str:
    output = io.StringIO()
    call_command(command, action, stdout=output)
    return output.getvalue()


def erased(attachment: Attachment) -> bool:
    """Whether nothing of it is left but that it was there."""
    attachment.refresh_from_db()
    gone = not (attachment.digest or attachment.key or bytes(attachment.sealed)) and attachment.erased_at is not None
    return gone and not files.exists(attachment.uid)


def test_erasing_on_request_leaves_that_there_was_a_file():
    case, other = received(personal=STORE), received(personal=STORE)
    attachment, kept = attached(case), attached(other)
    erasing.erase(case, ground=Erasure.Ground.REQUEST, now=timezone.now())
    assert erased(attachment)
    assert not erased(kept)
    assert not PersonalValue.objects.filter(case=case).exists()
    with pytest.raises(AttachmentErased):
        reading.find(case, attachment.uid)
    assert (attachment.media_type, attachment.size) == ("application/pdf", len(PDF))
    assert CaseEvent.objects.filter(case=case, type="attached").count() == 1
    assert list(verify.faults()) == list(sweeping.faults()) == []


def test_erasing_at_the_end_of_its_time_after_a_late_attachment_too():
    case = received(personal=STORE)
    early = attached(case)
    moved(case, "withdraw", actor="citizen")
    ago = timezone.now() - datetime.timedelta(days=KINDS[case.kind].retention_days)
    Case.objects.update(closed_at=ago)
    erasing.erase_past_time()
    late = attached(case, actor="user:1")
    assert erased(early)
    assert not erased(late)
    erasing.erase_past_time()
    assert erased(late)


def test_an_erasure_that_is_rolled_back_keeps_the_file(monkeypatch):
    case = received(personal=STORE)
    attachment = attached(case)

    def fails(*_args, **_given):
        raise RuntimeError

    monkeypatch.setattr(Erasure.objects, "bulk_create", fails)
    with pytest.raises(RuntimeError):
        erasing.erase(case, ground=Erasure.Ground.REQUEST, now=timezone.now())
    assert reading.read(attachment, **OFFICER).content == PDF


def test_keys_are_replaced_without_touching_the_files(settings):
    case = received(personal=STORE)
    attachment, gone = attached(case), attached(received(personal=STORE))
    erasing.erase(gone.case, ground=Erasure.Ground.REQUEST, now=timezone.now())
    written = files.read(attachment.uid)
    settings.PERSONAL_DATA_KEYS = {"new": os.urandom(32)} | settings.PERSONAL_DATA_KEYS
    assert rotating.in_use()[0].rows["development"] == PersonalValue.objects.count() + 1
    assert "and 1 attachments are under the current keys" in run("personal_data", "rotate")
    settings.PERSONAL_DATA_KEYS = {"new": settings.PERSONAL_DATA_KEYS["new"]}
    assert rotating.in_use()[0].rows == {"new": PersonalValue.objects.count() + 1}
    attachment.refresh_from_db()
    opened = reading.read(attachment, **OFFICER)
    assert (opened.content, opened.name.reveal()) == (PDF, NAME)
    assert files.read(attachment.uid) == written
    settings.PERSONAL_DATA_KEYS = {"newer": os.urandom(32)}
    with pytest.raises(UnknownKey):
        reading.read(attachment, **OFFICER)
    [error] = run_checks(databases=["default"], tags=["database"])
    assert error.id == "cases.E001"


def test_an_attachment_that_was_altered_does_not_hold_up_rotation(settings):
    altered, other = attached(received(personal=STORE)), attached(received(personal=STORE))
    Attachment.objects.filter(pk=altered.pk).update(sealed=other.sealed)
    settings.PERSONAL_DATA_KEYS = {"new": os.urandom(32)} | settings.PERSONAL_DATA_KEYS
    with pytest.raises(CommandError, match=f"1 attachments were altered and cannot be read: {altered.pk}"):
        run("personal_data", "rotate")
    other.refresh_from_db()
    assert other.key == "new"


def test_a_person_is_given_their_files():
    case = received(personal=STORE)
    attached(case)
    exported = json.loads(export(case, actor="user:7").reveal())
    [file] = exported["files"]
    assert base64.b64decode(file["content"]) == PDF
    assert (file["event"], file["media_type"]) == (2, "application/pdf")
    assert {"event": 2, "field": "attachment_name", "value": NAME} in exported["values"]


def test_a_restore_brings_files_back_and_erases_again_what_was_erased_since(tmp_path):
    kept, gone = attached(received(personal=STORE)), attached(received(personal=STORE))
    file = tmp_path / "portal.tar.gz"
    call_command("backup", str(file), stdout=io.StringIO())
    erasing.erase(gone.case, ground=Erasure.Ground.REQUEST, now=timezone.now())
    later = attached(received(personal=STORE))
    call_command("restore", str(file), "--force", stdout=io.StringIO())
    kept.refresh_from_db()
    assert reading.read(kept, **OFFICER).content == PDF
    assert erased(gone)
    assert not files.exists(later.uid)
    assert run("attachments", "verify") == "Every attachment is there and whole.\n"


def test_what_no_case_has_is_swept_away_in_a_day():
    attachment, young, old = attached(received(personal=STORE)), keep(PDF, NAME), keep(PDF, NAME)
    erased_before_a_crash = attached(received(personal=STORE))
    Attachment.objects.filter(pk=erased_before_a_crash.pk).update(erased_at=timezone.now(), key="")
    unfinished = files.root() / old.uid.hex[:2] / f"{old.uid.hex}.0.unfinished"
    unfinished.write_bytes(b"half")
    yesterday = time.time() - 25 * 3600
    for path in files.root().rglob("*"):
        if path.is_file() and path.name != young.uid.hex:
            os.utime(path, (yesterday, yesterday))
    assert run("attachments", "sweep") == "3 files that no case has were removed.\n"
    assert [files.exists(each.uid) for each in (attachment, young, old, erased_before_a_crash)] == [
        True,
        True,
        False,
        False,
    ]
    assert not unfinished.exists()
    assert "cases.attachments" in periodic.registered()


def test_faults_are_told_by_random_names_alone(capsys):
    missing, altered = attached(received(personal=STORE)), attached(received(personal=STORE))
    files.remove([missing.uid])
    files.write(altered.uid, b"nonsense")
    with pytest.raises(CommandError, match="2 faults"):
        call_command("attachments", "verify")
    printed = capsys.readouterr().out
    assert missing.uid.hex in printed
    assert altered.uid.hex in printed
    assert "王" not in printed


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "PUBLIC_ROOT", "STATIC_ROOT"])
def test_a_directory_that_is_served_is_refused(name, settings, tmp_path):
    assert [each for each in run_checks() if each.id == "cases.E004"] == []
    for own, served in ((tmp_path / "a" / "b", tmp_path / "a"), (tmp_path / "a", tmp_path / "a" / "b")):
        settings.ATTACHMENTS_ROOT = own
        setattr(settings, name, served)
        assert [each.msg.split()[2] for each in run_checks() if each.id == "cases.E004"] == [name]
