"""From an empty form to a case: checked before it is sent, filed once, its secret shown to nobody else."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.cases import filing
from portal.cases.models import Case, CaseEvent, Filing, PersonalValue, Reading
from portal.cases.personal.reading import read
from portal.services.filing import PER_SENDER
from portal.services.models import Allowance
from portal.services.offered import OFFERS
from portal.services.private import MOST_BYTES
from tests.clock import set_day
from tests.factories.filing import NEW, TYPED, file, form, handed_out, inputs, main, post
from tests.validity import faults, parse

pytestmark = pytest.mark.django_db

PAGES = [(NEW, "zh-Hant"), (f"/en{NEW}", "en")]
IDENTITY_NUMBER = "A123456789"


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_the_whole_way(client: Client, page, language):
    filled = form(client, page=page)
    checked = post(client, filled, "check", page=page)
    assert not Case.objects.exists()
    assert all(text in main(checked) for text in ("甲乙商行", "王小明", "2,990"))
    reference, secret = handed_out(post(client, inputs(checked), "send", page=page))
    case = Case.objects.get()
    assert (case.reference, case.kind, case.agency, case.state) == (
        reference,
        "consumer-complaint",
        "consumer-office",
        "received",
    )
    assert case.data == {
        "stage": "first-complaint",
        "channel": "online",
        "business_name": "甲乙商行",
        "business_tax_id": "04595257",
        "category": "electronics",
        "purchased_on": "2022-03-17",
        "amount": "2990",
        "demand": "refund",
    }
    assert CaseEvent.objects.get().actor == "citizen"
    names = ["consumer_name", "consumer_phone", "consumer_email", "description"]
    kept = read(case, fields=names, actor="system:test", purpose=Reading.Purpose.HANDLING)
    assert {name: value.reveal() for name, value in kept.items()} == {name: TYPED[name] for name in names}
    assert Filing.objects.get().language == language
    assert secret.count("-") == 3


@pytest.mark.parametrize("offer", OFFERS.values(), ids=OFFERS)
def test_a_form_asks_for_every_field_that_a_citizen_fills_in(offer):
    asked = {field.name for field in offer.fields}
    assert asked | set(offer.given) == {field.name for field in offer.kind.receipt}


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_every_page_is_valid_and_kept_by_nobody(client: Client, page, language):
    filled = form(client, page=page, description=f"我的身分證是{IDENTITY_NUMBER}")
    answers = [
        client.get(page),
        post(client, filled | {"consumer_name": "", "category": "x", "surprise": "1"}, "check", page=page),
        post(client, filled, "check", page=page),
        post(client, filled, "change", page=page),
        post(client, filled, "send", page=page),
        post(client, filled | {"amount": "1"}, "send", page=page),
        client.post(page, filled, HTTP_ORIGIN="https://evil.example"),
    ]
    assert [each.status_code for each in answers] == [200, 422, 200, 200, 200, 409, 403]
    for answer in answers:
        assert faults(answer.content.decode(), language) == []
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies


@pytest.mark.parametrize(
    ("name", "typed", "chinese"),
    [
        ("consumer_name", "", "「消費者姓名」為必填"),
        ("consumer_phone", "call me", "輸入電話號碼"),
        ("consumer_email", "nobody@", "電子郵件"),
        ("business_tax_id", "12345678", "統一編號"),
        ("category", "weapons", "商品或服務類別"),
        ("demand", "", "為必填"),
        ("purchased_on", "tomorrow", "消費日期"),
        ("purchased_on", "111年3月", "消費日期"),
        ("purchased_on", "2999-01-01", "消費日期"),
        ("amount", "-5", "爭議金額"),
        ("amount", "many", "爭議金額"),
        ("description", "字" * 4001, "4001"),
        ("description", "see \u202egnihtemos", "U+202E"),
        ("consumer_name", "王\x07小明", "U+0007"),
        ("business_name", "甲\n乙", "U+000A"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client: Client, name, typed, chinese):
    for step in ("check", "send", "mask", ""):
        answer = post(client, form(client, **{name: typed}), step)
        assert answer.status_code == 422
        page = parse(answer.content.decode())
        [problem] = [each for each in page.iter("p") if each.get("id") == f"{name}-problem"]
        assert chinese in "".join(problem.itertext())
        assert f"#{name}" in {each.get("href") for each in page.iter("a")}
        kept = inputs(answer)
        assert {other: kept[other] for other in TYPED if other != name} == {
            other: text for other, text in TYPED.items() if other != name
        }
    assert not Case.objects.exists()
    assert not Filing.objects.exists()


def test_one_way_to_reach_the_citizen_is_enough(client: Client):
    file(client, consumer_phone="")
    file(client, consumer_email="")
    answer = post(client, form(client, consumer_phone="", consumer_email=""), "check")
    assert answer.status_code == 422
    assert "下列欄位至少須填一項" in main(answer)


def test_a_field_that_the_form_does_not_have_is_refused_by_name(client: Client):
    answer = post(client, form(client, stage="mediation"), "send")
    assert answer.status_code == 422
    assert "「stage」" in main(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize("page", [NEW, f"/en{NEW}"])
def test_ten_megabytes_are_refused(client: Client, page):
    answer = client.post(page, {"description": "a" * 10_000_000})
    assert answer.status_code == 413
    assert faults(answer.content.decode(), "en" if "/en" in page else "zh-Hant") == []
    assert not Case.objects.exists()


def test_the_longest_answers_fit(client: Client):
    longest = {"description": "🎧" * 4000, "consumer_name": "字" * 100, "business_name": "字" * 100}
    assert len("🎧".encode()) * 3 * 4000 < MOST_BYTES
    file(client, **longest)
    assert Case.objects.count() == 1


def test_an_identity_number_is_warned_of_and_can_be_masked(client: Client):
    checked = post(client, form(client, description=f"我是{IDENTITY_NUMBER}，賣家不退款"), "check")
    assert "身分證字號" in main(checked)
    masked = post(client, inputs(checked), "mask")
    assert IDENTITY_NUMBER not in masked.content.decode()
    assert "A12****789" in main(masked)
    assert "我們不需要這項資料" not in main(masked)
    handed_out(post(client, inputs(masked), "send"))
    said = read(Case.objects.get(), fields=["description"], actor="system:test", purpose=Reading.Purpose.HANDLING)
    assert said["description"].reveal() == "我是A12****789，賣家不退款"


def test_an_identity_number_does_not_keep_anybody_from_filing(client: Client):
    file(client, description=f"我是{IDENTITY_NUMBER}")
    assert Case.objects.count() == 1


def test_answers_can_be_changed(client: Client):
    checked = post(client, form(client), "check")
    form_again = post(client, inputs(checked), "change")
    assert {name: inputs(form_again)[name] for name in TYPED} == TYPED
    targets = {each.get("formaction") for each in parse(checked.content.decode()).iter("button")} - {None}
    assert targets == {f"{NEW}#{name}" for name in [*TYPED, "files"]}
    assert {each.partition("#")[2] for each in targets} <= {
        each.get("id") for each in parse(form_again.content.decode()).iter()
    }


def test_one_form_files_one_case_and_says_the_same_again(client: Client):
    filled = inputs(post(client, form(client), "check"))
    first = post(client, filled, "send")
    second = post(client, filled, "send")
    assert handed_out(first) == handed_out(second)
    assert Case.objects.count() == CaseEvent.objects.count() == Filing.objects.count() == 1
    assert Allowance.objects.get().count == 1


def test_a_form_that_is_sent_twice_at_once_files_one_case(client: Client, monkeypatch):
    filled = inputs(post(client, form(client), "check"))
    first = post(client, filled, "send")
    look, looked = filing.filed_before, []

    def misses_once(entry):
        looked.append(entry)
        return look(entry) if len(looked) > 1 else None

    monkeypatch.setattr(filing, "filed_before", misses_once)
    second = post(client, filled, "send")
    assert len(looked) == 2
    assert handed_out(first) == handed_out(second)
    assert Case.objects.count() == CaseEvent.objects.count() == 1


def test_the_secret_of_a_form_is_shown_for_an_hour(client: Client):
    filled = inputs(post(client, form(client), "check"))
    reference, secret = handed_out(post(client, filled, "send"))
    Filing.objects.update(made_at=timezone.now() - filing.SHOWN - datetime.timedelta(seconds=1))
    again = post(client, filled, "send")
    assert secret not in again.content.decode()
    assert reference in main(again)


def test_a_form_that_was_changed_after_it_was_filed_files_nothing_more(client: Client):
    filled = inputs(post(client, form(client), "check"))
    reference, secret = handed_out(post(client, filled, "send"))
    again = post(client, filled | {"amount": "5000"}, "send")
    assert again.status_code == 409
    assert reference in main(again)
    assert secret not in again.content.decode()
    assert Case.objects.count() == 1


def test_nothing_is_half_made(client: Client, monkeypatch):
    filled = form(client)

    def fails(*_arguments, **_named):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr(Filing.objects, "create", fails)
    assert post(client, filled, "send").status_code == 500
    assert not any(model.objects.exists() for model in (Case, CaseEvent, PersonalValue, Filing))
    monkeypatch.undo()
    handed_out(post(client, filled, "send"))


def test_a_program_that_fills_in_everything_files_nothing(client: Client):
    answer = post(client, form(client, website="https://spam.example"), "send")
    assert answer.status_code == 422
    assert inputs(answer)["website"] == ""
    assert not Case.objects.exists()


def test_one_sender_files_ten_an_hour(client: Client, monkeypatch):
    set_day(monkeypatch, "2022-06-01")
    for number in range(PER_SENDER):
        filled = form(client, description=f"第{number}件")
        assert post(client, filled, "send", REMOTE_ADDR=f"2001:db8::{number}").status_code == 200
    filled = form(client)
    refused = post(client, filled, "send", REMOTE_ADDR="2001:db8::99")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert post(client, filled, "check", REMOTE_ADDR="2001:db8::99").status_code == 200
    assert Case.objects.count() == PER_SENDER
    assert post(client, filled, "send", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"HTTP_ORIGIN": "http://testserver"}, 200),
        ({}, 200),
    ],
)
def test_forms_of_other_sites_are_refused(headers, status):
    strict = Client(enforce_csrf_checks=True)
    assert post(strict, form(strict), "send", **headers).status_code == status
    assert Case.objects.exists() is (status == 200)
    assert not strict.cookies


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method):
    for page in (NEW, "/services/track/", "/services/"):
        assert getattr(client, method)(page).status_code == 405


@pytest.mark.parametrize("typed", ["２９９０元", "NT$2,990", " 2990 "])
def test_amounts_are_typed_in_many_ways(client: Client, typed):
    file(client, amount=typed)
    assert Case.objects.get().data["amount"] == "2990"


def test_what_was_typed_is_in_no_table_in_clear(client: Client):
    _reference, secret = file(client, consumer_name="獨特姓名", description="獨特經過")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept = "".join(str(value) for row in cursor.fetchall() for value in row)
            for personal in ("獨特", "ming@example.org", "0912-345-678", "912345678", secret, secret.replace("-", "")):
                assert personal not in kept, table
