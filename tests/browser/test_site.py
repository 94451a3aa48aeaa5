"""The public pages as a browser shows them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import overflow, violations
from tests.factories.documents import both, document, publish, text_block
from tests.factories.portal import PATHS, english
from tests.following import until

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

_LONG = text_block(f"<p>{'字。' * 2000}</p>", f"<p>{'Words. ' * 2000}</p>")


def test_pages_load_whole_and_clean_at_both_widths(site, watched):
    problems = []
    for width in (1280, 390):
        reader = watched(width)
        for path in (*PATHS, *map(english, PATHS)):
            reader.page.goto(site + path)
            if over := overflow(reader.page):
                problems.append(f"{width} {path}: {over} px too wide")
            problems += [f"{width} {path}: {each}" for each in reader.complaints]
            reader.complaints.clear()
    assert problems == []


@pytest.mark.parametrize(
    ("width", "scheme", "prefix"),
    [(1280, "light", ""), (390, "dark", "/en"), (1280, "dark", ""), (390, "light", "/en")],
)
def test_axe_finds_nothing(site, watched, width, scheme, prefix):
    reader = watched(width, color_scheme=scheme)
    problems = []
    for path in (*PATHS, "/nothing/"):
        reader.page.goto(site + prefix + path)
        problems += [f"{path}: {each}" for each in violations(reader.page)]
    assert problems == []


def test_the_switch_leads_to_the_same_record(site, watched):
    page = watched().page
    page.goto(f"{site}/visits/mayor/")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{site}/en/visits/mayor/")
    page.get_by_role("link", name="中文", exact=True).click()
    expect(page).to_have_url(f"{site}/visits/mayor/")


def test_a_seal_opens_its_source(site, watched):
    page = watched(java_script_enabled=False).page
    page.goto(f"{site}/visits/mayor/")
    page.locator(".facts .seal").first.click()
    expect(page).to_have_url(re.compile("#source-1$"))
    expect(page.locator("#source-1 blockquote")).to_be_visible()


def test_long_lines_of_code_are_reached_by_the_keyboard(site, watched):
    page = watched(390).page
    page.goto(f"{site}/en/visits/mayor/")
    region = page.get_by_role("region", name="Example 2: Python")
    assert region.evaluate("each => each.scrollWidth > each.clientWidth")
    region.focus()

    def moved() -> list[str]:
        # A key that is pressed before a busy Chromium can scroll is lost; a reader presses it again.
        page.keyboard.press("ArrowRight")
        return [] if region.evaluate("each => each.scrollLeft") else ["nothing moves"]

    assert until(moved, 10) == []


def test_a_long_page_lists_what_is_in_it(site, watched):
    parts = ("first", "second", "third", "fourth")
    headings = [{"id": part, "type": "heading", "value": both(part, part.title())} for part in parts]
    publish(
        document(
            "page",
            "long",
            path="/long/",
            body=[each for head in headings for each in (head, _LONG | {"id": f"under-{head['id']}"})],
        )
    )
    page = watched().page
    page.goto(f"{site}/en/long/")
    page.get_by_role("navigation", name="Contents").get_by_role("link").nth(3).click()
    expect(page).to_have_url(re.compile("#at-fourth$"))
    expect(page.locator("#at-fourth")).to_be_in_viewport()


def test_the_menu_of_a_phone_needs_no_script(site, watched):
    page = watched(390, java_script_enabled=False).page
    page.goto(f"{site}/en/")
    link = page.locator(".masthead nav").get_by_role("link", name="Visits")
    expect(link).to_be_hidden()
    page.locator(".masthead summary").click()
    link.click()
    expect(page).to_have_url(f"{site}/en/visits/")


def test_the_menu_stands_open_where_there_is_room(site, watched):
    page = watched().page
    page.goto(f"{site}/en/")
    expect(page.locator(".masthead nav").get_by_role("link", name="Visits")).to_be_visible()
    expect(page.locator(".masthead summary")).to_be_hidden()


def test_the_keyboard_reaches_the_content_first(site, watched):
    page = watched().page
    page.goto(f"{site}/en/visits/mayor/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_what_search_engines_read_breaks_no_policy(site, watched):
    reader = watched()
    reader.page.goto(f"{site}/en/datasets/staff/")
    blocks = reader.page.locator('script[type="application/ld+json"]').all_text_contents()
    types = [reader.page.evaluate("text => JSON.parse(text)['@type']", each) for each in blocks]
    assert types == [None, "Dataset"]
    assert reader.complaints == []


def test_the_catalogue_is_filtered_and_its_quality_read_without_a_script(site, watched):
    page = watched(390, java_script_enabled=False).page
    page.goto(f"{site}/en/opendata/")
    page.get_by_label("Words").fill("nothing of the kind")
    page.get_by_role("button", name="Look").click()
    page.get_by_text("There is nothing here.").wait_for()
    page.get_by_role("link", name="Show the whole catalogue").click()
    reasons = page.get_by_text("figures have a source")
    expect(reasons).to_be_hidden()
    page.locator(".quality summary").click()
    expect(reasons).to_be_visible()


def test_a_file_is_saved_under_its_name(site, watched):
    page = watched().page
    page.goto(f"{site}/datasets/staff/")
    with page.expect_download() as started:
        page.locator("ul.files a").first.click()
    assert started.value.suggested_filename == "staff-v1.csv"
