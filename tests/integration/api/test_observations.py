"""Observations: values as strings, proofs beside them, filters, labels and pages."""

import json

import pytest
from django.test import Client

from tests.factories.datasets import dataset
from tests.factories.documents import document, publish, withdraw

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/datasets/dataset:headcount/observations/"


@pytest.fixture(autouse=True)
def published():
    publish(dataset())


def test_observations(client: Client):
    answer = client.get(ADDRESS).json()
    assert answer["count"] == 5
    assert [each["key"] for each in answer["results"]] == [
        "headcount.workers.2022-02-01--2022-06-30",
        "headcount.workers.2022-05",
        "headcount.temporary.2022-05",
        "rate.workers.2022-05",
        "rate.temporary.2022-05",
    ]
    first, workers, temporary, rate, missing = answer["results"]
    assert (workers["measure"], workers["staff"], workers["period"]) == ("headcount", "workers", "2022-05")
    assert (workers["value"], workers["unit"], workers["status"]) == ("5498", "person", "normal")
    assert workers["note"] is None
    assert [entry["quote"] for entry in workers["source"]] == ["5,498人", "截至111年5月"]
    assert [entry["quote"] for entry in temporary["source"]] == ["截至111年5月"]
    assert (temporary["status"], temporary["note"]) == ("approximate", {"zh-Hant": "約數", "en": "About"})
    assert (rate["value"], rate["unit"]) == ("27.50", "percent")
    assert (missing["value"], missing["status"]) == (None, "missing")
    assert first["note"] == {"zh-Hant": "只有學校", "en": None}
    assert "labels" not in first


def test_languages_and_labels(client: Client):
    _first, workers, temporary, *_rest = client.get(f"{ADDRESS}?labels=en&lang=zh-Hant").json()["results"]
    assert workers["labels"] == {
        "period": "May 2022",
        "measure": "Headcount",
        "unit": "people",
        "status": "Normal value",
        "staff": "Workers",
    }
    assert temporary["labels"]["staff"] == "臨時人員"
    assert temporary["note"] == "約數"
    assert client.get(f"{ADDRESS}?labels=zh-Hant&lang=en").json()["results"][2]["note"] == "About"


def test_filters(client: Client):
    def keys(query: str) -> list[str]:
        return [each["key"] for each in client.get(f"{ADDRESS}?{query}").json()["results"]]

    assert keys("staff=temporary") == ["headcount.temporary.2022-05", "rate.temporary.2022-05"]
    assert keys("staff=temporary&measure=rate") == ["rate.temporary.2022-05"]
    assert keys("period=2022-02-01--2022-06-30") == ["headcount.workers.2022-02-01--2022-06-30"]
    assert keys("period=2021") == []


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("from=2022-06-01", ["633"]),
        ("from=111-06&to=2022-06-30", ["633"]),
        ("to=2022-04-30", ["633"]),
        ("to=2021", []),
        ("sort=-value", ["5498", "1705", "633", "27.50", None]),
        ("sort=value&measure=headcount", ["633", "1705", "5498"]),
        ("sort=period&staff=workers&measure=headcount", ["633", "5498"]),
    ],
)
def test_spans_and_orders(client: Client, query: str, values: list[str | None]):
    assert [each["value"] for each in client.get(f"{ADDRESS}?{query}").json()["results"]] == values


def test_a_span_ends_after_it_begins(client: Client):
    assert client.get(f"{ADDRESS}?from=2022-06&to=2022-05").json()["parameter"] == "from"


def test_sorted_pages(client: Client):
    address, values = f"{ADDRESS}?limit=2&sort=value", []
    while address:
        page = client.get(address).json()
        values += [each["value"] for each in page["results"]]
        address = page["next"]
    assert values == ["27.50", "633", "1705", "5498", None]
    following = client.get(f"{ADDRESS}?limit=2&sort=value").json()["next"]
    assert client.get(following.replace("sort=value", "sort=-value")).status_code == 400


def test_csv(client: Client):
    response = client.get(f"{ADDRESS}?format=csv&labels=en&measure=headcount")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["ETag"] and response["Access-Control-Allow-Origin"] == "*"
    header, *lines = b"".join(response).decode().splitlines()
    assert header == (
        "period,period_label,measure,measure_label,staff,staff_label,value,unit,unit_label,status,status_label,"
        "note_zh,note_en"
    )
    assert len(lines) == 3
    assert lines[1] == ("2022-05,May 2022,headcount,Headcount,workers,Workers,5498,person,people,normal,Normal value,,")


def test_json_lines(client: Client):
    response = client.get(f"{ADDRESS}?format=jsonl&labels=en")
    assert response["Content-Type"] == "application/jsonl"
    lines = [json.loads(line) for line in b"".join(response).splitlines()]
    shown = client.get(f"{ADDRESS}?labels=en").json()["results"]
    assert lines == [{name: value for name, value in each.items() if name != "source"} for each in shown]


def test_pages(client: Client):
    address, pages = f"{ADDRESS}?limit=2", []
    while address:
        pages.append(client.get(address).json())
        address = pages[-1]["next"]
    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    assert pages[0]["previous"] is None
    assert client.get(pages[2]["previous"]).json()["results"] == pages[1]["results"]
    assert client.get(pages[1]["previous"]).json()["results"] == pages[0]["results"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("staff", "nobody"),
        ("staff", ""),
        ("measure", "weight"),
        ("period", "111-05"),
        ("period", "2022-13"),
        ("period", "\x00"),
    ]
    + [
        ("labels", "fr"),
        ("labels", ""),
        ("lang", "fr"),
        ("sort", "date"),
        ("format", "xml"),
        ("from", "soon"),
        ("version", "0"),
        ("as_of", "soon"),
        ("limit", "0"),
        ("limit", "501"),
        ("cursor", "x"),
        ("cursor", "W10"),
    ]
    + [("cursor", "WyIxIiwgMV0"), ("cursor", "é")],
)
def test_bad_values(client: Client, name: str, value: str):
    response = client.get(ADDRESS, {name: value})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["parameter"] == name
    assert response.json()["allowed"]


def test_unknown_parameters(client: Client):
    body = client.get(f"{ADDRESS}?weight=5").json()
    assert (body["status"], body["parameter"]) == (400, "weight")
    assert {"staff", "measure", "period", "labels"} <= set(body["allowed"])


def test_a_cursor_belongs_to_its_table(client: Client):
    following = client.get(f"{ADDRESS}?limit=2").json()["next"]
    publish(dataset(lines="period,measure,staff,value,status,note_zh,note_en\n2022-06,headcount,workers,1,normal,,\n"))
    assert client.get(following).status_code == 400


def test_other_records_have_none(client: Client):
    publish(document("visit", "a"))
    assert client.get("/api/v1/datasets/visit:a/observations/").status_code == 404
    withdraw("dataset:headcount")
    assert client.get(ADDRESS).status_code == 410
    assert client.get("/api/v1/datasets/dataset:headcount/").status_code == 410


def test_conditional(client: Client, django_assert_max_num_queries):
    tag = client.get(ADDRESS)["ETag"]
    with django_assert_max_num_queries(1):
        assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
