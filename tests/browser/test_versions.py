"""Versions beside each other, and videos that wait for a click, as a browser shows them."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults
from tests.factories import datasets
from tests.factories.documents import both, document, publish, text_block
from tests.factories.portal import every_block

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

VIDEO = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.fixture
def versions(site) -> str:
    """The address of a site with records of several versions."""
    long = "市府為深化城市交流，邀請釜山廣域市代表團來訪，雙方就教育、觀光與港灣建設交換意見。" * 3
    english = "The City invited a delegation of Busan to exchange views on schools, tourism and the harbour. " * 3
    note = both("更正人數與日期", "Number and date corrected")
    publish(
        document("visit", "mayor", title=both("市長接見釜山代表團", "The Mayor meets a delegation of Busan"),
                 body=[text_block(f"<p>{long}</p>", f"<p>{english}</p>"), *every_block("a" * 64)[1:5]]),
        document("visit", "mayor", title=both("市長接見釜山訪問團", "The Mayor receives a delegation of Busan"),
                 body=[*every_block("a" * 64)[2:5], text_block(f"<p>{long.replace('觀光', '旅遊')}</p>",
                       f"<p>{english.replace('schools', 'education')}</p>")], change_note=note),
        datasets.dataset("headcount"),
        datasets.dataset("headcount", lines=datasets._LINES.replace("5498", "5489"), change_note=note),
    )  # fmt: skip
    return site


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(1280, "light", ""), (390, "dark", "/en"), (320, "light", "")])
def test_comparisons_are_whole_clean_and_accessible(versions, watched, width, scheme, prefix):
    reader = watched(width, color_scheme=scheme)
    problems = []
    for path in (
        "/visits/mayor/versions/",
        "/visits/mayor/versions/2/3/",
        "/visits/mayor/versions/1/3/",
        "/datasets/headcount/versions/1/2/",
    ):
        reader.page.goto(versions + prefix + path)
        problems += [f"{path}: {each}" for each in (*faults(reader.page), *reader.complaints)]
    assert problems == []


def test_a_reader_chooses_two_versions_without_a_script_and_by_the_keyboard(versions, watched):
    page = watched(390, java_script_enabled=False).page
    page.goto(f"{versions}/en/visits/mayor/")
    page.get_by_role("link", name="What changed last").click()
    expect(page).to_have_url(f"{versions}/en/visits/mayor/versions/2/3/")
    expect(page.locator("ins", has_text="receives")).to_be_visible()
    expect(page.locator("del", has_text="meets")).to_be_visible()
    page.get_by_label("Earlier version").select_option("1")
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{versions}/en/visits/mayor/versions/1/3/")
    page.get_by_label("Later version").select_option("1")
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("choose two different versions").wait_for()


def test_a_video_is_asked_for_by_a_click_and_not_before(versions, watched):
    reader = watched()
    page = reader.page
    page.goto(f"{versions}/en/visits/mayor/versions/1/")
    figure = page.locator("figure.video")
    link = figure.get_by_role("link", name="The story of the keys")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    play = figure.get_by_role("button", name="Play here: The story of the keys")
    play.wait_for()
    assert reader.complaints == []
    # Nothing is asked of the provider by the tests, either.
    page.context.set_offline(True)
    play.focus()
    with page.expect_event("requestfailed") as failed:
        page.keyboard.press("Enter")
    assert failed.value.url == VIDEO
    frame = figure.locator("iframe")
    expect(frame).to_have_attribute("src", VIDEO)
    expect(frame).to_have_attribute("title", "The story of the keys")
    expect(frame).to_be_focused()
    # The policy lets it be framed: nothing but the network is complained of.
    assert not [each for each in reader.complaints if "Content Security Policy" in each or "Permissions" in each]


def test_without_a_script_a_video_is_a_link(versions, watched):
    page = watched(java_script_enabled=False).page
    page.goto(f"{versions}/visits/mayor/versions/1/")
    figure = page.locator("figure.video")
    expect(figure.get_by_role("link", name="市鑰的故事")).to_be_visible()
    expect(figure.get_by_role("button")).to_have_count(0)


def test_nobody_else_can_be_framed(versions, watched):
    page = watched().page
    page.goto(f"{versions}/en/")
    blocked = page.evaluate(
        """async () => new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          const frame = document.createElement("iframe");
          frame.src = "https://evil.example/";
          document.body.append(frame);
        })"""
    )
    assert blocked == "frame-src"
