"""Files through the module API: sent once, told without their names, read with the scope for what is personal alone."""

import re
from urllib.parse import quote

import pytest

from portal.cases.attachments.limits import MOST_BYTES, Limit
from portal.cases.models import Attachment, Case, CaseEvent, Reading
from portal.cases.personal.keeping import STORE
from tests.factories.attachments import NAME, PDF, attached
from tests.factories.cases import complaint_values, moved, received
from tests.factories.modules import COMPLAINTS, PERSONAL, READ, WRITE, Sender
from tests.factories.uploads import picture, upload
from tests.integration.api.cases.reading import problem

pytestmark = pytest.mark.django_db
NAMED = f"attachment; filename*=utf-8''{quote(NAME)}"


@pytest.fixture
def case() -> str:
    """The address of a case."""
    return Sender().post(COMPLAINTS, {"values": complaint_values()})["Location"]


def send(sender, case, content=PDF, *, media_type="application/pdf", key="k", **headers):
    """The file as the body."""
    given = {"Content_Disposition": NAMED} | headers
    named = {name.replace("_", "-"): value for name, value in given.items() if value is not None}
    sent = {"Idempotency-Key": key} | sender.authorized | named
    return sender.http.post(f"{case}attachments/", content, content_type=media_type, headers=sent)


def send_form(sender, case, fields, *, key="k"):
    """The file in a form."""
    return sender.http.post(f"{case}attachments/", fields, headers={"Idempotency-Key": key} | sender.authorized)


def test_a_file_is_sent_told_and_read(case):
    writer, reader = Sender(WRITE), Sender(READ)
    response = send(writer, case)
    assert response.status_code == 201, response.content
    told = response.json()
    assert told["attachment"] == {
        "id": str(Attachment.objects.get().uid),
        "media_type": "application/pdf",
        "size": len(PDF),
    }
    assert (told["type"], told["values"], told["case"]["version"]) == ("attached", {}, 2)
    assert response["ETag"] == '"2"'
    assert response["Location"] == f"{case}attachments/{told['attachment']['id']}/"
    for answer in (response, reader.get(case), reader.get("/api/v1/cases/feed/")):
        assert not any(mark in answer.content.decode() for mark in ("王標記", "A123456789", "marked-inside"))
    event = reader.get("/api/v1/cases/feed/").json()["results"][-1]
    assert event["attachment"] == told["attachment"]
    assert reader.get(case).json()["events"][-1]["attachment"] == told["attachment"]
    assert reader.get(case).json()["values"] == Case.objects.get().data

    personal = Sender(READ, PERSONAL)
    event = personal.get("/api/v1/cases/feed/").json()["results"][-1]
    assert event["personal"] == {"attachment_name": NAME}
    assert "attachment_name" not in personal.get(case).json()["personal"]
    before = Reading.objects.count()
    file = personal.get(response["Location"])
    assert (file.status_code, file.content, file["Content-Type"]) == (200, PDF, "application/pdf")
    assert file["Content-Disposition"] == NAMED
    assert file["Cache-Control"] == "no-store"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"].startswith("sandbox")
    row = Reading.objects.latest("at")
    assert Reading.objects.count() == before + 1
    assert (row.fields, row.purpose) == (["attachment", "attachment_name"], "forwarding")
    assert row.actor.startswith("module:")


def test_the_same_key_with_the_same_file_makes_one(case, own_files):
    sender = Sender()
    first, again = send(sender, case), send(sender, case)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    for other in ({"content": PDF + b"%"}, {"Content_Disposition": 'attachment; filename="b.pdf"'}):
        problem(send(sender, case, **other), 422, "idempotency-key-reused")
    problem(send(sender, case, Idempotency_Key=""), 400, "idempotency-key-missing")
    assert Attachment.objects.count() == 1
    assert len([path for path in (own_files / "attachments").rglob("*") if path.is_file()]) == 1


def test_a_form_with_one_file(case):
    sender = Sender()
    response = send_form(sender, case, {"file": upload(NAME, PDF)})
    assert response.status_code == 201, response.content
    assert sender.get(response["Location"])["Content-Disposition"] == NAMED
    for fields in ({}, {"file": "words"}, {"file": [upload("a.pdf", PDF), upload("b.pdf", PDF)]}):
        problem(send_form(sender, case, fields, key="other"), 422, "values-invalid", "/file")
    surprise = {"file": upload("a.pdf", PDF), "surprise": upload("b.pdf", PDF)}
    problem(send_form(sender, case, surprise, key="other"), 422, "values-invalid", "/surprise")
    broken = send(sender, case, b"--x\r\nnonsense", media_type="multipart/form-data; boundary=x", key="other")
    problem(broken, 422, "values-invalid", "/file")
    problem(send(sender, case, b"words", media_type="multipart/form-data", key="other"), 400, "bad-request")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (None, "file.png"),
        ("attachment", "file.png"),
        ('attachment; filename="a photo.png"', "a photo.png"),
        ('attachment; filename="../../etc/passwd"', "passwd.png"),
        ("attachment; filename*=UTF-8''%E6%94%B6%E6%93%9A.png", "收據.png"),
        ("attachment; filename*=UTF-8''a%E2%80%AEgnp.exe", "agnp.exe.png"),
        ('attachment; filename="收據.png"'.encode().decode("latin-1"), "收據.png"),
    ],
)
def test_what_a_file_is_called(case, disposition, name):
    sender = Sender()
    response = send(
        sender, case, picture("PNG"), media_type="application/octet-stream", Content_Disposition=disposition
    )
    assert response.status_code == 201, response.content
    event = sender.get(case).json()["events"][-1]
    assert event["personal"] == {"attachment_name": name}


