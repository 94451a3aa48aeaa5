"""Files of cases in a browser: from a citizen's form without scripts to the officer who saves them."""

import re

import pytest
from django.contrib.auth import get_user_model
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from portal.cases.models import Attachment, Officer
from portal.cases.personal.keeping import STORE
from tests.browser.forms import fill, handed_out
from tests.browser.looking import faults, overflow
from tests.browser.test_services import WORDS
from tests.factories.accounts import PASSWORD
from tests.factories.attachments import MASKED, NAME, PDF, attached
from tests.factories.cases import AGENCY, received
from tests.factories.cases_officers import KIND, code
from tests.factories.filing import NEW, TRACK, TYPED
from tests.factories.uploads import picture

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def chosen(name: str, content: bytes) -> dict:
    """A file of somebody's disk."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.mark.parametrize(("prefix", "scripts", "scheme"), [("", True, "light"), ("/en", False, "dark")])
def test_a_citizen_sends_files(site, watched, settings, prefix, scripts, scheme):
    settings.BASE_URL = site
    words, page = WORDS[prefix], watched(390, java_script_enabled=scripts, color_scheme=scheme).page
    page.goto(f"{site}{prefix}{NEW}")
    fill(page, TYPED | {"business_name": ""})
    page.locator("#files").set_input_files(
        [chosen(NAME, PDF), chosen("program.exe", b"MZ\0"), chosen("b.txt", b"words")]
    )
    page.get_by_role("button", name=words["on"]).click()
    page.get_by_role("alert").get_by_text("program.exe").click()
    expect(page).to_have_url(re.compile("#files$"))
    expect(page.get_by_role("checkbox")).to_have_count(2)
    problems = faults(page, scripts=scripts)
    page.get_by_role("checkbox", name="b.txt").uncheck()
    page.locator("main [name=business_name]").fill("甲乙商行")
    page.locator("#files").set_input_files([chosen("長" * 200 + ".jpg", picture("JPEG"))])
    page.get_by_role("button", name=words["on"]).click()
    expect(page.locator("main")).to_contain_text(MASKED)
    problems += faults(page, scripts=scripts)
    page.get_by_role("button", name=words["send"]).click()
    page.get_by_role("heading", level=1, name=words["received"]).wait_for()
    reference, secret = handed_out(page)
    assert list(Attachment.objects.order_by("event").values_list("media_type", flat=True)) == [
        "application/pdf",
        "image/jpeg",
    ]

    page.goto(f"{site}{prefix}{TRACK}")
    page.get_by_label(words["reference"], exact=True).fill(reference)
    page.get_by_label(words["secret"], exact=True).fill(secret)
    page.get_by_role("button", name=words["show"]).click()
    page.locator("#files").set_input_files([chosen("c.png", picture("PNG"))])
    page.locator("button[value=attach]").press("Enter")
    page.locator(".course").get_by_text("c.png").wait_for()
    expect(page.locator(".course")).to_contain_text(MASKED)
    problems += faults(page, scripts=scripts)
    assert problems == []
    assert Attachment.objects.count() == 3


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_an_officer_adds_and_saves_files(desk, live_server, language):
    watched = desk(language)
    page = watched.page
    lin = get_user_model().objects.get(username="lin")
    Officer.objects.create(user=lin, kind=KIND, agency=AGENCY, may_decide=True, may_read_personal=True)
    case = received(personal=STORE)
    attached(case)
    page.goto(f"{live_server.url}/admin/cases/case/{case.reference}/")
    page.locator("#desk-add-files").set_input_files([chosen("會議紀錄.pdf", PDF), chosen("b.txt", b"words")])
    page.locator(".desk-add-files button").press("Enter")
    page.locator(".desk-files li").nth(2).wait_for()
    assert "王標記" not in page.content()
    page.locator("#files a").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.locator("input[name=code]").wait_for()
    page.locator("input[name=code]").fill(code(TOTPDevice.objects.get(user=lin)))
    page.locator("main form button[type=submit]").click()
    page.locator("#file_purpose").wait_for()
    page.locator("#file_purpose").select_option("handling")
    with page.expect_download() as download:
        page.locator(".desk-files button").first.press("Enter")
    assert download.value.path().read_bytes() == PDF
    assert "A123456789" not in download.value.suggested_filename
    page.locator("#id_purpose").select_option("handling")
    page.locator("#personal button").click()
    page.locator(".desk-files").get_by_text(MASKED).wait_for()
    for width in (390, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0
    assert watched.complaints == []
