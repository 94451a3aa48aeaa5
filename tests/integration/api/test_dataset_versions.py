"""A dataset's figures as they were published before, what differs between versions, and summaries."""

import pytest
from django.test import Client

from tests.factories.datasets import dataset
from tests.factories.documents import publish, redact, withdraw

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/datasets/dataset:headcount/"
_HEADER = "period,measure,staff,value,status,note_zh,note_en\n"
FIRST = _HEADER + "2022-05,headcount,workers,5498,normal,,\n2022-05,headcount,temporary,1705,normal,,\n"
SECOND = _HEADER + "2022-05,headcount,workers,5499,revised,,\n2022-06,headcount,workers,5400.5,normal,,\n"


@pytest.fixture
def moments() -> list[str]:
    """Two versions are published, then the record is withdrawn; when."""
    rows = [*publish(dataset(lines=FIRST)), *publish(dataset(lines=SECOND))]
    return [row.published_at for row in rows]


def values(client: Client, query: str) -> list[str]:
    return [each["value"] for each in client.get(f"{ADDRESS}observations/?{query}").json()["results"]]


def test_a_numbered_version(client: Client, moments):
    assert values(client, "version=1") == ["5498", "1705"]
    assert values(client, "version=2") == values(client, "") == ["5499", "5400.5"]
    assert client.get(f"{ADDRESS}observations/?version=3").status_code == 404


def test_the_version_of_a_moment(client: Client, moments):
    assert values(client, f"as_of={moments[0]}") == ["5498", "1705"]
    assert values(client, f"as_of={moments[1]}") == ["5499", "5400.5"]
    assert client.get(f"{ADDRESS}observations/?as_of=2000-01-01").status_code == 404
    both = client.get(f"{ADDRESS}observations/?as_of={moments[0]}&version=1")
    assert (both.status_code, both.json()["parameter"]) == (400, "as_of")


def test_a_withdrawn_dataset_keeps_its_versions(client: Client, moments):
    gone = withdraw("dataset:headcount").published_at
    assert client.get(f"{ADDRESS}observations/").status_code == 410
    assert client.get(f"{ADDRESS}observations/?as_of={gone}").status_code == 410
    assert values(client, "version=1") == values(client, f"as_of={moments[0]}") == ["5498", "1705"]


def test_a_redacted_version_says_so(client: Client, moments):
    redact("dataset:headcount", 1)
    for query in ("version=1", f"as_of={moments[0]}"):
        assert client.get(f"{ADDRESS}observations/?{query}").status_code == 451
    assert client.get(f"{ADDRESS}diff/?from_version=1").status_code == 451


def test_an_answer_of_an_old_version_is_known_until_anything_changes(client: Client, moments):
    address = f"{ADDRESS}observations/?version=1"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    redact("dataset:headcount", 1)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 451


def test_differences(client: Client, moments):
    body = client.get(f"{ADDRESS}diff/?from_version=1&to_version=2").json()
    assert body["counts"] == {"added": 1, "removed": 1, "changed": 1}
    assert [(each["change"], each["key"]) for each in body["results"]] == [
        ("changed", "headcount.workers.2022-05"),
        ("removed", "headcount.temporary.2022-05"),
        ("added", "headcount.workers.2022-06"),
    ]
    assert body["results"][0]["before"] == {"value": "5498", "status": "normal", "note": None}
    assert body["results"][0]["after"] == {"value": "5499", "status": "revised", "note": None}
    assert client.get(f"{ADDRESS}diff/").json()["to_version"] == 2
    assert client.get(f"{ADDRESS}diff/?from_version=2").json()["count"] == 0
    assert client.get(f"{ADDRESS}diff/?from_version=9").status_code == 404


def test_pages_of_differences(client: Client, moments):
    address, keys = f"{ADDRESS}diff/?limit=2", []
    while address:
        page = client.get(address).json()
        keys += [each["key"] for each in page["results"]]
        address, last = page["next"], page
    assert len(keys) == 3
    assert client.get(last["previous"]).json()["results"] == client.get(f"{ADDRESS}diff/?limit=2").json()["results"]
    for cursor in ("x", "ZDE", "é", "ZC0x"):
        answer = client.get(f"{ADDRESS}diff/", {"cursor": cursor})
        assert answer.status_code == (200 if cursor == "ZDE" else 400)


def test_summaries(client: Client, moments):
    body = client.get(f"{ADDRESS}summary/?by=staff").json()
    assert body["results"] == [
        {
            "measure": "headcount",
            "unit": "person",
            "staff": "workers",
            "value": "10899.5",
            "observations": 2,
            "missing": 0,
        }
    ]
    assert client.get(f"{ADDRESS}summary/?agg=mean").json()["results"][0]["value"] == "5449.75"
    assert client.get(f"{ADDRESS}summary/?agg=count&version=1").json()["results"][0]["value"] == "2"
    assert [each["period"] for each in client.get(f"{ADDRESS}summary/?by=period,staff").json()["results"]] == [
        "2022-05",
        "2022-06",
    ]
    assert client.get(f"{ADDRESS}summary/?by=staff&period=2022-06").json()["results"][0]["value"] == "5400.5"


def test_percentages_are_not_added_up(client: Client):
    lines = "2022-05,rate,workers,27.5,normal,,\n2022-05,rate,temporary,12.5,normal,,\n"
    publish(dataset(lines=_HEADER + lines))
    assert client.get(f"{ADDRESS}summary/").json()["results"][0]["value"] is None
    assert client.get(f"{ADDRESS}summary/?agg=mean").json()["results"][0]["value"] == "20"
    alone = client.get(f"{ADDRESS}summary/?by=staff").json()["results"]
    assert [each["value"] for each in alone] == ["27.5", "12.5"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("by=weight", "by"), ("by=staff,staff", "by"), ("agg=median", "agg"), ("staff=nobody", "staff"), ("x=1", "x")],
)
def test_bad_summaries(client: Client, moments, query: str, parameter: str):
    answer = client.get(f"{ADDRESS}summary/?{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)
    assert answer.json()["allowed"]
