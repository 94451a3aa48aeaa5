"""Whatever is wrong with a request is said in a problem document, in the language of ``lang=``; never a 500,
never ignored.
"""

import json

import pytest
from django.test import Client

from portal.publication import selectors
from portal.publication.types import LISTED
from tests.factories.documents import document, publish

pytestmark = pytest.mark.django_db

LISTS = ["records", *(record_type.plural for record_type in LISTED)]
BAD_DATES = [
    "",
    "x",
    "2022-13-01",
    "2022-02-30",
    "000-01-01",
    "民國111年13月",
    "99999-01-01",
    "2022-3-",
    "1" * 100,
    "２０２２年１３月",
    "\x00",
]
BAD_LIMITS = ["", "0", "-1", "501", "1.5", "１０", "1e2", " 5", "abc", "9" * 40, "\x00", "+5"]
BAD_VALUES = {
    "limit": BAD_LIMITS,
    "lang": ["", "fr", "zh", "zh-hant", "EN", "en-GB", "\x00"],
    "cursor": ["", "x", "é", "bnVsbA", "//8", "A" * 1000, "\x00"],
    "sort": ["", "title", "--date", "date,uid", "-Date"],
    "city": ["", "busan", "visit:x", "city:", "city:ÅÄÖ", "city:a b", "city:" + "a" * 300, "\x00"],
    "topic": ["", "education", "topic:", "topic:nothing", "topic:education\x00"],
    "from": BAD_DATES,
    "to": BAD_DATES,
    "updated_since": [
        *BAD_DATES,
        "2022-08-01T00:00:00",
        "2022-08-01T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
}


def problem(response, status: int, code: str, **members) -> dict:
    """The problem document of a response, whose common members are checked."""
    body = json.loads(response.content)
    assert response.status_code == status, body
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    assert "ETag" not in response
    assert body["type"] == f"/api/v1/problems/{code}/"
    assert body["status"] == status
    assert body["title"] and body["detail"] and body["instance"].startswith("/api/")
    for name, value in members.items():
        assert body[name] == value
    return body


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD_VALUES.items() for value in values])
def test_bad_values_of_lists(client: Client, name: str, value: str):
    chinese = client.get("/api/v1/records/", {name: value})
    body = problem(chinese, 400, "invalid-parameter", parameter=name)
    assert body["allowed"]
    assert is_chinese(body["title"]) and is_chinese(body["detail"])
    assert chinese["Content-Language"] == "zh-Hant"
    if name != "lang":
        english = client.get("/api/v1/visits/", {name: value, "lang": "en"})
        body = problem(english, 400, "invalid-parameter", parameter=name)
        assert not is_chinese(
            body["title"]
            + body["detail"]
            .replace("民國111年13月", "")
            .replace("民國111年3月", "")
            .replace("年", "")
            .replace("月", "")
        )
        assert english["Content-Language"] == "en"


@pytest.mark.parametrize("value", ["", "visits", "Visit", "person", "city,visit", "\x00"])
def test_unknown_type(client: Client, value: str):
    body = problem(
        client.get("/api/v1/records/", {"type": value, "lang": "en"}),
        400,
        "invalid-parameter",
        parameter="type",
    )
    assert "visit" in body["allowed"] and "banner" in body["allowed"]


@pytest.mark.parametrize("resource", LISTS)
def test_unknown_parameters(client: Client, resource: str):
    body = problem(client.get(f"/api/v1/{resource}/?page=2"), 400, "unknown-parameter", parameter="page")
    assert "limit" in body["allowed"] and "page" not in body["allowed"]
    assert ("type" in body["allowed"]) is (resource == "records")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "records/visit:a/",
        "records/visit:a/versions/",
        "records/visit:a/versions/1/",
        "changes/",
        "schemas/",
        "schemas/visit.1/",
    ]
    + ["problems/", "problems/not-found/", "datasets/dataset:a/", "datasets/dataset:a/observations/"],
)
def test_unknown_parameters_everywhere(client: Client, address: str):
    publish(document("visit", "a"), document("dataset", "a"))
    body = problem(client.get(f"/api/v1/{address}?nonsense=1&lang=en"), 400, "unknown-parameter", parameter="nonsense")
    assert "lang" in body["allowed"]
    problem(
        client.get(f"/api/v1/{address}?lang=fr"),
        400,
        "invalid-parameter",
        parameter="lang",
        allowed=["zh-Hant", "en"],
    )
    problem(client.get("/api/schema/?x=1"), 400, "unknown-parameter", parameter="x")


def test_given_twice(client: Client):
    problem(client.get("/api/v1/records/?type=visit&type=city"), 400, "invalid-parameter", parameter="type")


