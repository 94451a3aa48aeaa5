"""Searching in a browser: with the keyboard, with an input method, by pointer, without scripts, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.clock import stopped
from tests.browser.looking import faults, violations
from tests.factories.searching import bring_up

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

FIELD = "#site-words"
#: Milliseconds without typing before completions are asked for.
PAUSE = 150


@pytest.fixture
def found(site) -> str:
    """The address of a server whose records are indexed."""
    bring_up()
    return site


def type_and_wait(page, text: str, field: str = FIELD) -> None:
    """Type at once, so that they are asked for once, and wait until the suggestions are there."""
    page.locator(field).focus()
    page.keyboard.insert_text(text)
    page.locator(f"{field}-list [role=option]").first.wait_for()


def state(page, field: str = FIELD) -> tuple[str | None, str | None]:
    """Whether the list is said to be open, and the text of the option that is said to be active."""
    input_ = page.locator(field)
    active = input_.get_attribute("aria-activedescendant")
    text = page.locator(f"#{active} span").first.text_content() if active else None
    return input_.get_attribute("aria-expanded"), text


def test_the_keyboard_chooses_a_suggestion(found, watched):
    reader = watched()
    page = reader.page
    page.goto(f"{found}/en/visits/")
    assert state(page) == ("false", None)
    type_and_wait(page, "bus")
    assert state(page) == ("true", None)
    assert page.locator(f"{FIELD}-list").get_attribute("role") == "listbox"
    assert "suggestion" in page.locator("header [role=status]").text_content()
    page.keyboard.press("ArrowDown")
    assert state(page) == ("true", "Busan")
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    page.keyboard.press("ArrowUp")
    assert state(page) == ("true", None)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=Busan")
    expect(page.locator(".hits h3").first).to_have_text("Busan")
    expect(page.locator("#words")).to_have_value("Busan")
    assert reader.complaints == []


def test_escape_closes_the_list_and_keeps_what_was_typed(found, watched):
    page = watched().page
    page.goto(f"{found}/visits/")
    type_and_wait(page, "釜")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert state(page) == ("false", None)
    assert page.locator(FIELD).input_value() == "釜"
    page.keyboard.press("ArrowDown")
    assert state(page)[0] == "true"
    page.keyboard.press("Tab")
    assert state(page) == ("false", None)


def test_enter_without_a_choice_searches_for_what_was_typed(found, watched):
    page = watched().page
    page.goto(f"{found}/search/")
    type_and_wait(page, "市", "#words")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=%E5%B8%82")


def test_a_pointer_chooses_a_suggestion(found, watched):
    page = watched(390).page
    page.goto(f"{found}/visits/")
    type_and_wait(page, "釜")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".hits mark").first).to_have_text("釜山市")


def test_nothing_is_asked_while_an_input_method_composes(found, watched):
    page = watched().page
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    with stopped(page):
        page.goto(f"{found}/visits/")
    session = page.context.new_cdp_session(page)
    page.locator(FIELD).focus()
    for text in ("ㄈ", "ㄈㄨ", "釜"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.clock.run_for(2 * PAUSE)
    assert page.locator(FIELD).input_value() == "釜"
    assert asked == []
    session.send("Input.insertText", {"text": "釜"})
    page.clock.run_for(PAUSE)
    page.locator("[role=option]").first.wait_for()
    assert len(asked) == 1


def test_requests_wait_for_a_pause_and_the_last_one_counts(found, watched):
    page = watched().page
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    with stopped(page):
        page.goto(f"{found}/en/visits/")
    for letter in "Busan":
        page.locator(FIELD).press_sequentially(letter)
        page.clock.run_for(PAUSE - 1)
    assert asked == []
    page.clock.run_for(1)
    page.locator("[role=option]").first.wait_for()
    assert len(asked) == 1 and asked[0].endswith("q=Busan")


def test_all_of_it_works_without_scripts(found, watched):
    page = watched(java_script_enabled=False).page
    page.goto(f"{found}/en/about/")
    page.locator(FIELD).fill("Busan")
    page.locator("header .search button").click()
    expect(page).to_have_url(f"{found}/en/search/?q=Busan")
    page.locator(".filter").get_by_role("link", name="Exhibits").click()
    expect(page).to_have_url(f"{found}/en/search/?q=Busan&type=exhibit")
    page.locator("#from").fill("111/5")
    page.locator(".dates button").click()
    expect(page.locator(".chips a")).to_have_count(2)
    page.locator(".chips a").last.click()
    expect(page).to_have_url(f"{found}/en/search/?q=Busan&type=exhibit")
    page.locator("#words").fill("keys")
    page.locator(".searching button").click()
    expect(page).to_have_url(f"{found}/en/search/?q=keys&type=exhibit")


def test_a_phone_has_the_field_without_opening_the_menu(found, watched):
    page = watched(390, java_script_enabled=False).page
    page.goto(f"{found}/en/visits/")
    assert page.locator(".masthead details[open]").count() == 0
    assert page.locator(FIELD).bounding_box()["y"] < 250
    page.locator(FIELD).fill("Busan")
    page.locator(FIELD).press("Enter")
    page.locator(".filter > summary").click()
    expect(page.locator(".filter").get_by_role("link", name="Exhibits")).to_be_visible()


SEARCHES = ("/search/", "/search/?q=釜山&type=exhibit", "/search/?q=zzzqqq", "/search/?q=x&from=never")


@pytest.mark.parametrize(
    ("width", "scheme", "prefix"),
    [(1280, "light", ""), (390, "dark", "/en"), (1280, "dark", "/en"), (390, "light", "")],
)
def test_pages_fit_and_axe_finds_nothing(found, watched, width, scheme, prefix):
    page = watched(width, color_scheme=scheme).page
    problems = []
    for path in SEARCHES:
        page.goto(found + prefix + path)
        problems += [f"{path}: {each}" for each in faults(page)]
    page.goto(f"{found}{prefix}/visits/")
    type_and_wait(page, "b" if prefix else "釜")
    page.keyboard.press("ArrowDown")
    problems += [f"suggestions: {each}" for each in violations(page)]
    assert problems == []
