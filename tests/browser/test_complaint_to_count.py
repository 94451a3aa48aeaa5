"""A complaint from the citizen who files it to the count that is published: everybody who has a part in it at a browser
of their own, and a module that mirrors the kind beside them.
"""

import csv
import datetime
import io

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from cms.datasets.counted import draft_counts
from cms.datasets.models import DatasetPage
from portal.api.v1.cases import modules
from portal.cases.models import Case, Officer
from tests.browser.desk import fill, press, publish
from tests.browser.forms import fill as answer
from tests.browser.forms import handed_out
from tests.factories.cases import AGENCY, complaint_values, received
from tests.factories.cases_officers import KIND
from tests.factories.filing import NEW, TRACK, TYPED
from tests.factories.modules import ALL
from tests.factories.pages import section
from tests.integration.api.cases.test_mirror import example, rows

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

UID = "dataset:consumer-complaint-cases"
PAGE = "/datasets/consumer-complaint-cases/"
STAGES = ("first-complaint", "second-complaint", "mediation", "total")


class Citizen:
    """Whoever files a complaint, with a telephone and no scripts."""

    def __init__(self, browser, url: str) -> None:
        self._context = browser.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
        self.page, self.url = self._context.new_page(), url

    def file(self) -> str:
        """File it; the reference number."""
        page = self.page
        page.goto(self.url + NEW)
        answer(page, TYPED)
        page.get_by_role("button", name="下一步").click()
        page.get_by_role("button", name="送出申訴").click()
        self.reference, self._secret = handed_out(page)
        return self.reference

    def look(self) -> tuple[str, str, str]:
        """Ask where it stands: the stage, the state, and the step that was taken last."""
        page = self.page
        page.goto(self.url + TRACK)
        page.get_by_label("案件編號", exact=True).fill(self.reference)
        page.get_by_label("查詢碼", exact=True).fill(self._secret)
        page.get_by_role("button", name="查詢辦理情形").click()
        facts = page.locator(".facts")
        stage = facts.locator("div", has=page.get_by_text("階段", exact=True)).locator("dd").inner_text()
        return stage.split()[0], facts.locator("strong").inner_text(), page.locator(".course h3").first.inner_text()

    def close(self) -> None:
        """Go home."""
        self._context.close()


class AtDesk:
    """The officer, in the admin."""

    def __init__(self, page, url: str) -> None:
        self.page, self.url = page, f"{url}/admin/cases/"

    def open(self, reference: str) -> None:
        """Find a case by its number and open it."""
        self.page.goto(f"{self.url}find/")
        self.page.locator("main input[name=reference]").fill(reference)
        self.page.locator("main input[name=reference]").press("Enter")
        self.page.wait_for_url(f"**/cases/case/{reference}/")

    def step(self, transition: str, **values: str) -> None:
        """Take the case that is open through a transition by its button."""
        self.page.locator(f'a[href$="/step/{transition}/"]').click()
        self._send(values)
        self.page.wait_for_url("**/cases/case/*/")
        assert self.page.locator(".messages .success").count() == 1, self.page.locator("main").inner_text()

    def go_on(self, stage: str, **values: str) -> str:
        """Continue the case that is open as its next stage, and open that; its reference number."""
        self.page.locator(f'a[href$="/continue/{stage}/"]').click()
        self._send(values)
        reference = self.page.locator(".desk-receipt .desk-code").first.inner_text()
        self.page.get_by_role("link", name="前往案件").click()
        self.page.wait_for_url(f"**/cases/case/{reference}/")
        return reference

    def _send(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            field = self.page.locator(f"main form [name={name}]")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        press(self.page, "main form button[type=submit]")


class Public:
    """What the public is told of the month, wherever it looks."""

    def __init__(self, browser, url: str, month: str) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 900})
        self._page, self._url, self._month = self._context.new_page(), url, month

    def site(self, prefix: str = "") -> dict[str, str]:
        """Stage → what stands in the row of the page's table."""
        self._page.goto(f"{self._url}{prefix}{PAGE}")
        rows = {stage: self._page.locator(f'[id="figure-{self._key(stage)}"]') for stage in STAGES}
        return {stage: row.locator("td.number, td.value").first.inner_text() for stage, row in rows.items()}

    def api(self) -> dict[str, str]:
        """The same of the API: value, or status."""
        found = httpx.get(f"{self._url}/api/v1/datasets/{UID}/observations/", params={"measure": "received"}).json()
        by_key = {each["key"]: each["value"] or each["status"] for each in found["results"]}
        return {stage: by_key[self._key(stage)] for stage in STAGES}

    def csv(self) -> dict[str, str]:
        """The same of the file to download."""
        address = f"{self._url}/api/v1/datasets/{UID}/distributions/csv/"
        text = httpx.get(address, follow_redirects=True).content.decode("utf-8-sig")
        found = {}
        for row in csv.DictReader(io.StringIO(text)):
            if (row["measure"], row["outcome"], row["period"]) == ("received", "total", self._month):
                found[row["stage"]] = row["value"] or row["status"]
        return found

    def close(self) -> None:
        """Go home."""
        self._context.close()

    def _key(self, stage: str) -> str:
        return f"received.{stage}.total.{self._month}"


