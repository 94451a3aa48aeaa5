"""A webhook in the admin, in a browser: made, seen with its deliveries, tried out, by keyboard and on a telephone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.cases.models import Webhook
from portal.cases.webhooks.delivering import deliver
from tests.browser.looking import overflow, violations
from tests.factories.cases import received
from tests.factories.webhooks import KIND, receiving, webhook

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_from_the_secret_to_a_delivery(desk, live_server, settings, language):
    watched = desk(language)
    page = watched.page
    with receiving(settings) as receiver:
        module = webhook(receiver.url).module
        page.goto(live_server.url + reverse("webhooks:add"))
        page.locator("select[name=module]").select_option(str(module.pk))
        page.locator("input[name=url]").fill(receiver.url)
        page.locator(f"input[name=kinds][value={KIND}]").check()
        with page.expect_navigation():
            page.locator("main form footer button[type=submit], main form button.action-save").first.press("Enter")
        expect(page.locator("code")).to_have_text(re.compile("^whsec_"))
        page.locator("main a.button").last.press("Enter")
        hook = Webhook.objects.latest("pk")
        page.wait_for_url(f"**{reverse('webhooks:inspect', args=[hook.pk])}")
        receiver.answers = [204, 500]
        received()
        received()
        deliver(hook.pk)
        page.reload()
        expect(page.locator(".desk-list tbody tr")).to_have_count(2)
        for width in (390, 1400):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) == 0
        assert violations(page, "main") == []
        page.locator('form[action$="/do/try/"] button').press("Enter")
        page.locator(".desk-list tbody tr").nth(2).wait_for()
        deliver(hook.pk)
        assert "webhook.test" in [message.json["type"] for message in receiver.messages]
    assert watched.complaints == []
