"""The example of a separate front end, in a browser, on an origin of its own: it reads nothing but the API."""

import functools
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings as present
from playwright.sync_api import expect

from cms.models import VisitPage
from tests.browser.looking import faults
from tests.factories.documents import both, document, publish, redact, withdraw
from tests.factories.pages import add

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, as ``python -m http.server`` does, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def front(live_server, tmp_path: Path) -> Iterator[str]:
    """The address of the front end, whose configuration names the live server."""
    folder = tmp_path / "frontend"
    shutil.copytree(present.BASE_DIR / "examples/frontend", folder)
    (folder / "config.json").write_text(json.dumps({"portal": live_server.url}), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser, site, front) -> Iterator:
    """A page of a browser that notes what its console complains of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def heading(page, text: str) -> None:
    """Wait for the heading of a page."""
    page.get_by_role("heading", level=1, name=text).wait_for()


def test_a_record_is_found_from_the_home_page_and_read_in_both_languages(reader, front):
    reader.goto(front)
    reader.get_by_role("navigation", name="主選單").get_by_role("link", name="來訪").click()
    heading(reader, "訪賓")
    reader.get_by_role("main").get_by_role("link", name="只有中文的標題").click()
    heading(reader, "只有中文的標題")
    expect(reader.get_by_text("民國111年3月17日").first).to_be_visible()
    expect(reader.get_by_role("navigation", name="目前位置").get_by_role("link")).to_have_text(["首頁", "來訪"])
    reader.get_by_role("link", name="English").click()
    reader.get_by_text("17 March 2022").wait_for()
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    expect(reader.get_by_role("navigation", name="You are here").get_by_role("link")).to_have_text(["Home", "Visits"])
    assert (
        reader.get_by_role("main").locator("img").first.evaluate("each => each.decode().then(() => each.naturalWidth)")
    )
    expect(reader.locator("blockquote", has_text="111年3月17日").first).to_be_visible()
    assert "[object" not in reader.locator("body").inner_text()
    reader.get_by_role("link", name="All versions").click()
    reader.get_by_role("link", name="Version 1").click()
    reader.get_by_text("This is version 1").wait_for()
    assert reader.complaints == []


def test_the_figures_of_a_dataset(reader, front):
    reader.goto(f"{front}/?path=/en/datasets/staff/")
    reader.get_by_role("cell", name="6,131").wait_for()
    row = reader.get_by_role("row").filter(has_text="6,131")
    expect(row.get_by_role("cell")).to_have_text(["Headcount", "Workers", "May 2022", "6,131", "people"])
    expect(reader.get_by_role("cell", name="not given").first).to_be_visible()
    assert reader.complaints == []


def test_what_moved_is_gone_or_was_never_there(reader, front):
    publish(document("visit", "m", path="/visits/old/"), document("city", "gone"), document("visit", "secret"))
    publish(document("visit", "m", path="/visits/new/", title=both("搬家", "Moved house")))
    withdraw("city:gone", both("說明", "Taken back"))
    redact("visit:secret")
    reader.goto(f"{front}/?path=/en/visits/old/")
    heading(reader, "Moved house")
    expect(reader).to_have_url(f"{front}/?path=%2Fen%2Fvisits%2Fnew%2F")
    expect(reader.get_by_role("status")).to_have_text("The address has moved here.")
    reader.goto(f"{front}/?path=/en/cities/gone/")
    heading(reader, "Withdrawn")
    expect(reader.get_by_text("Taken back")).to_be_visible()
    reader.goto(f"{front}/?path=/visits/secret/")
    heading(reader, "因法律原因移除")
    reader.goto(f"{front}/?path=/en/nothing/")
    heading(reader, "Not found")
    expect(reader.get_by_role("navigation", name="Main menu").get_by_role("link", name="Cities")).to_be_visible()
    reader.goto(f"{front}/?path=nonsense")
    reader.get_by_role("heading", level=1).wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_is_for_everyone(browser, site, front, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    problems = []
    for path in (
        "/",
        "/en/visits/",
        "/visits/mayor/",
        "/visits/mayor/versions/",
        "/en/datasets/staff/",
        "/nothing/",
        "/opendata/",
    ):
        page.goto(f"{front}/?path={path}")
        page.locator("main[aria-busy=false]").wait_for()
        problems += [f"{path}: {each}" for each in faults(page)]
    context.close()
    assert problems == []


def test_an_editor_sees_a_draft_in_it(desk, front, settings):
    settings.HEADLESS_PREVIEW_URL = f"{front}/"
    settings.HEADLESS_PREVIEW_ORIGIN = front
    record = add(VisitPage, headline_zh_hant="還沒發布", headline_en="Not out yet")
    page = desk("en").page
    page.goto(f"{page.url}pages/{record.pk}/view_draft/?mode=front-end")
    shown = page.frame_locator("iframe")
    shown.get_by_role("heading", level=1, name="還沒發布").wait_for()
    expect(shown.get_by_role("status")).to_have_text("草稿，尚未發布。")
    shown.get_by_role("button", name="English").click()
    shown.get_by_role("heading", level=1, name="Not out yet").wait_for()
    address = page.locator("iframe").get_attribute("src")
    token = address.partition("token=")[2]
    stranger = page.context.browser.new_context()
    other = stranger.new_page()
    other.goto(f"{front}/?token={token}")
    other.get_by_role("heading", level=1, name="還沒發布").wait_for()
    expect(other).to_have_url(f"{front}/")
    stranger.close()
