"""Whoever has both, reference and secret, sees where a case stands; nobody else learns whether there is one."""

import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.cases.models import Case, CaseEvent, Reading
from portal.cases.personal.keeping import STORE
from portal.cases.personal.reading import read
from portal.cases.references import new_reference
from portal.services import tracking
from tests.clock import set_day
from tests.factories.cases import received
from tests.factories.filing import TRACK, TYPED, advanced, file, inputs, look, main
from tests.validity import faults, parse

pytestmark = pytest.mark.django_db

WRONG = "0000-0000-0000-0000"
UNKNOWN = new_reference("CC")


@pytest.fixture
def filed(client: Client) -> tuple[str, str]:
    """The reference and the secret of a complaint."""
    return file(client)


@pytest.mark.parametrize(("page", "language"), [(TRACK, "zh-Hant"), (f"/en{TRACK}", "en")])
def test_the_citizen_sees_each_step(client: Client, filed, page, language):
    reference, _secret = filed
    advanced(reference, "forward", note="已函轉業者")
    day = timezone.localdate(Case.objects.get().received_at)
    advanced(reference, "answer", answered_on=str(day), answer="同意換貨")
    answer = look(client, *filed, page=page)
    assert answer.status_code == 200
    assert faults(answer.content.decode(), language) == []
    said = main(answer)
    for told in ("已函轉業者", "同意換貨", reference):
        assert told in said
    steps = [each for each in parse(answer.content.decode()).iter("ol") if each.get("class") == "course"]
    assert len(list(steps[0])) == 3
    assert ("Answered by the business" if language == "en" else "業者已回復") in said


def test_pages_of_a_case_are_stored_and_found_by_nobody(client: Client, filed):
    for answer in (client.get(TRACK), look(client, *filed), look(client, UNKNOWN, WRONG), look(client, "", "")):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert not answer.cookies


@pytest.mark.parametrize("change", [str.lower, lambda text: text.replace("-", " "), lambda text: f" {text} "])
def test_reference_and_secret_may_be_typed_loosely(client: Client, filed, change):
    assert look(client, *map(change, filed)).status_code == 200


def test_a_stranger_cannot_tell_whether_a_case_exists(client: Client, filed):
    def answer(reference: str) -> tuple:
        with CaptureQueriesContext(connection) as queries:
            response = look(client, reference, WRONG)
        headers = {name: value for name, value in response.items() if name not in ("X-Request-ID", "Content-Length")}
        statements = [re.sub(r"'[^']*'|\b[0-9a-f]{32,}\b|\d+", "?", each["sql"]) for each in queries]
        return response.status_code, headers, response.content.replace(reference.encode(), b"?"), statements

    counter = received(personal=STORE).reference
    assert answer(filed[0]) == answer(UNKNOWN) == answer(counter) == answer("not a reference")
    assert answer(filed[0])[0] == 422


@pytest.mark.parametrize("secret", ["", WRONG, "x", "字" * 16, "A" * 5000, "\x00"])
def test_a_wrong_secret_opens_nothing(client: Client, filed, secret):
    answer = look(client, filed[0], secret)
    assert answer.status_code == 422
    assert secret not in ("", "x") or filed[1] not in answer.content.decode()
    assert not Reading.objects.exists()


def test_one_case_s_secret_does_not_open_another(client: Client, filed):
    other = file(client, description="另一件")
    assert look(client, filed[0], other[1]).status_code == 422


