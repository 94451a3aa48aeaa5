"""Sources beside what they prove, by mouse, by keyboard and without a script; and how pages bear small windows."""

import pytest
from playwright.sync_api import expect

from tests.browser.clock import stopped
from tests.browser.looking import overflow, violations
from tests.factories.datasets import dataset
from tests.factories.documents import both, document, proof, publish, text_block

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

ADDRESS = "/en/visits/mayor/"


def test_a_seal_opens_its_source_in_the_margin_level_with_its_row(site, watched):
    reader = watched()
    page = reader.page
    page.goto(site + ADDRESS)
    seal = page.locator(".ledger .prose .seal").first
    assert seal.get_attribute("aria-expanded") == "false"
    seal.click()
    panel = page.get_by_role("complementary", name="Source:")
    expect(panel).to_be_visible()
    expect(seal).to_have_attribute("aria-expanded", "true")
    row, beside = page.locator(".proven").bounding_box(), panel.bounding_box()
    assert beside["x"] >= row["x"] + row["width"]
    assert abs(beside["y"] - row["y"]) < 24
    seal.click()
    expect(panel).to_be_hidden()
    expect(seal).to_have_attribute("aria-expanded", "false")
    assert reader.complaints == []


def test_the_keyboard_opens_a_source_and_comes_back(site, watched):
    page = watched().page
    page.goto(site + ADDRESS)
    page.locator(".facts .seal").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "source-panel"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Close"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('seal')")
    expect(page.locator("#source-panel")).to_have_count(0)


def test_another_seal_takes_the_place_of_the_first(site, watched):
    page = watched().page
    page.goto(site + ADDRESS)
    seals = page.locator(".facts .seal")
    seals.nth(0).click()
    seals.nth(1).click()
    expect(page.locator("#source-panel")).to_have_count(1)
    for place, expanded in enumerate(("false", "true")):
        expect(seals.nth(place)).to_have_attribute("aria-expanded", expanded)


def test_on_a_phone_the_source_opens_below_its_row(site, watched):
    page = watched(390).page
    page.goto(site + ADDRESS)
    seal = page.locator(".facts .seal").first
    seal.click()
    panel, line = page.locator("#source-panel").bounding_box(), seal.bounding_box()
    assert panel["y"] >= line["y"]
    assert panel["width"] <= 390
    assert overflow(page) == 0


def test_without_a_script_a_seal_leads_to_its_source_and_opens_it(site, watched):
    page = watched(java_script_enabled=False).page
    page.goto(f"{site}/en/datasets/staff/")
    page.locator(".seal").first.click()
    expect(page.locator(":target blockquote")).to_be_visible()


def test_open_sources_are_printed(site, watched):
    page = watched().page
    page.goto(site + ADDRESS)
    page.emulate_media(media="print")
    expect(page.locator("#source-1 blockquote")).to_be_visible()
    expect(page.locator(".masthead .search")).to_be_hidden()


def test_the_citation_is_copied(site, watched, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    # It says so for a few seconds, which pass when the test lets them.
    with stopped(page):
        page.goto(site + ADDRESS)
    button = page.locator("[data-copy]")
    button.click()
    expect(button).to_have_text("Copied")
    page.clock.run_for(4000)
    expect(button).to_have_text("Copy")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/en/visits/mayor/versions/1/")
    context.close()


def test_the_guide_marks_cost_no_line_and_do_not_stick_out(site, watched):
    page = watched().page
    page.goto(site + ADDRESS)
    mark, crumbs = page.locator("main .access").bounding_box(), page.locator(".crumbs ol").bounding_box()
    assert crumbs["y"] - 4 <= mark["y"] <= crumbs["y"] + crumbs["height"]
    assert mark["x"] + mark["width"] <= 1240


def test_search_is_in_the_middle_and_the_present_section_is_underlined(site, watched):
    page = watched().page
    page.goto(site + ADDRESS)
    name, field, languages = (
        page.locator(f".brand > {each}").bounding_box() for each in (".name", ".search", ".languages")
    )
    assert name["x"] < field["x"] < languages["x"]
    assert abs(field["x"] + field["width"] / 2 - 640) < 20
    current = page.locator(".masthead nav [aria-current]")
    assert current.evaluate("each => getComputedStyle(each).borderBottomWidth") == "3px"
    assert int(current.evaluate("each => getComputedStyle(each).fontWeight")) >= 700


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_home_page_with_figures_is_for_everyone_with_a_source_open_too(site, watched, width, scheme):
    figure = {"id": "workers", "type": "figure", "dataset": "dataset:headcount", "key": "headcount.workers.2022-05"}
    figure |= {"version": 1, "value": "5498", "unit": "person", "period": "2022-05", "label": both("工友", "Workers")}
    question = {"id": "ask", "type": "record", "uid": "works:lift", "text": both("何時修好？", "When is it done?")}
    meaning = text_block("<p>學校與機關。</p>", "<p>Schools and agencies.</p>", "meaning")
    publish(dataset())
    publish(
        document(
            "page",
            "home",
            path="/",
            body=[question, figure, meaning],
            source=[proof("body/workers", "body/meaning", quote="工友5,498人")],
        )
    )
    reader = watched(width, color_scheme=scheme)
    page = reader.page
    page.goto(f"{site}/en/")
    page.locator(".key-figures .seal").first.click()
    expect(page.locator("#source-panel mark")).to_have_text("5,498人")
    assert violations(page) == []
    assert overflow(page) == 0
    assert reader.complaints == []
