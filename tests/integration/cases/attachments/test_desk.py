"""Files at the officers' desk: listed to all who see the case, named and read by whoever may, on record."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.cases.merging import merge
from portal.cases.models import Attachment, Case, Reading
from portal.cases.personal import erasing
from portal.cases.personal.keeping import STORE
from tests.factories.accounts import UI_LANGUAGES
from tests.factories.attachments import MASKED, PDF, attached
from tests.factories.cases import moved, received
from tests.factories.cases_officers import officer, verified
from tests.factories.pages import home, signed_in
from tests.factories.uploads import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(params=UI_LANGUAGES)
def language(request):
    home()
    return request.param


@pytest.fixture
def case() -> Case:
    home()
    return received(personal=STORE)


def browser(*, second_factor=True, **rights):
    user = officer("lin", **rights)
    client = signed_in(user)
    return verified(client, user) if second_factor else client


def page_of(client, case):
    return client.get(reverse("cases_desk:case", args=[case.reference]))


def download(client, attachment, purpose="handling"):
    address = reverse("cases_desk:file", args=[attachment.case.reference, attachment.uid])
    return client.post(address, {"purpose": purpose})


def add(client, case, *uploads):
    return client.post(reverse("cases_desk:add_files", args=[case.reference]), {"files": list(uploads)}, follow=True)


def test_a_file_is_listed_without_its_name_named_with_personal_data_and_read_for_a_purpose(language):
    case = received(personal=STORE)
    attachment = attached(case)
    client = browser(language=language, may_read_personal=True)
    seen = page_of(client, case).content.decode()
    assert "PDF · " in seen
    assert str(attachment.uid) in seen
    assert "王標記" not in seen
    assert not Reading.objects.exists()
    shown = client.post(reverse("cases_desk:personal", args=[case.reference]), {"purpose": "handling"})
    assert MASKED in shown.content.decode()
    assert "A123456789" not in shown.content.decode()
    assert ["attachment_name"] in list(Reading.objects.values_list("fields", flat=True))
    before = Reading.objects.count()
    file = download(client, attachment)
    assert (file.status_code, file.content) == (200, PDF)
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith("attachment;")
    assert "A12" in file["Content-Disposition"]
    assert "A123456789" not in file["Content-Disposition"]
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in file["Cache-Control"]
    row = Reading.objects.latest("at")
    assert Reading.objects.count() == before + 1
    assert (row.purpose, row.reference, row.fields) == ("handling", case.reference, ["attachment", "attachment_name"])
    assert row.actor == f"user:{file.wsgi_request.user.pk}"


@pytest.mark.parametrize(
    ("rights", "second_factor", "status"),
    [
        ({"may_read_personal": True}, True, 200),
        ({"may_read_personal": True}, False, 302),
        ({"may_decide": True}, True, 302),
        ({}, True, 302),
        ({"may_read_personal": True, "agency": "other-office"}, True, 404),
        ({"may_read_personal": True, "kind": "consultation"}, True, 404),
    ],
)
def test_who_may_read(case, rights, second_factor, status):
    attachment = attached(case)
    client = browser(second_factor=second_factor, **rights)
    response = download(client, attachment)
    assert response.status_code == status
    assert (PDF in response.content) == Reading.objects.exists() == (status == 200)
    assert client.get(response.wsgi_request.path).status_code in (302, 404)
    page = page_of(client, case)
    if page.status_code == 200:
        assert (str(attachment.uid) in page.content.decode()) == (status == 200)


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_without_a_purpose_nothing_is_read(case, purpose):
    response = download(browser(may_read_personal=True), attached(case), purpose)
    assert response.context["file_purpose_form"].errors.keys() == {"purpose"}
    assert not Reading.objects.exists()


def test_a_file_of_another_case_one_erased_and_one_that_cannot_be_read(case, settings):
    attachment, foreign = attached(case), attached(received(personal=STORE))
    client = browser(may_read_personal=True)
    foreign.case = case
    assert download(client, foreign).status_code == 404
    keys = settings.PERSONAL_DATA_KEYS
    settings.PERSONAL_DATA_KEYS = {"other": b"0123456789abcdefghijklmnopqrstuv"}
    assert download(client, attachment).context["file_purpose_form"].non_field_errors()
    settings.PERSONAL_DATA_KEYS = keys
    erasing.erase(case, ground="request", now=timezone.now())
    assert download(client, attachment).context["file_purpose_form"].non_field_errors()
    seen = page_of(client, case).content.decode()
    assert "PDF · " in seen
    assert str(attachment.uid) not in seen
    assert not Reading.objects.exists()


def test_adding_files(language):
    case = received(personal=STORE)
    client = browser(language=language, may_decide=True)
    added = add(client, case, upload("會議紀錄.pdf", PDF), upload("b.txt", b"words"))
    assert ("2 files were added" if language == "en" else "已加入 2 個檔案") in added.content.decode()
    assert list(Attachment.objects.order_by("event").values_list("media_type", flat=True)) == [
        "application/pdf",
        "text/plain",
    ]
    event = case.events.get(number=2)
    assert (event.type, event.actor) == ("attached", f"user:{added.wsgi_request.user.pk}")
    assert "會議紀錄" not in added.content.decode()
    refused = add(client, case, upload("c.txt", b"words"), upload("A123456789.exe", b"MZ\0"))
    assert "A12****789.exe" in refused.content.decode()
    assert ("not of a kind" if language == "en" else "不是可收的種類") in refused.content.decode()
    assert Attachment.objects.count() == 2


def test_what_cannot_be_added(case, own_files, monkeypatch):
    client = browser(may_decide=True)
    assert "請先選擇檔案" in add(client, case).content.decode()
    assert "最多 10 個" in add(client, case, *(upload(f"{n}.txt", b"w") for n in range(50))).content.decode()
    monkeypatch.setattr("portal.cases.desk.attachment_views._FRAME", -29_000_000)
    assert "合計超過" in add(client, case, upload("a.txt", b"w" * 1_100_000)).content.decode()
    merged = received(personal=STORE)
    merge(case_reference=merged.reference, into=case.reference, actor="user:1", personal=STORE)
    assert add(client, case).status_code == 422
    response = add(client, merged, upload("a.txt", b"w"))
    assert (response.status_code, 'id="desk-add-files-problem"' in response.content.decode()) == (422, True)
    assert not Attachment.objects.exists()
    assert not [path for path in (own_files / "attachments").rglob("*") if path.is_file()]


def test_who_may_not_add(case):
    moved(case, "withdraw", actor="citizen")
    add(browser(may_read_personal=True), case, upload("a.txt", b"w"))
    assert not Attachment.objects.exists()


def test_a_form_without_its_token_is_refused(case):
    user = officer("wang", may_decide=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    address = reverse("cases_desk:add_files", args=[case.reference])
    assert client.post(address, {"files": [upload("a.txt", b"w")]}).status_code == 403
    assert not Attachment.objects.exists()
