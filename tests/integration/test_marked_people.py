"""Twenty people whose names, telephone numbers, addresses and identity numbers can be told from all else go every way
that a case goes; nothing of them is in what is logged, indexed, exported, published, kept in plain text or answered
without the right to it.
"""

import datetime
import io
import json
from dataclasses import dataclass

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.datasets.counted import draft_counts, uid_of
from cms.datasets.models import DatasetPage
from portal.cases.kinds.steps import NOTED
from portal.cases.models import Case, CaseEvent
from portal.cases.personal.keeping import STORE
from tests.factories import dumped
from tests.factories.cases import complaint_values, moved, received
from tests.factories.cases_officers import desk
from tests.factories.filing import NEW, form, handed_out, inputs, look, post, told
from tests.factories.logged import lines_logged
from tests.factories.modules import COMPLAINTS, READ, WRITE, Sender
from tests.factories.pages import change, section

pytestmark = pytest.mark.django_db

KIND = "consumer-complaint"
_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


@dataclass(frozen=True)
class Person:
    """Somebody with marks of their own."""

    number: int

    @property
    def name(self) -> str:
        """A name that stands nowhere else."""
        return f"標記姓名{_SIGNS[self.number]}"

    @property
    def phone(self) -> str:
        """A number as people write it."""
        return f"0987-65{self.number:02}-321"

    @property
    def email(self) -> str:
        """An address."""
        return f"marked{self.number}@example.org"

    @property
    def identity_number(self) -> str:
        """A national identity number with its check digit."""
        digits = f"1{8_000_000 + self.number:07}"
        letter = "A"
        total = 1 + sum(int(digit) * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True))
        return f"{letter}{digits}{-total % 10}"

    @property
    def words(self) -> str:
        """What they write, with everything in it."""
        return f"我是{self.name}，身分證 {self.identity_number}，電話 {self.phone}，信箱 {self.email}"

    @property
    def answers(self) -> dict[str, str]:
        """What they fill in."""
        return {
            "consumer_name": self.name,
            "consumer_phone": self.phone,
            "consumer_email": self.email,
            "description": self.words,
        }

    @property
    def marks(self) -> list[str]:
        """Whatever would give them away, as it is typed and as it may be kept."""
        digits = self.phone.replace("-", "")
        return [self.name, self.phone, digits, digits.removeprefix("0"), self.email, self.identity_number]


PEOPLE = [Person(number) for number in range(20)]
MARKS = [mark for person in PEOPLE for mark in person.marks]


def found(text: str) -> list[str]:
    """The marks in a text, escaped in JSON or in HTML or not."""
    plain = text.encode().decode("unicode-escape", "ignore") if "\\u" in text else ""
    return [mark for mark in MARKS if mark in text or mark in plain]


@pytest.fixture
def logged():
    """What is logged meanwhile, from the least important on."""
    with lines_logged() as lines:
        yield lines


def citizen(person: Person) -> tuple[str, str]:
    """File through the form, with a mistake first; the reference and the secret."""
    client = Client(REMOTE_ADDR=f"192.0.2.{person.number}")
    filled = form(client, **person.answers)
    assert post(client, filled | {"category": person.name}, "check").status_code == 422
    assert client.post(NEW, filled | {"step": "check"}, HTTP_ORIGIN="https://evil.example").status_code == 403
    checked = post(client, filled, "check")
    if person.number % 2:
        checked = post(client, inputs(checked), "mask")
    return handed_out(post(client, inputs(checked), "send"))


def module(sender: Sender, person: Person) -> list[str]:
    """File and go on through the API, with mistakes; what it answers."""
    values = complaint_values(**person.answers)
    sent = sender.post(COMPLAINTS, {"values": values}, key=f"{person.number}-{person.phone}")
    assert sent.status_code == 201
    events = f"{sent['Location']}events/"
    answers = [
        sent,
        sender.post(COMPLAINTS, {"values": values | {"nickname": person.phone}}),
        sender.post(COMPLAINTS, {"values": values | {"amount": person.words}}),
        sender.post(COMPLAINTS, json.dumps({"values": values})[:-3] + person.name),
        sender.post(events, {"type": "request-supplement", "values": {"missing": person.words}}, If_Match="*"),
        sender.post(events, {"type": "amended", "values": {"consumer_name": f"又{person.name}"}}, If_Match="*"),
        sender.post(events, {"type": "assigned", "assignee": person.name}, If_Match="*"),
        sender.get(sent["Location"]),
    ]
    lines = sender.bulk({"values": values, "key": person.phone}, {"values": values | {"x": person.name}})
    return [each.content.decode() for each in answers] + [json.dumps(lines, ensure_ascii=False)]


