"""The home page: alerts first, what editors chose, what is on show and due."""

import pytest
from django.test import Client

from tests.clock import set_day
from tests.factories.datasets import dataset
from tests.factories.documents import both, day, document, proof, publish, text_block
from tests.validity import faults, parse

KEY = "headcount.workers.2022-05"
LINES = "period,measure,staff,value,status,note_zh,note_en\n{}"
FIGURE = {"id": "workers", "type": "figure", "dataset": "dataset:headcount", "key": KEY, "version": 1}
FIGURE |= {"value": "5498", "unit": "person", "period": "2022-05", "label": both("工友", "Workers")}


def table(*values: str) -> str:
    """A table of months up to May 2022, one value each."""
    first = 6 - len(values)
    return LINES.format(
        "".join(f"2022-0{first + place},headcount,workers,{value},normal,,\n" for place, value in enumerate(values))
    )


def home(*blocks, **members):
    return document("page", "home", path="/", title=both("首頁", "Home"), body=list(blocks), **members)


def page(client: Client, language: str = "en") -> str:
    shown = client.get("/en/" if language == "en" else "/").content.decode()
    assert faults(shown, language) == []
    return shown


@pytest.fixture
def figures(db):
    publish(dataset(lines=table("5700", "5600", "5498")))
    publish(
        home(
            text_block("<p>開場</p>", "<p>Opening</p>", "opening"),
            FIGURE,
            text_block("<p>學校與機關。</p>", "<p>Schools and agencies.</p>", "meaning"),
            source=[proof("body/workers", quote="工友5,498人")],
        )
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("5,498", "people", "Schools and agencies.", "May 2022", "March 2022: 5,700 people")),
        ("zh-Hant", ("5,498", "人", "學校與機關。", "111年5月", "111年3月：5,700人")),
    ],
)
def test_a_figure_has_its_unit_its_meaning_its_seal_and_its_trend(client: Client, figures, language, words):
    shown = page(client, language)
    section = shown[shown.index('class="ledger key-figures"') :]
    for each in (*words, 'href="#source-1"', "<polyline", "<mark>5,498人</mark>"):
        assert each in section, each
    prefix = "/en" if language == "en" else ""
    assert f'href="{prefix}/datasets/headcount/#figure-{KEY}"' in section


def test_one_period_or_two_are_no_trend(client: Client, db):
    publish(dataset(lines=table("5600", "5498")))
    publish(home(FIGURE))
    assert "<polyline" not in page(client)


def test_questions_are_links_to_the_records_that_answer_them(client: Client, db):
    ask = {"id": "ask", "type": "record", "uid": "works:lift", "text": both("電梯何時修好？", "When is the lift done?")}
    gone = {"id": "gone", "type": "record", "uid": "works:nothing", "text": both("沒有？", "Nothing?")}
    publish(document("works", "lift"), home(ask, gone))
    shown = page(client)
    assert '<a href="/en/works/lift/">When is the lift done?</a>' in shown
    assert "Nothing?" not in shown


def test_the_search_field_is_in_the_body_alone(client: Client, portal):
    assert [each.get("id") for each in parse(page(client)).iter("input") if each.get("type") == "search"] == [
        "home-words"
    ]


def test_no_alert_in_force_is_one_quiet_line(client: Client, db):
    publish(document("alert", kind="inspection"), document("alert", "old", withdrawn="2022-05-01"))
    shown = page(client)
    assert "No alert is in force." in shown
    assert 'class="alert-now"' not in shown
    assert "目前沒有生效中的警訊。" in page(client, "zh-Hant")


def test_an_alert_in_force_stands_first_with_what_to_do(client: Client, db):
    publish(
        document("alert", title=both("甲牌電鍋", "Rice cooker A"), remedy=both("停用。\n退貨。", "Stop.\nReturn it."))
    )
    main = page(client)[page(client).index("<main") :]
    assert main.index("Rice cooker A") < main.index("<h1")
    assert "<li>Return it.</li>" in main
    assert "<li>退貨。</li>" in page(client, "zh-Hant")


def test_what_is_in_force_changes_with_the_day_alone(client: Client, db, monkeypatch):
    dates = {"start": "2030-01-01", "end": "2030-01-31", "ongoing": False, "precision": "day"}
    publish(document("alert", issued="2030-01-01", dates=dates))
    for written, is_in_force in (
        ("2029-12-31", False),
        ("2030-01-01", True),
        ("2030-01-31", True),
        ("2030-02-01", False),
    ):
        set_day(monkeypatch, written)
        assert ('class="alert-now"' in page(client)) is is_in_force, written


def test_exhibits_are_on_show_coming_or_past(client: Client, db, monkeypatch):
    set_day(monkeypatch, "2022-05-15")
    publish(
        document("exhibit", "now", dates={"start": "2022-05-01", "end": None, "ongoing": True, "precision": "month"}),
        document("exhibit", "next", dates=day("2022-07-01")),
        document("exhibit", "last", dates=day("2022-04-01")),
    )
    shown = page(client)
    places = [shown.index(words, shown.index("exhibits-title")) for words in ("Title now", "Title next", "Title last")]
    assert places == sorted(places)
    assert "On show" in shown
    assert "Coming" in shown


def test_works_that_are_due_have_bars_and_those_that_are_done_do_not(client: Client, db, monkeypatch):
    set_day(monkeypatch, "2022-10-01")
    due = {"date": "2022-10-31", "precision": "day"}
    publish(document("works", "lift", due=due), document("works", "roof", due=due, status="completed"))
    section = page(client).partition('id="works-title"')[2].partition("</section>")[0]
    assert "30 days left" in section
    assert "Title lift" in section
    assert "Title roof" not in section
    assert "the completion is not recorded" not in section
    set_day(monkeypatch, "2022-11-01")
    assert "the completion is not recorded" in page(client)