def test_one_sender_tracks_thirty_times_an_hour(client: Client, filed, monkeypatch):
    set_day(monkeypatch, "2040-06-01")
    for _time in range(tracking.PER_SENDER):
        assert look(client, UNKNOWN, WRONG).status_code == 422
    refused = look(client, *filed)
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert client.post(TRACK, {"reference": filed[0], "secret": filed[1]}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_what_the_citizen_reads_leaves_an_audit_row(client: Client, filed):
    advanced(filed[0], "forward", note="已函轉業者")
    assert not Reading.objects.exists()
    look(client, *filed)
    row = Reading.objects.get()
    assert (row.actor, row.purpose, row.reference, row.fields) == ("system:tracking", "request", filed[0], ["note"])


def test_what_the_office_does_within_itself_is_not_shown(client: Client, filed):
    from portal.cases.assigning import assign

    assign(
        case_reference=filed[0], assignee="user:7", actor="user:1", personal=STORE, values={"reason": "林承辦較熟悉"}
    )
    answer = look(client, *filed)
    assert "林承辦" not in answer.content.decode()
    assert "user:7" not in answer.content.decode()


def test_a_complaint_is_withdrawn_after_a_second_question(client: Client, filed):
    page = inputs(look(client, *filed))
    asked = client.post(TRACK, page | {"step": "withdraw"})
    assert asked.status_code == 200
    assert faults(asked.content.decode(), "zh-Hant") == []
    assert Case.objects.get().state == "received"
    done = client.post(TRACK, inputs(asked) | {"step": "withdraw"})
    assert done.status_code == 200
    assert Case.objects.get().state == "withdrawn"
    assert CaseEvent.objects.order_by("seq").last().actor == "citizen"
    again = client.post(TRACK, inputs(asked) | {"step": "withdraw"})
    assert again.status_code == 409
    assert CaseEvent.objects.count() == 2
    assert "撤回申訴" not in main(look(client, *filed))


def test_a_step_needs_the_secret_and_the_version_that_was_seen(client: Client, filed):
    page = inputs(look(client, *filed)) | {"step": "withdraw", "sure": "1"}
    assert client.post(TRACK, page | {"secret": WRONG}).status_code == 422
    assert client.post(TRACK, page, HTTP_ORIGIN="https://evil.example").status_code == 403
    advanced(filed[0], "forward")
    for version in ("1", "", "x", "9" * 40):
        assert client.post(TRACK, page | {"version": version}).status_code == 409
    assert Case.objects.get().state == "with-business"


@pytest.mark.parametrize("step", ["settle", "forward", "assign", "x" * 500, "supplement"])
def test_steps_that_are_not_the_citizen_s_are_not_taken(client: Client, filed, step):
    page = inputs(look(client, *filed)) | {"step": step, "sure": "1", "amount_recovered": "1", "addition": "x"}
    assert client.post(TRACK, page).status_code == 409
    assert Case.objects.get().version == 1


def test_what_is_missing_is_asked_for_and_added(client: Client, filed):
    advanced(filed[0], "request-supplement", missing="請補附收據日期")
    page = look(client, *filed)
    assert "請補附收據日期" in main(page)
    for addition, words in (("x\u202e", "U+202E"), (" ", "「補正內容」為必填")):
        refused = client.post(TRACK, inputs(page) | {"step": "supplement", "addition": addition})
        assert refused.status_code == 422
        assert faults(refused.content.decode(), "zh-Hant") == []
        assert words in main(refused)
    done = client.post(TRACK, inputs(page) | {"step": "supplement", "addition": "收據日期為3月17日"})
    assert done.status_code == 200
    assert Case.objects.get().state == "received"
    assert "收據日期為3月17日" not in done.content.decode()


def test_the_stages_that_follow_are_seen_with_the_first_secret(client: Client, filed):
    advanced(filed[0], "forward")
    second = received(
        actor="user:1", follows=filed[0], values={"stage": "second-complaint", "channel": "counter"}, personal=STORE
    )
    advanced(second.reference, "forward", note="第二次函轉")
    said = main(look(client, *filed))
    assert said.count("第二次申訴") >= 2
    assert "第二次函轉" in said
    assert look(client, second.reference, filed[1]).status_code == 422


def test_a_complaint_that_was_answered_is_taken_to_the_next_stage(client: Client, filed):
    assert "下一階段" not in main(look(client, *filed))
    advanced(filed[0], "forward")
    advanced(filed[0], "answer", answered_on=str(timezone.localdate()), answer="不同意退款")
    page = inputs(look(client, *filed)) | {"step": "continue"}
    asked = client.post(TRACK, page)
    assert faults(asked.content.decode(), "zh-Hant") == []
    assert Case.objects.count() == 1
    done = client.post(TRACK, inputs(asked) | {"step": "continue"})
    assert done.status_code == 200
    assert faults(done.content.decode(), "zh-Hant") == []
    second = Case.objects.get(follows__reference=filed[0])
    assert (second.stage, second.state, second.data["business_name"]) == ("second-complaint", "received", "甲乙商行")
    names = ["consumer_name", "description"]
    kept = read(second, fields=names, actor="system:test", purpose=Reading.Purpose.HANDLING)
    assert {name: value.reveal() for name, value in kept.items()} == {name: TYPED[name] for name in names}
    assert client.post(TRACK, inputs(asked) | {"step": "continue"}).status_code == 409
    assert Case.objects.count() == 2


def test_a_business_that_does_not_answer_in_fifteen_days_is_passed_by(client: Client, monkeypatch):
    set_day(monkeypatch, "2022-03-01")
    filed = file(client, purchased_on="")
    assert "111年3月16日" in main(look(client, *filed))
    page = inputs(look(client, *filed)) | {"step": "continue", "sure": "1"}
    set_day(monkeypatch, "2022-03-16")
    assert client.post(TRACK, page).status_code == 409
    set_day(monkeypatch, "2022-03-17")
    assert client.post(TRACK, page | {"version": "2"}).status_code == 409
    assert client.post(TRACK, page).status_code == 200
    assert Case.objects.get(follows__reference=filed[0]).stage == "second-complaint"


def test_the_time_limit_explains_itself_and_stands_still_while_the_citizen_is_asked(client: Client, monkeypatch):
    set_day(monkeypatch, "2022-03-04")
    filed = file(client, purchased_on="")
    said = main(look(client, *filed, page=f"/en{TRACK}"))
    # The fifteenth day, 19 March, is a Saturday.
    assert "21 March 2022" in said
    assert "Consumer Protection Act, article 43" in said
    advanced(filed[0], "request-supplement", missing="收據")
    assert "the next step is yours" in main(look(client, *filed, page=f"/en{TRACK}"))


def test_nothing_typed_reaches_a_log(caplog):
    caplog.set_level(logging.DEBUG)
    client = Client(REMOTE_ADDR="192.0.2.77")
    reference, secret = file(client, consumer_name="獨特姓名", description="獨特經過")
    look(client, reference, secret)
    look(client, reference, WRONG)
    own = [each for each in caplog.records if not each.name.startswith("django.db")]
    said = "\n".join(f"{each.getMessage()} {each.__dict__}" for each in own)
    assert "/services/track/" in said
    for typed in (
        "獨特",
        "0912-345-678",
        "912345678",
        "ming@",
        "192.0.2.77",
        secret,
        secret.replace("-", ""),
        reference,
    ):
        assert typed not in said
