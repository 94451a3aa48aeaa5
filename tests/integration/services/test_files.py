"""Files of citizens: they come with the form, survive its check, and can be added to a case that is open."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from portal.cases.attachments import reading
from portal.cases.attachments.limits import FILING, MOST_BYTES, Limit
from portal.cases.models import Attachment, Case, Reading
from portal.cases.personal import erasing
from portal.services import files as waiting
from tests.factories.attachments import MASKED, NAME, PDF, attached
from tests.factories.filing import NEW, TRACK, file, form, handed_out, inputs, look, main, post
from tests.factories.uploads import picture, upload
from tests.validity import faults

pytestmark = pytest.mark.django_db
PAGES = [(NEW, "zh-Hant"), (f"/en{NEW}", "en")]


def tokens(response) -> list[str]:
    """What the page carries for each file."""
    return re.findall(r'name="file" value="([^"]+)"', response.content.decode())


def with_files(client, *uploads, page=NEW, step="check", **changes):
    """The filled form with files."""
    return post(client, form(client, page=page, **changes) | {"files": list(uploads)}, step, page=page)


def again(client, response, step, **changes):
    """Use a button of a page that carries files, as a browser would."""
    return post(client, inputs(response) | {"file": tokens(response)} | changes, step)


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_files_survive_the_check_and_are_filed(client: Client, page, language):
    checked = with_files(client, upload(NAME, PDF), upload("照片.jpg", picture("JPEG")), page=page)
    assert checked.status_code == 200
    assert faults(checked.content.decode(), language) == []
    assert MASKED in main(checked)
    assert "A123456789" not in checked.content.decode()
    assert not Attachment.objects.exists()
    reference, _secret = handed_out(post(client, inputs(checked) | {"file": tokens(checked)}, "send", page=page))
    case = Case.objects.get(reference=reference)
    first, second = reading.attachments_of(case)
    assert [first.media_type, second.media_type] == ["application/pdf", "image/jpeg"]
    opened = reading.read(first, actor="user:7", purpose="handling")
    assert (opened.content, opened.name.reveal()) == (PDF, NAME)
    assert [event.type for event in case.events.order_by("number")] == ["received", "attached", "attached"]


def test_files_survive_faults_and_changes_and_can_be_left_out(client: Client):
    faulty = with_files(client, upload(NAME, PDF), upload("b.txt", b"words"), consumer_name="")
    assert faulty.status_code == 422
    assert len(tokens(faulty)) == 2
    assert MASKED in main(faulty)
    # The box of the first is emptied, and another file is chosen.
    filled = inputs(faulty) | {"consumer_name": "王小明", "file": tokens(faulty)[1:]}
    checked = post(client, filled | {"files": [upload("c.png", picture("PNG"))]}, "check")
    assert checked.status_code == 200
    changed = again(client, checked, "change")
    assert faults(changed.content.decode(), "zh-Hant") == []
    checked = again(client, changed, "check")
    handed_out(again(client, checked, "send"))
    assert [each.media_type for each in Attachment.objects.order_by("event")] == ["text/plain", "image/png"]


def test_a_form_that_is_sent_twice_files_its_files_once(client: Client):
    checked = with_files(client, upload(NAME, PDF))
    first, second = (handed_out(again(client, checked, "send")) for _ in range(2))
    assert first == second
    assert Attachment.objects.count() == 1
    other = post(client, inputs(checked) | {"file": []}, "send")
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("program.exe", b"MZ\0\0", "program.exe"),
        ("A123456789.pdf", b"MZ\0\0", "A12****789.pdf"),
        ("empty.pdf", b"", "檔案是空的"),
        ("large.txt", b"w" * (MOST_BYTES + 1), "10 MB"),
    ],
)
def test_what_is_not_taken_is_named_and_nothing_is_filed(client: Client, name, content, said):
    response = with_files(client, upload(name, content), upload("b.txt", b"words"), step="send")
    assert response.status_code == 422
    assert faults(response.content.decode(), "zh-Hant") == []
    html = response.content.decode()
    assert '<a href="#files">' in html
    assert 'id="files-problem"' in html
    assert said in main(response)
    assert len(tokens(response)) == 1
    assert not Case.objects.exists()


def test_fifty_files(client: Client):
    response = with_files(client, *(upload(f"{number}.txt", b"words") for number in range(50)))
    assert response.status_code == 422
    assert f"最多 {FILING.count} 個" in main(response)
    assert len(tokens(response)) == FILING.count
    assert again(client, response, "check").status_code == 200
    more = post(client, inputs(response) | {"file": tokens(response), "files": [upload("x.txt", b"w")]}, "check")
    assert more.status_code == 422


def test_all_together_are_too_large(client: Client, monkeypatch):
    monkeypatch.setattr(waiting, "FILING", Limit(10, 1_000_000))
    response = with_files(client, upload("a.txt", b"w" * 600_000), upload("b.txt", b"w" * 600_000))
    assert response.status_code == 422
    assert "1 MB" in main(response)
    assert len(tokens(response)) == 1
    other = post(client, inputs(response) | {"file": [], "files": [upload("b.txt", b"w" * 600_000)]}, "check")
    both = post(client, inputs(response) | {"file": tokens(response) + tokens(other)}, "send")
    assert (both.status_code, len(tokens(both))) == (422, 1)


def test_a_body_larger_than_any_form(client: Client, monkeypatch):
    monkeypatch.setattr("portal.services.private.MOST_BYTES_WITH_FILES", 300_000)
    response = with_files(client, upload("a.txt", b"w" * 400_000))
    assert response.status_code == 413
    assert response["Cache-Control"] == "no-store"
    assert with_files(client, *(upload(f"{number}.txt", b"w") for number in range(101))).status_code == 413
    text = "description=" + "w" * 250_000
    urlencoded = client.post(NEW, text, content_type="application/x-www-form-urlencoded")
    assert urlencoded.status_code == 413


def test_files_of_another_form_of_none_or_that_have_waited_too_long(client: Client, monkeypatch):
    checked = with_files(client, upload(NAME, PDF))
    [token] = tokens(checked)
    fresh = form(client)
    for given in (fresh | {"file": token}, fresh | {"file": "x.nonsense"}, fresh | {"file": "é"}):
        response = post(client, given, "send")
        assert (response.status_code, "暫存過久" in main(response)) == (422, True)
    monkeypatch.setattr(waiting, "WAITS", -datetime.timedelta(seconds=1))
    late = again(client, with_files(client, upload(NAME, PDF)), "send")
    assert (late.status_code, "暫存過久" in main(late)) == (422, True)
    assert not Case.objects.exists()


def test_a_file_that_was_swept_away_meanwhile(client: Client, own_files):
    checked = with_files(client, upload(NAME, PDF))
    for path in (own_files / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    response = again(client, checked, "send")
    assert (response.status_code, "暫存過久" in main(response)) == (422, True)
    assert not Case.objects.exists()


def test_what_waits_is_readable_to_nobody(client: Client, own_files):
    with_files(client, upload(NAME, PDF))
    [path] = [path for path in (own_files / "attachments").rglob("*") if path.is_file()]
    assert b"marked-inside" not in path.read_bytes()


def test_a_sender_cannot_fill_the_disk(client: Client, monkeypatch):
    monkeypatch.setattr(waiting, "PER_SENDER", 2)
    response = with_files(client, *(upload(f"{number}.txt", b"words") for number in range(3)))
    assert response.status_code == 422
    assert len(tokens(response)) == 2
    assert "一小時後" in main(response)


@pytest.mark.parametrize(("page", "language"), [(TRACK, "zh-Hant"), (f"/en{TRACK}", "en")])
def test_adding_a_file_to_an_open_case(client: Client, page, language):
    reference, secret = file(client)
    known = {"reference": reference, "secret": secret}
    added = client.post(page, known | {"step": "attach", "files": [upload(NAME, PDF), upload("b.txt", b"words")]})
    assert added.status_code == 200
    assert faults(added.content.decode(), language) == []
    assert MASKED in main(added)
    assert "b.txt" in main(added)
    assert "A123456789" not in added.content.decode()
    assert "marked-inside" not in added.content.decode()
    assert Attachment.objects.count() == 2
    row = Reading.objects.filter(actor="system:tracking").latest("at")
    assert row.fields == ["attachment_name"]


def test_what_cannot_be_added_is_told(client: Client):
    reference, secret = file(client)
    known = {"reference": reference, "secret": secret, "step": "attach"}
    for uploads in ([], [upload("a.exe", b"MZ\0")], [upload("a.txt", b"w"), upload("b.exe", b"MZ\0")]):
        response = client.post(TRACK, known | {"files": uploads})
        assert response.status_code == 422
        assert 'id="files-problem"' in response.content.decode()
    assert not Attachment.objects.exists()
    wrong = client.post(TRACK, known | {"secret": "0000-0000-0000-0000", "files": [upload("a.txt", b"w")]})
    assert wrong.status_code == 422
    look(client, reference, secret, step="withdraw", version="1", sure="1")
    closed = client.post(TRACK, known | {"files": [upload("a.txt", b"w")]})
    assert closed.status_code == 409
    assert 'type="file"' not in closed.content.decode()
    assert not Attachment.objects.exists()


def test_files_of_the_office_are_its_own_affair_and_erased_names_are_gone(client: Client):
    reference, secret = file(client)
    case = Case.objects.get(reference=reference)
    attached(case, name="內部備忘.pdf", actor="user:1")
    attached(case)
    seen = main(look(client, reference, secret))
    assert "內部備忘" not in seen
    assert seen.count("加入檔案") == 1
    erasing.erase(case, ground="request", now=timezone.now())
    seen = main(look(client, reference, secret))
    assert "王標記" not in seen
    assert "加入檔案" in seen