def test_from_after_to(client: Client):
    problem(
        client.get("/api/v1/records/?from=2022-03-02&to=2022-03-01"),
        400,
        "invalid-parameter",
        parameter="from",
    )
    problem(client.get("/api/v1/records/?from=111-04&to=2022-03"), 400, "invalid-parameter", parameter="from")
    assert client.get("/api/v1/records/?from=2022-03&to=111-03").status_code == 200


def test_a_cursor_belongs_to_its_order(client: Client):
    publish(document("visit", "a"), document("visit", "b"))
    cursor = selectors.records_page(selectors.RecordQuery(), limit=1).next_cursor
    assert client.get("/api/v1/records/", {"cursor": cursor}).status_code == 200
    problem(
        client.get("/api/v1/records/", {"cursor": cursor, "sort": "date"}),
        400,
        "invalid-parameter",
        parameter="cursor",
    )


@pytest.mark.parametrize("value", ["", "-1", "x", "1.0", str(2**63), "9" * 40, "１", "\x00"])
def test_bad_after(client: Client, value: str):
    problem(client.get("/api/v1/changes/", {"after": value}), 400, "invalid-parameter", parameter="after")


@pytest.mark.parametrize("value", BAD_LIMITS)
def test_bad_limits_of_changes(client: Client, value: str):
    problem(client.get("/api/v1/changes/", {"limit": value}), 400, "invalid-parameter", parameter="limit")


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing/",
        "/api/v2/",
        "/api/v1/persons/",
        "/api/v1/records/visit:nobody/",
        "/api/v1/records/nonsense/",
        "/api/v1/records/visit:a%00/",
        "/api/v1/records/%ff%fe/",
        "/api/v1/records/a%2Fb/",
        "/api/v1/records/%0A/",
        "/api/v1/%0A",
        "/api/v1/records/%F0%9F%98%80/",
        "/api/v1/records/" + "a" * 3000 + "/",
        "/api/v1/records/visit:nobody/versions/",
        "/api/v1/records/visit:a/versions/0/",
        "/api/v1/records/visit:a/versions/2/",
        "/api/v1/records/visit:a/versions/-1/",
        "/api/v1/records/visit:a/versions/x/",
        "/api/v1/records/visit:a/versions/" + "9" * 30 + "/",
        "/api/v1/records/visit:a/versions/" + "9" * 5000 + "/",
        "/api/v1/records/visit:a%00/versions/1/",
        "/api/v1/datasets/visit:a/",
        "/api/v1/datasets/dataset:nobody/observations/",
        "/api/v1/datasets/visit:a/observations/",
        "/api/v1/schemas/nothing.1/",
        "/api/v1/schemas/..%2Fmodels/",
        "/api/v1/schemas/visit.1%00/",
        "/api/v1/problems/x/",
        "/api/schema/x",
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_nothing_there(client: Client, path: str, method: str):
    publish(document("visit", "a"))
    response = getattr(client, method)(path)
    assert response.status_code == 404
    if method == "get":
        assert is_chinese(problem(response, 404, "not-found")["detail"])
        assert not is_chinese(problem(client.get(f"{path}?lang=en"), 404, "not-found")["detail"])


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/records/", "/api/v1/records/visit:a/", "/api/schema/", "/api/docs/"]
)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_other_methods(client: Client, path: str, method: str):
    response = getattr(client, method)(path)
    body = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert (body["status"], body["allowed"]) == (405, ["GET", "HEAD", "OPTIONS"])
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_missing_slash_is_added(client: Client):
    response = client.get("/api/v1/records?limit=5")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/records/?limit=5")
    assert client.get("/api/").status_code == 302
    assert client.get("/api/v1/nothing").status_code == 404


def test_too_many_parameters(client: Client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    problem(client.get("/api/v1/records/?" + "&".join("limit=1" for _ in range(9))), 400, "bad-request")


def test_the_unexpected_is_logged_and_says_nothing(client: Client, monkeypatch, caplog):
    def fail():
        raise RuntimeError("the secret of the database")

    monkeypatch.setattr(selectors, "head", fail)
    response = client.get("/api/v1/records/?lang=en")
    problem(response, 500, "server-error")
    assert b"secret" not in response.content
    assert "the secret of the database" in caplog.text


def test_the_unexpected_within_an_answer(client: Client, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the secret of the database")

    monkeypatch.setattr(selectors, "records_page", fail)
    response = client.get("/api/v1/records/")
    problem(response, 500, "server-error")
    assert b"secret" not in response.content


@pytest.mark.parametrize("code", ["unknown-parameter", "withdrawn", "redacted", "server-error"])
def test_the_type_of_a_problem_leads_somewhere(client: Client, code: str):
    english = client.get(f"/api/v1/problems/{code}/?lang=en").json()
    chinese = client.get(f"/api/v1/problems/{code}/").json()
    assert english["type"] == chinese["type"] == f"/api/v1/problems/{code}/"
    assert is_chinese(chinese["title"]) and not is_chinese(english["title"])
    assert english in client.get("/api/v1/problems/?lang=en").json()["results"]
