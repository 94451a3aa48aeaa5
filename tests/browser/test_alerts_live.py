"""An invented alert from its issue to its end: what an editor does in the admin, and where readers learn of it."""

from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client

from cms.models import AlertPage
from tests.atom import NS, faults, parse, texts
from tests.browser.desk import fill, publish
from tests.browser.looking import violations
from tests.clock import set_day
from tests.factories.pages import section
from tests.factories.searching import bring_up
from tests.factories.subscribers import follow, subscribe

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

ZH, EN = "", "/en"
SUBSCRIBERS = {"zh@example.org": ZH, "en@example.org": EN}
COOKER = {ZH: "甲牌電鍋", EN: "Cooker A"}
COOKERS = {ZH: "甲牌各型電鍋", EN: "Cookers of brand A"}
#: Where an alert is listed: the news, the results for its title, the list.
PLACES = ("/", "/search/?q={}", "/alerts/")


@dataclass(frozen=True)
class Seen:
    """Where and how readers of a language find an alert: what stands above its title, whether it is in the band of the
    home page, the section of the list, what search says of it beside its passage, its title in the feed, and whether
    its title is struck on its page, in the list, among the results and among the news.
    """

    head: str
    band: bool
    section: str
    found: list[str]
    feed: str
    struck: tuple[bool, bool, bool, bool] = (False,) * 4


class Readers:
    """What readers see of alerts, in the browser, through feeds and the API, and in their mails."""

    def __init__(self, page, url: str) -> None:
        self.page, self.url = page, url

    def see(self, title: dict[str, str]) -> dict[str, Seen]:
        """An alert everywhere, in both languages."""
        bring_up()
        return {prefix: self._see(prefix, title[prefix]) for prefix in (ZH, EN)}

    def _see(self, prefix: str, title: str) -> Seen:
        page = self.page
        titled = page.locator("h3").get_by_role("link", name=title, exact=True)
        self.go(f"{prefix}/")
        band = page.locator(".alert-now h3").get_by_text(title, exact=True).count() == 1
        news = page.locator(".rows li").filter(has=titled)
        assert news.count() == 1
        news_struck = news.locator("s").count() == 1
        self.go(f"{prefix}/search/?q={title}")
        hit = page.locator(".hits > li").filter(has=titled)
        assert hit.count() == 1
        marks = [
            each.strip() for each in hit.locator(".what p:has(.withdrawn, .note), .what .successor").all_inner_texts()
        ]
        hit_struck = hit.locator("s").count() == 1
        self.go(f"{prefix}/alerts/")
        listed = page.locator("section[aria-label]").filter(has=page.locator("h3").get_by_text(title, exact=True))
        within, list_struck = listed.get_attribute("aria-label"), listed.locator("s").count() == 1
        listed.locator("h3").get_by_role("link", name=title, exact=True).click()
        page.get_by_role("heading", level=1, name=title).wait_for()
        page.wait_for_load_state()
        return Seen(
            head=page.locator(".alert-head .alert-kind").inner_text(),
            band=band,
            section=within,
            found=marks,
            feed=next(each for each in self.feed(f"{prefix}/alerts/feed.atom") if each.startswith(title)),
            struck=(page.locator("h1 s").count() == 1, list_struck, hit_struck, news_struck),
        )

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.url + path)

    def feed(self, path: str) -> list[str]:
        """The titles of the entries of a feed."""
        text = self.page.request.get(self.url + path).text()
        assert faults(text) == []
        return [texts(each, "title")[0] for each in parse(text).findall(f"{NS}entry")]

    def record(self, uid: str) -> dict:
        """A record as the API gives it."""
        return self.page.request.get(f"{self.url}/api/v1/records/{uid}/").json()

    def path(self, uid: str) -> str:
        """The Chinese path of a record's page."""
        return self.record(uid)["url"]["zh-Hant"].removeprefix(self.url)

    def found_by_api(self, text: str) -> list[str]:
        """The alerts that a search through the API finds."""
        found = self.page.request.get(f"{self.url}/api/v1/search/?q={text}&type=alert").json()
        return [each["uid"] for each in found["results"]]

    def mails(self) -> dict[str, mail.EmailMessage]:
        """The mails of this time, by the language of their readers; each gets one at most."""
        sent = follow()
        told = {SUBSCRIBERS[message.to[0]]: message for message in sent}
        assert len(told) == len(sent)
        return told


