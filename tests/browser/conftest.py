"""A portal on a real server, and pages of a browser that report what goes wrong in them."""

from collections.abc import Iterator

import pytest

from tests.factories.accounts import PASSWORD, account
from tests.factories.pages import home
from tests.factories.portal import publish_portal


@pytest.fixture
def site(live_server, transactional_db) -> str:
    """The address of a server with something of everything published."""
    publish_portal()
    return live_server.url


class Watched:
    """A page, and the complaints of its console, its failed requests and those to other hosts."""

    def __init__(self, page, host: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self._note(message.type in ("error", "warning"), message.text))
        page.on("pageerror", lambda error: self._note(True, str(error)))
        # Leaving a page stops what it still loads.
        page.on("requestfailed", lambda request: self._note("ABORTED" not in request.failure, f"failed: {request.url}"))
        page.on("request", lambda request: self._note(not request.url.startswith(host), f"foreign: {request.url}"))
        page.on("response", lambda response: self._note(response.status >= 400, f"{response.status}: {response.url}"))

    def _note(self, wrong: bool, complaint: str) -> None:
        if wrong:
            self.complaints.append(complaint)


@pytest.fixture
def watched(browser, site) -> Iterator:
    """Make a watched page of a width, with or without scripts, light or dark."""
    contexts = []

    def make(width: int = 1280, **options) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        return Watched(context.new_page(), site)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def desk(browser, live_server, transactional_db, settings):
    """Make the page of an editor who has signed in, in a language of the admin.

    Drafts are not saved by themselves: one that is not complete yet is refused, as one in the moment of publishing is,
    and the console complains of it. A test that is about that sets the interval.
    """
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    contexts = []

    def make(language: str) -> Watched:
        home()
        account("lin", superuser=True, language=language)
        context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="zh-TW")
        contexts.append(context)
        watched = Watched(context.new_page(), live_server.url)
        page = watched.page
        # Neither page is waited for: a test goes to its own.
        page.goto(f"{live_server.url}/admin/", wait_until="commit")
        page.locator("input[name=username]").fill("lin")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("button[type=submit]").click()
        page.wait_for_url(f"{live_server.url}/admin/", wait_until="commit")
        return watched

    yield make
    for context in contexts:
        context.close()
