"""Consumer alerts: the page of each in each of its states, the chain of those that replace each other, the list."""

import re

import pytest
from django.test import Client

from tests.clock import set_day
from tests.factories.documents import both, document, publish, withdraw
from tests.validity import faults, parse

UNTIL = {"start": "2022-04-01", "end": "2022-06-30", "ongoing": False, "precision": "day"}


def alert(slug: str, supersedes: str | None = None, **members):
    relations = {"cities": [], "related": [], "supersedes": supersedes}
    given = {"title": both(f"電鍋 {slug}", f"Cooker {slug}"), "remedy": both("停用。\n退貨。", "Stop.\nReturn it.")}
    return document("alert", slug, relations=relations, **given | members)


@pytest.fixture
def today(monkeypatch):
    set_day(monkeypatch, "2022-06-15")


def page(client: Client, slug: str, language: str = "en") -> str:
    shown = client.get(f"{'/en' if language == 'en' else ''}/alerts/{slug}/").content.decode()
    assert faults(shown, language) == []
    return shown


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Consumer alert, recall, in force", "What to do", "<span>Return it.", "call 1950", "1 April 2022")),
        ("zh-Hant", ("消費警訊，回收，生效中", "怎麼做", "<span>退貨。", "1950", "111年4月1日")),
    ],
)
def test_one_in_force_says_what_to_do(client: Client, db, today, language, words):
    publish(alert("one", kind="recall", risk="serious"))
    shown = page(client, "one", language)
    for each in (*words, "alert-head in-force"):
        assert each in shown, each


def test_one_that_was_withdrawn_is_struck_and_says_why(client: Client, db, today):
    publish(alert("one", withdrawn="2022-06-01", change_note=both("檢驗合格。", "It passed the test.")))
    shown = page(client, "one")
    assert "<s>" in shown[shown.index("<h1") : shown.index("</h1>")]
    assert "It passed the test." in shown
    assert "alert-head in-force" not in shown
    listed = client.get("/en/alerts/").content.decode()
    assert re.search(r"<s><a [^>]*>Cooker one</a></s>", listed)
    assert "It passed the test." in listed


def test_one_that_is_replaced_leads_to_the_one_that_replaces_it_and_back(client: Client, db, today):
    publish(
        alert("one"), alert("two", "alert:one", issued="2022-05-01"), alert("three", "alert:two", issued="2022-06-01")
    )
    for slug in ("one", "two", "three"):
        tree = parse(page(client, slug))
        [chain] = [each for each in tree.iter("ol") if "chain" in each.get("class", "")]
        titles = ["".join(each.itertext()) for each in chain.iter("li")]
        assert [re.search(r"Cooker (\w+)", each)[1] for each in titles] == ["one", "two", "three"]
        others = {each.get("href") for each in chain.iter("a")}
        assert others == {f"/en/alerts/{each}/" for each in ("one", "two", "three") if each != slug}
    assert "Replaced by:" in page(client, "one")
    assert "alert-head in-force" not in page(client, "one")
    assert "alert-head in-force" in page(client, "three")


def test_a_circle_of_alerts_is_shown_and_ends(client: Client, db, today):
    publish(alert("one", "alert:two"), alert("two", "alert:one"))
    assert "Cooker two" in page(client, "one")


def test_a_successor_that_is_not_public_replaces_nothing(client: Client, db, today):
    publish(alert("one"), alert("two", "alert:one", issued="2022-05-01"))
    withdraw("alert:two")
    assert "alert-head in-force" in page(client, "one")


def test_the_list_has_sections_of_the_day(client: Client, db, today):
    publish(
        alert("new"),
        alert("changed", updated="2022-05-01"),
        alert("gone", withdrawn="2022-05-01"),
        alert("over", dates=UNTIL | {"end": "2022-06-14"}),
        alert("before"),
        alert("after", "alert:before", issued="2022-06-01"),
        alert("check", kind="inspection"),
    )
    tree = parse(client.get("/en/alerts/").content.decode())
    sections = {
        each.get("aria-label"): {"".join(link.itertext()) for title in each.iter("h3") for link in title.iter("a")}
        for each in tree.iter("section")
        if each.get("aria-label")
    }
    assert sections == {
        "In force": {"Cooker new", "Cooker after"},
        "Updated, in force": {"Cooker changed"},
        "Replaced": {"Cooker before"},
        "Withdrawn": {"Cooker gone"},
        "Expired": {"Cooker over"},
        "Inspections and notices": {"Cooker check"},
    }


def test_a_list_without_one_in_force_says_so(client: Client, db, today):
    publish(alert("check", kind="inspection"))
    assert "No alert is in force." in client.get("/en/alerts/").content.decode()
    assert "No alert is in force." not in client.get("/en/alerts/?kind=inspection").content.decode()


def test_an_inspection_is_a_record_like_others(client: Client, db, today):
    publish(alert("check", kind="inspection"))
    assert "alert-head" not in page(client, "check")