class Editor:
    """Somebody who writes alerts in the admin."""

    def __init__(self, page, url: str) -> None:
        self.page, self.url = page, url

    def begin(self, title: dict[str, str]) -> None:
        """Open the form of a new alert."""
        self.page.goto(f"{self.url}/admin/pages/add/cms/alertpage/{section('alert').pk}/")
        self.fill(headline_zh_hant=title[ZH], headline_en=title[EN])

    def open(self, uid: str) -> None:
        """Open the form of an alert."""
        self.page.goto(f"{self.url}/admin/pages/{AlertPage.objects.get(uid=uid).pk}/edit/")

    def fill(self, **fields: str) -> None:
        """Type into fields, on whichever tab they are."""
        fill(self.page, **fields)

    def choose(self, **fields: str) -> None:
        """Choose from lists."""
        for name, value in fields.items():
            self.page.locator(f"#id_{name}").select_option(value)

    def choose_superseded(self, title: str) -> None:
        """Choose the alert that this one supersedes."""
        page = self.page
        # By the keyboard: what a date field shows below it goes as the focus leaves, and a click would miss the button.
        page.locator("#id_supersedes-chooser [data-chooser-action-choose]:visible").press("Enter")
        page.locator(".modal-body input[name=q]").fill(title)
        page.locator(".modal-body a.choose-page").get_by_text(title, exact=True).click()
        page.locator("#id_supersedes-chooser .chosen").get_by_text(title).wait_for()

    def publish(self) -> None:
        """Publish the form; it was accepted."""
        publish(self.page)
        assert self.page.locator(".messages .success").count() == 1, self.page.locator("main").inner_text()


@pytest.fixture
def at_work(desk, browser, live_server, settings):
    """An editor, readers, and two of them who follow the alerts by e-mail."""
    settings.BASE_URL = live_server.url
    # The days of the story pass between two clicks.
    settings.SESSION_COOKIE_AGE = 400 * 24 * 60 * 60
    writing = desk("zh-hant")
    section("alert")
    for address, prefix in SUBSCRIBERS.items():
        subscribe(Client(), address, "type:alert", language="en" if prefix else "zh-Hant")
    follow()
    mail.outbox.clear()
    context = browser.new_context(viewport={"width": 390, "height": 900})
    yield Editor(writing.page, live_server.url), Readers(context.new_page(), live_server.url)
    assert writing.complaints == []
    context.close()


