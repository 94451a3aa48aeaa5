"""The API's documentation page under its Content-Security-Policy: everything comes from this host, and it works."""

import pytest

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def test_operations_are_listed_and_can_be_tried(watched, site):
    docs = watched()
    docs.page.goto(f"{site}/api/docs/")
    docs.page.wait_for_selector(".opblock-summary-path")
    paths = docs.page.locator(".opblock-summary-path").all_inner_texts()
    assert any("visits" in path.replace("\u200b", "") for path in paths)
    operation = docs.page.locator("#operations-visits-visits_list")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    operation.locator(".live-responses-table .response-col_status").first.wait_for()
    assert operation.locator("tr.response .response-col_status").first.inner_text().startswith("200")
    assert docs.complaints == []
