"""Charts in a browser: whole without scripts, explored after a click under the strict Content-Security-Policy."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import violations

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

PAGE = "/datasets/staff/"


def loaded(page) -> tuple[str, int]:
    """The picture that the browser has chosen, and how wide it is by itself."""
    image = page.locator("#chart-1 img")
    # It is fetched when the reader comes near it.
    image.evaluate("image => { image.scrollIntoView(); return image.decode(); }")
    return image.evaluate("image => image.currentSrc.split('/').pop()"), image.evaluate("image => image.naturalWidth")


@pytest.mark.parametrize(("width", "picture"), [(1280, ("1-page.svg", 652)), (390, ("1-phone.svg", 350))])
def test_the_picture_is_there_without_scripts(site, watched, width, picture):
    reader = watched(width, java_script_enabled=True)
    reader.page.goto(site + PAGE)
    assert loaded(reader.page) == picture
    bare = watched(width, java_script_enabled=False)
    bare.page.goto(site + PAGE)
    expect(bare.page.locator("#chart-1 img")).to_be_visible()
    expect(bare.page.get_by_role("button", name="互動瀏覽圖表")).to_be_hidden()
    expect(bare.page.locator("#chart-1 figcaption").get_by_text("工級人員6,131人。")).to_be_visible()
    assert reader.complaints == bare.complaints == []


@pytest.mark.parametrize(
    ("path", "width", "button", "words"),
    [
        (PAGE, 1280, "互動瀏覽圖表", "工級人員：6,131人"),
        (f"/en{PAGE}", 390, "Explore the chart", "Workers: 6,131 people"),
    ],
)
def test_a_click_loads_what_can_be_explored(site, watched, path, width, button, words):
    reader = watched(width)
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(site + path)
    assert not any("vega" in each for each in asked)
    reader.page.get_by_role("button", name=button).press("Enter")
    bars = reader.page.locator("#chart-1 .view svg [aria-roledescription=bar]")
    bars.first.wait_for()
    assert any("vega" in each for each in asked)
    assert violations(reader.page) == []
    bar = reader.page.locator(f'#chart-1 .view svg [aria-label="{words}"]')
    bar.hover()
    reader.page.locator("#chart-tooltip.visible").wait_for()
    expect(reader.page.locator("#chart-tooltip")).to_have_text(words)
    expect(reader.page.locator("#chart-1 .view")).to_be_focused()
    expect(reader.page.get_by_role("button", name=button)).to_be_hidden()
    # The words beside the pointer are drawn outside of the page's landmarks.
    assert [violations(reader.page, part) for part in ("main", "#chart-tooltip")] == [[], []]
    assert reader.complaints == []


def test_what_is_explored_follows_the_scheme(site, watched):
    reader = watched(color_scheme="dark")
    reader.page.goto(site + PAGE)
    reader.page.locator("button.explore").click()
    bar = reader.page.locator("#chart-1 .view svg [aria-roledescription=bar]").first
    bar.wait_for()
    assert bar.evaluate("bar => getComputedStyle(bar).fill") == "rgb(134, 207, 227)"


def test_a_chart_that_cannot_be_loaded_leaves_the_picture(site, watched):
    reader = watched()
    reader.page.route("**/charts/*.json", lambda route: route.abort())
    reader.page.goto(f"{site}/en{PAGE}")
    button = reader.page.get_by_role("button", name="Explore the chart")
    button.click()
    reader.page.get_by_text("The chart could not be loaded.").wait_for()
    expect(reader.page.locator("#chart-1 img")).to_be_visible()
    expect(button).to_be_enabled()


def test_a_picture_that_is_opened_by_itself_is_shown(site, watched):
    reader = watched(color_scheme="dark")
    reader.page.goto(f"{site}{PAGE}charts/1.svg")
    paper = reader.page.locator("svg > rect").first
    assert paper.evaluate("paper => getComputedStyle(paper).fill") == "rgb(13, 24, 30)"
    assert reader.complaints == []


def test_a_picture_that_is_opened_by_itself_keeps_its_dark_colours_under_its_policy(site, watched):
    fills = {}
    for scheme in ("light", "dark"):
        reader = watched(color_scheme=scheme)
        reader.page.goto(f"{site}{PAGE}charts/1.svg")
        fills[scheme] = reader.page.evaluate(
            "() => [...document.querySelectorAll('[fill]')].map((each) => getComputedStyle(each).fill)"
        )
        assert reader.complaints == []
    assert fills["light"] != fills["dark"]