def officer(client: Client, reference: str, person: Person) -> list[str]:
    """What somebody reads and does at the desk who may decide and may not read what is personal."""

    def url(name: str, *more: str) -> str:
        return reverse(f"cases_desk:{name}", args=[reference, *more])

    answers = [
        client.get(url("case")),
        client.get(url("step", "forward")),
        client.post(url("step", "forward"), {"version": "x", "note": person.words}),
        client.post(url("step", "forward"), {"version": 1, "note": person.words}, follow=True),
        client.post(url("note"), {"version": 2, "internal_note": person.words}, follow=True),
        client.get(url("print")),
        client.get(url("personal"), follow=True),
        client.post(url("personal"), {"purpose": "handling"}, follow=True),
        client.get(url("amend"), follow=True),
        client.get(reverse("cases_desk:open")),
        client.get(reverse("cases_desk:find"), {"reference": reference}, follow=True),
    ]
    # What was typed wrongly comes back to whoever typed it.
    del answers[2]
    return [each.content.decode() for each in answers]


def published(settings) -> list[str]:
    """Count what there is, publish it, and have every consumer of the log follow; what the site and the API say."""
    settings.CASE_COUNT_THRESHOLD = 5
    later = timezone.now() + datetime.timedelta(days=40)
    month = timezone.localtime().strftime("%Y-%m")
    draft_counts(kind=KIND, period=month, now=later)
    change(DatasetPage.objects.get(uid=uid_of(KIND)), summary_zh_hant="每月件數", summary_en="Cases by month")
    call_command("follow", once=True, stdout=io.StringIO())
    call_command("distributions", stdout=io.StringIO())
    reader = Client(raise_request_exception=False)
    paths = ["/datasets/consumer-complaint-cases/", "/en/datasets/consumer-complaint-cases/", "/api/v1/changes/"]
    paths += [f"/api/v1/datasets/{uid_of(KIND)}/observations/?format=csv", "/sitemap.xml", "/opendata/"]
    paths += [f"/api/v1/records/{uid_of(KIND)}/"]
    answers = [reader.get(path, follow=True) for path in paths]
    assert [
        (path, each.status_code) for path, each in zip(paths, answers, strict=True) if each.status_code != 200
    ] == []
    # An answer to a search says again what was asked, in the page and in its address; what is kept of it is looked at.
    for person in PEOPLE:
        for path in ("/search/", "/api/v1/search/", "/api/v1/suggest/"):
            reader.get(path, {"q": person.name})
            reader.get(path, {"q": person.phone})
    return [text_of(each) for each in answers]


def text_of(response) -> str:
    """A response's content, streamed or not."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_nothing_of_anybody_is_where_it_does_not_belong(logged, settings, own_files, monkeypatch):
    section("dataset")
    sender, at_desk = Sender(READ, WRITE), desk(may_decide=True)
    answers: list[str] = []
    for person in PEOPLE:
        reference, secret = citizen(person)
        answers += module(sender, person)
        answers += officer(at_desk, reference, person)
        today = timezone.localdate().isoformat()
        moved(
            Case.objects.get(reference=reference),
            "answer",
            {"answered_on": today, "answer": person.words},
            personal=STORE,
        )
        answers.append(look(Client(), reference, secret + "x").content.decode())
        answers.append(look(Client(), person.name, person.phone).content.decode().replace(person.name, ""))
        told()
    assert Case.objects.count() == 60
    assert CaseEvent.objects.filter(type=NOTED).count() == len(PEOPLE)
    received(personal=STORE, values=complaint_values(**PEOPLE[0].answers), agency="other-office")
    feed = sender.get("/api/v1/cases/feed/", limit=1000).content.decode()
    assert json.loads(feed)["results"]
    answers += [feed, sender.get("/api/v1/cases/kinds/").content.decode()]
    answers += published(settings)

    def broken(*_args, **_given):
        raise RuntimeError(PEOPLE[0].words)

    monkeypatch.setattr("portal.api.v1.cases.receiving.receive_all", broken)
    failed = sender.post(COMPLAINTS, {"values": complaint_values(**PEOPLE[0].answers)})
    assert failed.status_code == 500
    answers.append(failed.content.decode())

    assert [found(text) for text in answers if found(text)] == []
    assert [line for line in logged if found(line)] == []
    assert any("RuntimeError" in line for line in logged)
    assert {table: found(rows) for table, rows in dumped.tables().items() if found(rows)} == {}
    files = [path for path in own_files.rglob("*") if path.is_file()]
    assert any("search" in path.parts for path in files) or settings.ELASTICSEARCH_URLS
    assert [path for path in files if found(path.read_bytes().decode("utf-8", "replace"))] == []
    assert len(mail.outbox) >= len(PEOPLE)
    for message in mail.outbox:
        assert found(f"{message.subject} {message.body}") == []