@pytest.mark.parametrize(
    "disposition", ["attachment; filename*=nonsense''a.png", "attachment; " + "x" * 20_000, "é\xff"]
)
def test_a_name_that_cannot_be_read(case, disposition):
    response = send(Sender(), case, Content_Disposition=disposition)
    assert response.status_code in (201, 400)
    if response.status_code == 400:
        problem(response, 400, "bad-request")


def test_what_is_no_file_of_a_case_is_refused_and_named(case, own_files):
    sender = Sender()
    for content, media_type in (
        (b"MZ\0", "application/octet-stream"),
        (picture("PNG"), "application/pdf"),
    ):
        problem(send(sender, case, content, media_type=media_type), 422, "values-invalid", "/file")
    told = problem(send(sender, case, media_type="text/html"), 415, "unsupported-media-type")
    assert "application/pdf" in told["allowed"]
    assert not Attachment.objects.exists()
    assert not [path for path in (own_files / "attachments").rglob("*") if path.is_file()]


def test_more_than_ten_megabytes(case):
    sender = Sender()
    body = problem(send(sender, case, PDF + b" " * MOST_BYTES), 413, "too-large")
    assert body["most_bytes"] == MOST_BYTES
    large = send_form(sender, case, {"file": upload("a.pdf", PDF + b" " * (MOST_BYTES - len(PDF) + 1))})
    assert problem(large, 413, "too-large", "/file")["code"] == "file-too-large"
    problem(send_form(sender, case, {"file": upload("a.pdf", b" " * 2 * MOST_BYTES)}), 413, "too-large")
    assert send(sender, case, PDF + b" " * (MOST_BYTES - len(PDF)), key="whole").status_code == 201


def test_more_files_than_a_case_may_have(case, monkeypatch):
    monkeypatch.setattr("portal.cases.attachments.attaching.CASE", Limit(2, 10**9))
    sender = Sender()
    assert [send(sender, case, key=f"k{number}").status_code for number in range(2)] == [201, 201]
    told = send(sender, case, key="k3")
    assert problem(told, 422, "values-invalid", "/file")["code"] == "files-too-many"
    assert CaseEvent.objects.filter(type="attached").count() == 2


def test_a_version_is_held_where_it_is_named(case):
    sender = Sender()
    problem(send(sender, case, If_Match='"7"'), 412, "precondition-failed")
    assert send(sender, case, If_Match='"1"').status_code == 201


def test_of_cases_of_other_agencies_and_kinds_nothing_is_told(case):
    sender, other = Sender(), Sender(agency="health-bureau")
    location = send(sender, case)["Location"]
    consultation = location.replace("consumer-complaint", "consultation")
    scopes = [f"cases:consultation:{verb}" for verb in ("write", "personal")]
    mine = Sender(*scopes)
    for refused in (
        other.get(location),
        send(other, case),
        mine.get(consultation),
        send(mine, case.replace("consumer-complaint", "consultation")),
        sender.get(re.sub("[0-9a-f]{8}-", "00000000-", location)),
        sender.get(f"{case}attachments/nonsense/"),
    ):
        problem(refused, 404, "not-found")
    own = received(agency="health-bureau", personal=STORE)
    foreign = location.replace(location.split("/")[5], own.reference)
    problem(other.get(foreign), 404, "not-found")
    assert Attachment.objects.count() == 1


def test_a_closed_case_takes_files_of_the_office_and_a_merged_one_none(case):
    sender, kept = Sender(), received(personal=STORE)
    found = Case.objects.get(reference=case.split("/")[-2])
    moved(found, "withdraw", actor="citizen")
    assert send(sender, case).status_code == 201
    attached(kept, actor="module:desk")
    merged = received(personal=STORE)
    address = f"{COMPLAINTS}{merged.reference}/"
    into = {"type": "merged", "into": kept.reference}
    assert sender.post(f"{address}events/", into, If_Match="*").status_code == 201
    problem(send(sender, address, key="m"), 409, "conflict")


def test_an_event_of_this_type_is_not_sent_by_itself(case):
    response = Sender().post(f"{case}events/", {"type": "attached"}, If_Match="*")
    problem(response, 422, "values-invalid", "/type")


def test_a_key_that_is_missing_is_a_fault_without_words(case, settings):
    sender = Sender()
    location = send(sender, case)["Location"]
    settings.PERSONAL_DATA_KEYS = {"other": b"0123456789abcdefghijklmnopqrstuv"}
    problem(sender.get(location), 500, "server-error")
