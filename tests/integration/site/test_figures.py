"""Figures on the site: each row of a dataset's table has an address, and a record says where a figure it cites was
corrected.
"""

import pytest
from django.test import Client

from tests.factories.datasets import dataset
from tests.factories.documents import both, document, publish, text_block, withdraw
from tests.validity import faults, parse

KEY = "headcount.workers.2022-05"
LINES = "period,measure,staff,value,status,note_zh,note_en\n2022-05,headcount,workers,{},normal,,\n"
FIGURE = {
    "dataset": "dataset:headcount",
    "key": KEY,
    "version": 1,
    "value": "5498",
    "unit": "person",
    "period": "2022-05",
}
LINK = f'<a href="figure:dataset:headcount/{KEY}">5,498</a>'
BLOCKS = {
    "block": {"id": "count", "type": "figure", "label": both("工友", "Workers"), **FIGURE},
    "text": text_block(f"<p>工友{LINK}人。</p>", f"<p>{LINK} workers.</p>") | {"figures": [FIGURE]},
    "old block": {name: each for name, each in FIGURE.items() if name != "version"}
    | {"id": "count", "type": "figure", "label": both("工友", "Workers")},
}


@pytest.fixture(params=BLOCKS)
def cited(request, db):
    """A record that cites a figure."""
    publish(dataset(lines=LINES.format("5498")), document("visit", "one", body=[BLOCKS[request.param]]))


def page(client: Client, language: str = "zh-Hant") -> str:
    prefix = "" if language == "zh-Hant" else "/en"
    shown = client.get(f"{prefix}/visits/one/").content.decode()
    assert faults(shown, language) == []
    return shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name"), [("/datasets/headcount/", "工友"), ("/en/datasets/headcount/", "Workers")]
)
def test_every_row_has_an_anchor_and_a_link_to_it(client: Client, address, name):
    publish(dataset())
    tree = parse(client.get(address).content.decode())
    keys = [each["key"] for each in client.get("/api/v1/datasets/dataset:headcount/observations/").json()["results"]]
    rows = [each for each in tree.iter("tr") if each.get("id")]
    assert [row.get("id") for row in rows] == [f"figure-{key}" for key in keys]
    for row in rows:
        [link] = [each for each in row.iter("a") if each.get("class") == "permalink"]
        assert link.get("href") == f"#{row.get('id')}"
    labels = [each.get("aria-label") for each in tree.iter("a") if each.get("class") == "permalink"]
    assert len(set(labels)) == len(labels)
    assert name in labels[0]


def test_a_cited_figure_links_back(client: Client, cited):
    assert f'href="/datasets/headcount/#figure-{KEY}"' in page(client)
    shown = page(client, "en")
    assert f'href="/en/datasets/headcount/#figure-{KEY}"' in shown
    assert "corrected" not in shown


def test_a_correction_is_said_beside_the_figure(client: Client, cited):
    publish(dataset(lines=LINES.format("5500")))
    shown = page(client)
    assert "5,498" in shown and "資料集已更正：5,500人" in shown
    shown = page(client, "en")
    assert "5,498" in shown and "The dataset has since been corrected: 5,500 people" in shown


def test_a_value_that_is_missing_now(client: Client, cited):
    publish(dataset(lines=LINES.replace("{},normal", ",missing")))
    assert "資料集已更正：缺值" in page(client)


def test_a_figure_that_is_gone(client: Client, cited):
    publish(dataset(lines=LINES.replace("2022-05", "2022-06").format("5498")))
    assert "資料集已沒有這個數字。" in page(client)


def test_a_dataset_that_is_withdrawn(client: Client, cited):
    withdraw("dataset:headcount")
    shown = page(client)
    assert "5,498" in shown and "資料集已經撤回。" in shown
    assert "/datasets/headcount/" not in shown


def test_a_correction_of_something_else_is_not_said(client: Client, cited):
    publish(dataset(lines=LINES.format("5498") + "2022-06,headcount,workers,1,normal,,\n"))
    assert "correction" not in page(client)


def test_an_old_version_stands_as_it_was_published(client: Client, cited):
    publish(dataset(lines=LINES.format("5500")))
    shown = client.get("/visits/one/versions/1/").content.decode()
    assert "5,498" in shown and "5,500" not in shown