class Editor:
    """Who reviews the month's draft and publishes it."""

    def __init__(self, page, url: str, month: str) -> None:
        self.page, self.url, self.month = page, url, month

    def count(self) -> None:
        """The month is counted, when it is over."""
        draft_counts(kind=KIND, period=self.month, now=timezone.now() + datetime.timedelta(days=40))

    def publish(self, **fields: str) -> None:
        """Publish the draft as it is, with these fields filled in; whoever follows the log has done so."""
        self.page.goto(f"{self.url}/admin/pages/{DatasetPage.objects.get(uid=UID).pk}/edit/")
        fill(self.page, **fields)
        publish(self.page)
        assert self.page.locator(".messages .success").count() == 1, self.page.locator("main").inner_text()
        call_command("follow", once=True)


@pytest.fixture
def parts(desk, browser, live_server, settings):
    """The citizen, the officer, the editor and the public."""
    settings.BASE_URL = live_server.url
    section("dataset")
    page = desk("zh-hant").page
    lin = get_user_model().objects.get(username="lin")
    Officer.objects.create(user=lin, kind=KIND, agency=AGENCY, may_decide=True)
    month = timezone.localtime().strftime("%Y-%m")
    citizen, public = Citizen(browser, live_server.url), Public(browser, live_server.url, month)
    yield citizen, AtDesk(page, live_server.url), Editor(page, live_server.url, month), public
    citizen.close()
    public.close()


def test_from_a_complaint_to_a_published_count(parts, live_server, tmp_path):
    citizen, officer, editor, public = parts
    for stage, number in (("first-complaint", 40), ("second-complaint", 9), ("mediation", 2)):
        for _each in range(number):
            received(values=complaint_values(stage=stage))
    editor.count()
    editor.publish(summary_zh_hant="每月受理件數。", summary_en="Cases received each month.")
    hidden = {"second-complaint": "suppressed", "mediation": "suppressed"}
    assert public.api() == public.csv() == {"first-complaint": "40", **hidden, "total": "51"}

    client = modules.create(name="鏡像", agency=AGENCY, scopes=ALL)
    reading = example.Portal(live_server.url, client.id, client.secret, " ".join(ALL))
    mirror = example.Mirror(reading, KIND, str(tmp_path / "mirror.sqlite3"))
    reference = citizen.file()
    mirror.catch_up()
    _version, state, values, personal = rows(tmp_path / "mirror.sqlite3")[reference]
    assert (state, values["business_name"], personal["consumer_name"]) == ("received", "甲乙商行", "王小明")
    assert citizen.look() == ("第一次申訴", "已收件", "已收件")

    today = timezone.localdate()
    officer.open(reference)
    officer.step("forward", note="已函請業者於十五日內答復。")
    assert citizen.look() == ("第一次申訴", "業者處理中", "業者處理中")
    officer.step("answer", answered_on=today.isoformat(), answer="拒絕退費")
    officer.step("fail", note="業者不同意退費。")
    assert citizen.look()[:2] == ("第一次申訴", "未和解（調解不成立）")
    officer.go_on("second-complaint", channel="online")
    assert citizen.look()[:2] == ("第二次申訴", "已收件")
    soon = (timezone.localtime() + datetime.timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    officer.step("negotiate", meeting_at=soon, meeting_place="消費者服務中心")
    assert citizen.look() == ("第二次申訴", "協商中", "協商中")
    expect(citizen.page.locator(".course").first).to_contain_text("消費者服務中心")
    officer.step("fail", note="協商不成立。")
    last = officer.go_on("mediation", channel="online")
    assert citizen.look()[:2] == ("調解", "已收件")
    officer.step("arrange-hearing", meeting_at=soon, meeting_place="調解室")
    assert citizen.look()[:2] == ("調解", "已排定調解會議")
    officer.step("settle", amount_recovered="2,990", note="和解，全額退費。")
    assert citizen.look()[:2] == ("調解", "和解（調解成立）")
    expect(citizen.page.locator("section.ledger > h2", has=citizen.page.locator(".note"))).to_have_count(3)
    mirror.catch_up()
    mirrored = rows(tmp_path / "mirror.sqlite3")
    assert len(mirrored) == Case.objects.count() == 51 + 3
    assert mirrored[last][1] == "settled"

    editor.count()
    before = {"first-complaint": "40", **hidden, "total": "51"}
    assert public.api() == public.csv() == before
    editor.publish()
    after = {"first-complaint": "41", **hidden, "total": "54"}
    assert public.api() == public.csv() == after
    for prefix in ("", "/en"):
        shown = public.site(prefix)
        assert (shown["first-complaint"], shown["total"]) == ("41", "54")
        assert not any(sign.isdigit() for stage in hidden for sign in shown[stage])
