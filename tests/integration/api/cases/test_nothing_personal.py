"""What is personal is in no answer without its scope, in no log, and in no row but those that are encrypted."""

import json
from urllib.parse import quote

import pytest

from portal.cases.models import Attachment, Case
from tests.factories import dumped
from tests.factories.cases import complaint_values
from tests.factories.logged import lines_logged
from tests.factories.modules import COMPLAINTS, READ, WRITE, Sender

pytestmark = pytest.mark.django_db

MARKS = [f"{letter}{number}" for letter in "ABCDE" for number in (123456789, 198765432)]
PHONES = [f"0987-65{number:02}-321" for number in range(10)]
NAMES = [f"標記姓名{sign}" for sign in "甲乙丙丁戊己庚辛壬癸"]


def marked(number: int) -> dict:
    """A complaint that holds an identity number, a telephone number and a name."""
    return complaint_values(
        consumer_name=NAMES[number],
        consumer_phone=PHONES[number],
        consumer_email=f"marked{number}@example.org",
        description=f"身分證 {MARKS[number]}，電話 {PHONES[number]}",
    )


@pytest.fixture
def logged():
    """What is logged meanwhile."""
    with lines_logged() as lines:
        yield lines


def test_marked_values_pushed_through_every_path(logged, monkeypatch, own_files):
    module, answers = Sender(READ, WRITE), []

    def keep(response):
        answers.append(response.content.decode())
        return response

    for number in range(10):
        values = marked(number)
        sent = keep(module.post(COMPLAINTS, {"values": values}, key=PHONES[number]))
        address = sent["Location"]
        keep(module.post(COMPLAINTS, {"values": values | {"amount": NAMES[number]}}))
        keep(module.post(COMPLAINTS, {"values": values}, key=PHONES[number]))
        keep(
            module.post(
                f"{address}events/", {"type": "request-supplement", "values": {"missing": MARKS[number]}}, If_Match="*"
            )
        )
        keep(
            module.post(
                f"{address}events/",
                {"type": "amended", "values": {"consumer_name": f"又{NAMES[number]}"}},
                If_Match="*",
            )
        )
        keep(module.post(f"{address}events/", {"type": "assigned", "assignee": NAMES[number]}, If_Match="*"))
        headers = module.authorized | {
            "Idempotency-Key": f"file-{number}",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(NAMES[number] + MARKS[number])}.txt",
        }
        for content in (f"身分證 {MARKS[number]}，電話 {PHONES[number]}", "<html>" + NAMES[number]):
            files = f"{address}attachments/"
            keep(module.http.post(files, content.encode(), content_type="text/plain", headers=headers))
        keep(module.get(f"{files}{Attachment.objects.latest('pk').uid}/"))
        keep(module.get(address))
        answers.append(json.dumps(module.bulk({"values": values, "key": f"k{number}"}, {"values": values | {"x": 1}})))
    keep(module.get("/api/v1/cases/feed/"))

    def broken(*_args, **_given):
        raise RuntimeError(f"{NAMES[0]} {PHONES[0]}")

    monkeypatch.setattr("portal.api.v1.cases.receiving.receive_all", broken)
    failed = keep(module.post(COMPLAINTS, {"values": marked(0)}))
    assert failed.status_code == 500

    wanted = [*MARKS, *PHONES, *NAMES, *(f"marked{number}@" for number in range(10))]
    assert [mark for mark in wanted for text in answers if mark in text] == []
    assert [mark for mark in wanted for text in logged if mark in text] == []
    assert any("RuntimeError" in line for line in logged)
    for table, rows in dumped.tables().items():
        assert [mark for mark in wanted if mark in rows] == [], table
    held = [path.read_bytes() for path in (own_files / "attachments").rglob("*") if path.is_file()]
    assert len(held) == 10
    assert [mark for mark in wanted for content in held if mark.encode() in content] == []
    assert Case.objects.count() == 20
