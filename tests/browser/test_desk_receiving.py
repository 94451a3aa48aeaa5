"""An officer receives a complaint at the counter in a browser, and takes it to its next stage."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from portal.cases.models import Case, Officer, ReplyTemplate
from tests.browser.looking import overflow, violations
from tests.factories.cases import AGENCY, COMPLAINT, PERSONAL
from tests.factories.cases_officers import KIND

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_from_the_counter_to_the_second_complaint(desk, live_server, language):
    watched = desk(language)
    page, problems = watched.page, []
    lin = get_user_model().objects.get(username="lin")
    Officer.objects.create(user=lin, kind=KIND, agency=AGENCY, may_decide=True)
    ReplyTemplate.objects.create(
        kind=KIND, title="函轉", body_zh_hant="{reference} 已函轉", body_en="{reference} sent on"
    )

    def look(name: str) -> None:
        problems.extend(f"{name}: {each}" for each in violations(page))
        for width in (390, 1400):
            page.set_viewport_size({"width": width, "height": 900})
            if overflow(page):
                problems.append(f"{name}: wider than {width} px")

    def follow(link: str) -> None:
        with page.expect_navigation():
            page.locator(link).first.click()

    page.goto(f"{live_server.url}/admin/cases/")
    follow('a[href$="/cases/new/"]')
    follow(f'a[href$="/new/{KIND}/"]')
    for name, value in (COMPLAINT | PERSONAL | {"channel": "counter", "description": "身分證 A123456789"}).items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    look("form")
    follow("main form button[type=submit]")
    look("warning")
    follow("button[value=mask]")
    codes = page.locator(".desk-code")
    codes.nth(1).wait_for()
    case = Case.objects.get()
    assert codes.nth(0).inner_text() == case.reference
    assert len(codes.nth(1).inner_text()) == 19
    look("receipt")
    page.emulate_media(media="print")
    expect(codes.nth(1)).to_be_visible()
    expect(page.locator("#wagtail-sidebar")).to_be_hidden()
    page.emulate_media(media="screen")

    follow(f'a[href$="/case/{case.reference}/"]')
    look("case")
    follow('a[href$="/step/forward/"]')
    follow("button[name=fill]")
    expect(page.locator("textarea[name=note]")).to_have_value(re.compile(f"{case.reference} 已函轉"))
    look("reply")
    follow("main form button[type=submit]")
    follow('a[href$="/note/"]')
    page.locator("textarea[name=internal_note]").fill("已致電")
    follow("main form button[type=submit]")
    follow('a[href$="/continue/second-complaint/"]')
    page.locator("select[name=channel]").select_option("counter")
    look("next stage")
    follow("main form button[type=submit]")
    page.locator(".desk-receipt").wait_for()
    assert Case.objects.latest("pk").follows == case
    page.goto(f"{live_server.url}/admin/cases/case/{case.reference}/print/")
    assert page.locator(".desk-timeline > li").count() == 3
    look("print view")
    assert problems == []
    assert watched.complaints == []
