"""The API's documentation page under its Content-Security-Policy: everything comes from this host, and it works."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def test_operations_are_listed_and_can_be_tried(watched, site):
    docs = watched()
    docs.page.goto(f"{site}/api/docs/")
    operation = docs.page.locator("#operations-visits-visits_list")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table tr.response .response-col_status").first
    expect(answer).to_have_text(re.compile("^200"))
    assert docs.complaints == []
