"""An officer's day in a browser: a case from the queue, its personal data behind the second factor, and a step."""

import pytest
from django.contrib.auth import get_user_model
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from portal.cases.models import Officer
from portal.cases.personal.keeping import STORE
from tests.browser.looking import overflow
from tests.factories.accounts import PASSWORD
from tests.factories.cases import AGENCY, PERSONAL, received
from tests.factories.cases_officers import KIND, code

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_a_case_from_the_queue_to_a_step(desk, live_server, language):
    watched = desk(language)
    page = watched.page
    lin = get_user_model().objects.get(username="lin")
    Officer.objects.create(user=lin, kind=KIND, agency=AGENCY, may_decide=True, may_read_personal=True)
    case = received(personal=STORE)

    page.goto(f"{live_server.url}/admin/cases/open/")
    page.get_by_role("link", name=case.reference).click()
    personal = page.locator("#personal")
    assert PERSONAL["consumer_name"] not in page.content()
    personal.get_by_role("link").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.locator("input[name=code]").wait_for()
    page.locator("input[name=code]").fill(code(TOTPDevice.objects.get(user=lin)))
    page.locator("main form button[type=submit]").click()
    page.locator("select[name=purpose]").select_option("handling")
    personal.locator("button").click()
    expect(personal.locator(".desk-personal")).to_contain_text(PERSONAL["consumer_name"])

    page.goto(f"{live_server.url}/admin/cases/case/{case.reference}/")
    page.locator('a[href$="/step/forward/"]').click()
    page.locator("textarea[name=note]").fill("請業者說明")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**/case/{case.reference}/")
    expect(page.locator(".desk-timeline > li")).to_have_count(2)
    for width in (390, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0
    page.emulate_media(media="print")
    expect(page.locator(".desk-steps")).to_be_hidden()
    expect(page.locator(".desk-timeline")).to_be_visible()
    assert watched.complaints == []