def test_from_issue_to_withdrawal(at_work, monkeypatch):
    editor, readers = at_work

    set_day(monkeypatch, "2022-06-01")
    editor.begin(COOKER)
    editor.choose(kind="recall", risk="serious", date_precision="undated")
    editor.fill(remedy_zh_hant="停用。", remedy_en="Stop.", issued="2022-06-01")
    editor.publish()
    one = AlertPage.objects.get().uid
    assert readers.see(COOKER) == {
        ZH: Seen("消費警訊，回收，生效中", True, "生效中", [], COOKER[ZH]),
        EN: Seen("Consumer alert, recall, in force", True, "In force", [], COOKER[EN]),
    }
    assert (readers.record(one)["issued"], readers.record(one)["withdrawn"]) == ("2022-06-01", None)
    told = readers.mails()
    assert told[ZH].subject == "消費警訊：甲牌電鍋"
    assert told[EN].subject == "Consumer alert: Cooker A"
    assert "in force" in told[EN].body

    set_day(monkeypatch, "2022-06-03")
    editor.open(one)
    editor.fill(updated="2022-06-03", remedy_zh_hant="停用。\n退貨。", remedy_en="Stop.\nReturn it.")
    editor.fill(change_note_zh_hant="增列退貨。", change_note_en="It can be returned now.")
    editor.publish()
    assert readers.see(COOKER) == {
        ZH: Seen("消費警訊，回收，已更新，生效中", True, "已更新，生效中", [], COOKER[ZH]),
        EN: Seen("Consumer alert, recall, updated, in force", True, "Updated, in force", [], COOKER[EN]),
    }
    assert "Return it." in readers.page.locator(".steps").inner_text()
    assert (readers.record(one)["version"], readers.record(one)["updated"]) == (2, "2022-06-03")
    assert readers.feed("/en/changes.atom")[0] == "Cooker A (version 2)"
    told = readers.mails()
    assert told[ZH].subject == "消費警訊更正：甲牌電鍋"
    assert told[EN].subject == "Consumer alert changed: Cooker A"
    assert "It can be returned now." in told[EN].body

    set_day(monkeypatch, "2022-06-05")
    editor.begin(COOKERS)
    editor.choose(kind="recall", risk="serious", date_precision="undated")
    editor.fill(issued="2022-06-05")
    editor.choose_superseded(COOKER[ZH])
    editor.publish()
    two = AlertPage.objects.exclude(uid=one).get().uid
    by = {ZH: "取代它的警訊： 甲牌各型電鍋", EN: "Replaced by: Cookers of brand A"}
    assert readers.see(COOKER) == {
        ZH: Seen("消費警訊，回收，已被取代", False, "已被取代", [by[ZH]], "甲牌電鍋（已被取代）"),
        EN: Seen("Consumer alert, recall, replaced", False, "Replaced", [by[EN]], "Cooker A (replaced)"),
    }
    for prefix, sentence in by.items():
        for path in (*PLACES, readers.path(one)):
            readers.go(prefix + path.format(COOKER[prefix]))
            readers.page.locator("p").filter(has_text=sentence).get_by_role("link").click()
            readers.page.get_by_role("heading", level=1, name=COOKERS[prefix]).wait_for()
    assert readers.see(COOKERS) == {
        ZH: Seen("消費警訊，回收，生效中", True, "生效中", [], COOKERS[ZH]),
        EN: Seen("Consumer alert, recall, in force", True, "In force", [], COOKERS[EN]),
    }
    assert readers.record(two)["relations"]["supersedes"] == one
    assert set(readers.found_by_api("電鍋")) == {one, two}
    told = readers.mails()
    assert told[ZH].subject == "消費警訊：甲牌各型電鍋"
    assert f"Replaces: Cooker A\n{readers.url}/en{readers.path(one)}\n" in told[EN].body

    set_day(monkeypatch, "2022-06-08")
    editor.open(two)
    editor.fill(withdrawn="2022-06-08", change_note_zh_hant="複驗合格。", change_note_en="It passed a second test.")
    editor.publish()
    everywhere = (True,) * 4
    assert readers.see(COOKERS) == {
        ZH: Seen(
            "消費警訊，回收，已撤回", False, "已撤回", ["已撤回 複驗合格。"], "甲牌各型電鍋（已撤回）", everywhere
        ),
        EN: Seen(
            "Consumer alert, recall, withdrawn",
            False,
            "Withdrawn",
            ["Withdrawn It passed a second test."],
            "Cookers of brand A (withdrawn)",
            everywhere,
        ),
    }
    for prefix, reason in {ZH: "複驗合格。", EN: "It passed a second test."}.items():
        for path in (*PLACES, readers.path(two), "/alerts/feed.atom"):
            assert reason in readers.page.request.get(readers.url + prefix + path.format(COOKERS[prefix])).text()
        readers.go(f"{prefix}/search/?q={COOKERS[prefix]}")
        assert violations(readers.page) == []
    assert readers.record(two)["withdrawn"] == "2022-06-08"
    assert readers.feed("/changes.atom")[0] == "甲牌各型電鍋（第2版）"
    told = readers.mails()
    assert told[ZH].subject == "消費警訊撤回：甲牌各型電鍋"
    assert told[EN].subject == "Consumer alert withdrawn: Cookers of brand A"
    assert "It passed a second test." in told[EN].body


def test_an_end_comes_by_the_clock(at_work, monkeypatch):
    editor, readers = at_work
    set_day(monkeypatch, "2022-06-01")
    editor.begin(COOKER)
    editor.choose(kind="warning", risk="low", date_precision="day")
    editor.fill(date_start="2022-06-01", date_end="2022-06-30", issued="2022-06-02")
    editor.publish()
    uid = AlertPage.objects.get().uid
    coming = readers.see(COOKER)
    assert coming[ZH] == Seen("消費警訊，警示，尚未生效", False, "尚未生效", ["尚未生效"], "甲牌電鍋（尚未生效）")
    assert "not yet in force" in readers.mails()[EN].body

    set_day(monkeypatch, "2022-06-30")
    in_force = Seen("Consumer alert, warning, in force", True, "In force", [], COOKER[EN])
    assert readers.see(COOKER)[EN] == in_force

    set_day(monkeypatch, "2022-07-01")
    assert readers.see(COOKER) == {
        ZH: Seen("消費警訊，警示，已失效", False, "已失效", ["已失效"], "甲牌電鍋（已失效）"),
        EN: Seen("Consumer alert, warning, expired", False, "Expired", ["Expired"], "Cooker A (expired)"),
    }
    readers.go("/en/")
    assert "No alert is in force." in readers.page.locator(".no-alert").inner_text()
    assert (readers.record(uid)["version"], readers.record(uid)["dates"]["end"]) == (1, "2022-06-30")
    # Nothing was published: no mail, and no row of the log.
    assert readers.mails() == {}
    assert readers.feed("/en/changes.atom")[0] == COOKER[EN]
