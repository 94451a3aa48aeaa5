"""What people come for, found by somebody who has never been here: in each language, with a mouse, a keyboard or a
thumb, with scripts and without, in at most four steps from the home page.
"""

import csv
import io
import re

import icalendar
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.factories.pages import root
from tests.factories.seeded import publish_seed

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

_MOST_STEPS = 4
#: Language, width, whether scripts run, and whether the keyboard alone is used.
READERS = [("zh", 1280, True, True), ("zh", 390, False, False), ("en", 1280, False, False), ("en", 390, True, True)]
WORDS = {
    "zh": {
        "question": "高雄和熊本在111年做了什麼？",
        "meeting": "熊本市大西一史市長視訊會議",
        "source": "出處：摘要",
        "proof": "大西一史",
        "figures": "第一次申訴",
        "file": "CSV（試算表用，中文）",
        "numbers": ["5643", "2368", "512", "87"],
        "menu": "選單",
        "exhibits": "展覽",
        "calendar": "訂閱行事曆",
        "exhibit": "「城市市鑰」主題展",
    },
    "en": {
        "question": "What did Kaohsiung do with Kumamoto in 2022?",
        "meeting": "Mayor Onishi Kazufumi of Kumamoto City",
        "source": "Source: Summary",
        "proof": "大西一史",
        "figures": "First complaints",
        "file": "CSV for spreadsheets (English)",
        "numbers": ["5643", "2368", "512", "87"],
        "menu": "Menu",
        "exhibits": "Exhibits",
        "calendar": "Subscribe in your calendar",
        "exhibit": "Keys to the City",
    },
}


class Visitor:
    """Somebody at the home page, whose steps are counted."""

    def __init__(self, watched: Watched, address: str, language: str, *, keyboard: bool) -> None:
        self.watched, self.page, self.words, self.keyboard = watched, watched.page, WORDS[language], keyboard
        self.page.goto(address + ("/en/" if language == "en" else "/"))
        self.steps = 0

    def step(self, target) -> None:
        """One step: what is named is chosen."""
        self.steps += 1
        assert self.steps <= _MOST_STEPS
        if self.keyboard:
            target.focus()
            target.press("Enter")
        else:
            target.click()
        self.page.wait_for_load_state()

    def link(self, name: str, **options):
        """The first link of a name that can be seen."""
        return self.page.get_by_role("link", name=self.words[name], **options).first

    def fetched(self, link) -> str:
        """The text of the file that a link leads to; as a step."""
        self.steps += 1
        assert self.steps <= _MOST_STEPS
        address = link.get_attribute("href").replace("webcal://", "http://")
        response = self.page.request.get(self.page.evaluate("(at) => new URL(at, document.baseURI).href", address))
        assert response.ok
        return response.body().decode("utf-8-sig")


@pytest.fixture
def visitors(browser, live_server, transactional_db, settings):
    """The portal as it is seeded, and every kind of visitor."""
    settings.BASE_URL = live_server.url
    root()
    publish_seed()
    contexts = []

    def made():
        for language, width, scripts, keyboard in READERS:
            context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
            contexts.append(context)
            yield Visitor(Watched(context.new_page(), live_server.url), live_server.url, language, keyboard=keyboard)

    yield made
    for context in contexts:
        context.close()


def test_what_people_come_for(visitors):
    for visitor in visitors():
        what_was_done_with_kumamoto_and_where_it_is_written(visitor)
    for visitor in visitors():
        complaints_of_the_half_year_as_a_spreadsheet(visitor)
    for visitor in visitors():
        exhibits_in_a_calendar(visitor)


def what_was_done_with_kumamoto_and_where_it_is_written(visitor: Visitor) -> None:
    visitor.step(visitor.link("question"))
    expect(visitor.page).to_have_url(re.compile("kumamoto"))
    visitor.step(visitor.link("meeting"))
    visitor.step(visitor.link("source"))
    visitor.page.locator(".proof:visible").filter(has_text=visitor.words["proof"]).first.wait_for()
    assert visitor.watched.complaints == []


def complaints_of_the_half_year_as_a_spreadsheet(visitor: Visitor) -> None:
    visitor.step(visitor.link("figures"))
    rows = list(csv.reader(io.StringIO(visitor.fetched(visitor.link("file")))))
    assert {cell for row in rows for cell in row} >= set(visitor.words["numbers"])
    assert visitor.watched.complaints == []


def exhibits_in_a_calendar(visitor: Visitor) -> None:
    menu = visitor.page.locator("details.menu > summary").first
    if menu.is_visible():
        visitor.step(menu)
    navigation = visitor.page.get_by_role("navigation").get_by_role("link", name=visitor.words["exhibits"], exact=True)
    visitor.step(navigation.first)
    calendar = icalendar.Calendar.from_ical(visitor.fetched(visitor.link("calendar")))
    assert any(visitor.words["exhibit"] in str(event["SUMMARY"]) for event in calendar.walk("VEVENT"))
    assert visitor.watched.complaints == []
