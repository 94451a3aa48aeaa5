"""The shapes that other programs rely on, frozen as golden files: a difference is a change of the contract.

``UPDATE_GOLDEN=1`` writes the files anew, for a change that is meant.
"""

import json
import os
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.datasets import chart, check, dataset
from tests.factories.documents import (
    both,
    day,
    document,
    picture,
    proof,
    publish,
    redact,
    text_block,
    withdraw,
)
from tests.factories.searching import bring_up

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"
_KEY = "headcount.workers.2022-05"
_CITED = {
    "dataset": "dataset:headcount",
    "key": _KEY,
    "version": 1,
    "value": "5498",
    "unit": "person",
    "period": "2022-05",
}
#: What differs from run to run, and what stands for it in the golden files.
_VARIABLE = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z"), "<moment>"),
    (re.compile(r'"(commitment|previous|nonce|digest)": "(?!0{64}")[0-9a-f]{64}"'), r'"\1": "<64 hex>"'),
    (re.compile(r"cursor=[\w-]+"), "cursor=<cursor>"),
    (re.compile(r'"score": [0-9.]+'), '"score": "<score>"'),
)


def agree(name: str, response) -> None:
    """The answer is what the golden file says."""
    text = json.dumps(json.loads(response.content), ensure_ascii=False, indent=1) + "\n"
    for pattern, stand_in in _VARIABLE:
        text = pattern.sub(stand_in, text)
    path = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, "utf-8")
    assert json.loads(text) == json.loads(path.read_text("utf-8")), f"{path} says otherwise"


@pytest.fixture(autouse=True)
def published():
    body = [
        text_block(
            '<p>見<a href="record:city:busan">釜山</a>。</p>', '<p>See <a href="record:city:busan">Busan</a>.</p>'
        ),
        {"id": "see", "type": "record", "uid": "dataset:headcount", "text": None},
        {"id": "drawn", "type": "picture", "picture": picture("a" * 64)},
    ]
    publish(
        document("city", "busan", title=both("釜山廣域市", "Busan"), since={"date": "1966-06-30", "precision": "day"}),
        dataset(
            checks=[
                check(
                    "sum",
                    "headcount.workers",
                    "headcount.temporary",
                    "headcount.workers",
                    explanation=both("來源如此。", "The source has it so."),
                ),
                check("agreement", "rate.*", "rate.*", dataset="dataset:gone"),
            ],
            charts=[chart(filters={"staff": ["workers", "temporary"]})],
        ),
        document(
            "visit",
            "consul",
            title=both("總領事來訪", "A consul general visits"),
            summary=both("拜會市長。", None),
            body=body,
            dates=day("2022-03-17"),
            cities=("city:busan",),
            topics=["topic:education"],
            media=[picture("a" * 64, number=3)],
            source=[proof("dates", "body/words")],
            translation={"en": {"title": "current", "summary": "missing", "body/words": "machine"}},
        ),
        document("visit", "secret"),
        document("alert", "water"),
    )
    withdraw("alert:water", both("已過期", "Out of date"))
    redact("visit:secret")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("record", "records/visit:consul/"),
        ("record_english", "records/visit:consul/?lang=en"),
        ("city", "records/city:busan/"),
        ("dataset", "datasets/dataset:headcount/"),
        ("list", "visits/"),
        ("list_page", "records/?limit=1&lang=en"),
        ("observations", "datasets/dataset:headcount/observations/?labels=en&limit=2"),
        ("checks", "datasets/dataset:headcount/checks/"),
        ("figure", f"figures/dataset:headcount/{_KEY}/?labels=en"),
        ("derived_figure", f"figures/dataset:headcount/{_KEY}/checks/1/?version=1"),
        ("missing_figure", "figures/dataset:headcount/headcount.workers.1999/?lang=en"),
        ("versions", "records/alert:water/versions/"),
        ("version", "records/visit:consul/versions/1/?lang=zh-Hant"),
        ("changes", "changes/?after=3"),
        ("withdrawn", "records/alert:water/?lang=en"),
        ("redacted", "records/visit:secret/?lang=en"),
        ("invalid_parameter", "records/?limit=501"),
        ("unknown_parameter", "visits/?type=city&lang=en"),
    ],
)
def test_shape(client: Client, name: str, address: str):
    agree(name, client.get(f"/api/v1/{address}"))


def test_shape_of_a_record_that_cites_figures(client: Client):
    link = f'<a href="figure:dataset:headcount/{_KEY}">5,498</a>'
    publish(
        document(
            "announcement",
            "staff",
            body=[
                text_block(f"<p>{link}人</p>", f"<p>{link} people</p>") | {"figures": [_CITED]},
                {"id": "count", "type": "figure", "label": both("工友", "Workers"), **_CITED},
            ],
        )
    )
    agree("record_with_figures", client.get("/api/v1/records/announcement:staff/"))


def test_shape_of_what_a_front_end_of_its_own_asks_for(client: Client):
    publish(
        document("visit", "moved", path="/visits/was/"),
        document(
            "menu",
            "main",
            items=[
                {"label": both("訪問", "Visits"), "uid": None, "address": "/visits/"},
                {"label": both("釜山", "Busan"), "uid": "city:busan", "address": None},
            ],
        ),
        document("banner", "hello", starts_at="2022-01-01T00:00:00Z"),
    )
    publish(document("visit", "moved", path="/visits/is/"))
    for name, address in (
        ("resolved", "resolve/?path=/en/visits/consul/"),
        ("resolved_list", "resolve/?path=/visits/&lang=en"),
        ("resolved_version", "resolve/?path=/visits/consul/versions/1/&lang=zh-Hant"),
        ("resolved_moved", "resolve/?path=/visits/was/&lang=en"),
        ("resolved_withdrawn", "resolve/?path=/alerts/water/&lang=en"),
        ("menus", "menus/"),
        ("menu", "menus/main/?lang=en"),
        ("banners", "banners/"),
    ):
        agree(name, client.get(f"/api/v1/{address}"))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("search", "search/?q=總領事"),
        ("search_page", "search/?lang=en&sort=oldest&limit=1"),
        ("suggest", "suggest/?q=釜"),
    ],
)
def test_shape_of_search(client: Client, name: str, address: str):
    bring_up()
    agree(name, client.get(f"/api/v1/{address}"))
