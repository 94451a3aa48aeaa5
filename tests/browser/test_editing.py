"""An editor's day in a browser: sign in, write, publish, and find it on the site and in the API at once."""

import re
import time

import pytest
from playwright.sync_api import expect

from cms.models import DatasetPage, MenuPage, VisitPage
from tests.browser.desk import publish, save_draft
from tests.factories.filled import FIELDS, TABLE
from tests.factories.pages import add, home
from tests.factories.tables import KEY, correct, dataset_page

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def seen(page, address: str, text: str, *, within: float = 1.0) -> bool:
    """Whether a text can be read at an address before the time is up."""
    end = time.monotonic() + within
    while text not in page.request.get(address).text():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_an_edit_is_on_the_site_and_in_the_api_at_once(desk, live_server, language):
    record = add(VisitPage, publish=True, slug="mayor", headline_zh_hant="原來的標題", headline_en="Old title")
    watched = desk(language)
    page, url = watched.page, live_server.url
    addresses = [f"{url}/visits/mayor/", f"{url}/visits/", f"{url}/api/v1/records/visit:mayor/"]
    page.goto(f"{url}/admin/pages/{record.pk}/edit/")
    title = page.locator("#id_headline_zh_hant")

    title.fill("還是草稿")
    save_draft(page)
    expect(title).to_have_value("還是草稿")
    for address in [*addresses, f"{url}/", f"{url}/en/visits/", f"{url}/api/v1/changes/"]:
        assert "還是草稿" not in page.request.get(address).text()

    title.fill("新的標題")
    page.locator("#id_headline_en").fill("New title")
    publish(page)
    assert all(seen(page, address, "新的標題") for address in addresses)
    assert seen(page, f"{url}/en/visits/mayor/", "New title")
    assert "還是草稿" not in page.request.get(f"{url}/api/v1/changes/").text()
    assert watched.complaints == []


@pytest.mark.parametrize(("language", "label"), [("zh-hant", "標題（中文）"), ("en", "Title (Chinese)")])
def test_the_pages_of_the_admin_load_whole_and_from_here(desk, live_server, language, label):
    records = [add(model, publish=False, **FIELDS[model]) for model in (VisitPage, DatasetPage)]
    records.append(add(MenuPage, parent=home(), **FIELDS[MenuPage]))
    watched = desk(language)
    page, url = watched.page, live_server.url
    for path in ("/", f"/pages/{records[0].get_parent().pk}/", "/images/", "/documents/", "/account/"):
        page.goto(f"{url}/admin{path}")
    desk_lists = ("/desk/translations/", "/desk/failures/", "/desk/corrections/", "/desk/figures/")
    for path in (*desk_lists, "/images/multiple/add/", "/reports/site-history/"):
        page.goto(f"{url}/admin{path}")
    for record in records:
        page.goto(f"{url}/admin/pages/{record.pk}/edit/")
        field = page.locator("label").filter(has_text=re.compile(re.escape(label)))
        expect(field.first).to_be_visible()
        expect(field.first).to_contain_text("*")
        for tab in page.get_by_role("tab").all():
            tab.click()
    assert watched.complaints == []


def test_a_block_of_the_body_is_added_and_previewed(desk, live_server):
    record = add(VisitPage, publish=True, slug="mayor")
    watched = desk("zh-hant")
    page, url = watched.page, live_server.url
    page.goto(f"{url}/admin/pages/{record.pk}/edit/")
    body = page.locator("[data-contentpath=body]")
    body.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="小標題").click()
    body.get_by_label("中文").fill("一個小標題")
    publish(page)
    assert seen(page, f"{url}/visits/mayor/", "一個小標題")
    assert watched.complaints == []


def test_a_chart_is_drawn_while_it_is_edited(desk, live_server):
    record = add(DatasetPage, **FIELDS[DatasetPage])
    watched = desk("en")
    page = watched.page
    page.goto(f"{live_server.url}/admin/pages/{record.pk}/edit/")
    drawn = page.locator("[data-charts]")
    drawn.get_by_text("The table has no value to draw.").wait_for()
    page.locator("[name=observations]").evaluate(
        "(box, table) => { box.value = table; box.dispatchEvent(new Event('input', {bubbles: true})); }", TABLE
    )
    picture = drawn.get_by_role("img", name="Staff by kind")
    picture.wait_for()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 652
    page.locator("input[name=charts-0-value-y]").fill("nobody")
    drawn.get_by_text("“nobody” (y) is not declared.").wait_for()
    expect(picture).to_be_hidden()
    page.locator("input[name=charts-0-value-y]").fill("staff")
    picture.wait_for()
    assert watched.complaints == []


def test_a_figure_is_cited_in_a_text_and_followed_to_its_row(desk, live_server):
    record, dataset = add(VisitPage, publish=True, slug="mayor"), dataset_page()
    watched = desk("zh-hant")
    page, url = watched.page, live_server.url
    page.goto(f"{url}/admin/desk/figures/?dataset={dataset.uid}")
    words = page.locator("code.to-copy").last.inner_text()
    page.goto(f"{url}/admin/pages/{record.pk}/edit/")
    body = page.locator("[data-contentpath=body]")
    body.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="文字").click()
    body.locator(".public-DraftEditor-content").first.click()
    page.keyboard.insert_text(f"共{words}人")
    # The editor writes what was typed into the form's own field a moment later.
    typed = "key => document.querySelector('[name=body-0-value-zh_hant]').value.includes(key)"
    page.wait_for_function(typed, arg=KEY)
    publish(page)
    assert seen(page, f"{url}/visits/mayor/", "5,498")

    correct(dataset, TABLE.replace("5498", "5500"))
    page.goto(f"{url}/admin/desk/corrections/")
    expect(page.locator("main")).to_contain_text("5,500")
    page.goto(f"{url}/visits/mayor/")
    expect(page.locator("main")).to_contain_text("資料集已更正：5,500人")
    page.get_by_role("link", name="5,498").click()
    row = page.locator("tr:target")
    expect(row).to_contain_text("5,500")
    row.locator(".permalink").click()
    expect(page).to_have_url(f"{url}/datasets/headcount/#figure-{KEY}")
    assert watched.complaints == []
