"""Validators, 304, CORS and cache policy of every public answer."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from portal.publication.models import CurrentRecord, Head
from tests.factories.documents import both, document, publish, withdraw

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/api/v1/",
    "/api/v1/records/",
    "/api/v1/records/?lang=en&limit=1",
    "/api/v1/visits/",
    "/api/v1/records/visit:a/",
    "/api/v1/records/visit:a/versions/",
    "/api/v1/records/visit:a/versions/1/",
    "/api/v1/changes/",
    "/api/v1/datasets/dataset:a/",
    "/api/v1/schemas/",
    "/api/v1/schemas/visit.1/",
    "/api/v1/schemas/visit.1.json",
    "/api/v1/problems/",
    "/api/schema/",
]


@pytest.fixture(autouse=True)
def published():
    publish(document("visit", "a"), document("dataset", "a"))


def age_everything() -> None:
    """Let the last change be long ago."""
    past = timezone.now() - datetime.timedelta(hours=1)
    Head.objects.update(changed_at=past)
    CurrentRecord.objects.update(changed_at=past)


@pytest.mark.parametrize("address", ADDRESSES)
def test_validators_and_headers(client: Client, address: str, django_assert_max_num_queries):
    age_everything()
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    for condition in (
        {"If-None-Match": response["ETag"]},
        {"If-None-Match": f'"other", W/{response["ETag"]}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": response["Last-Modified"]},
    ):
        with django_assert_max_num_queries(1):
            again = client.get(address, headers=condition)
        assert (again.status_code, again.content) == (304, b""), condition
        for header in ("ETag", "Last-Modified", "Cache-Control", "Access-Control-Allow-Origin"):
            assert again[header] == response[header]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert (
        client.get(address, headers={"If-None-Match": '"other"', "If-Modified-Since": http_date()}).status_code == 200
    )
    assert client.get(address, headers={"If-Match": '"other"'}).status_code == 412


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_and_options(client: Client, address: str):
    response, full = client.head(address), client.get(address)
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == full["ETag"]
    assert response["Content-Length"] == str(len(full.content))
    asked = client.options(address, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
    assert asked.status_code == 204
    assert asked["Allow"] == asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]


def test_a_change_shows_at_once(client: Client):
    addresses = [
        "/api/v1/records/",
        "/api/v1/records/visit:a/",
        "/api/v1/records/visit:a/versions/",
        "/api/v1/changes/",
    ]
    before = {address: client.get(address) for address in addresses}
    publish(document("visit", "a", title=both("改")))
    for address in addresses:
        for condition in (
            {"If-None-Match": before[address]["ETag"]},
            {"If-Modified-Since": before[address]["Last-Modified"]},
        ):
            response = client.get(address, headers=condition)
            assert response.status_code == 200, (address, condition)
            assert "改" in response.content.decode() or address.endswith("versions/")


def test_last_modified_is_when_it_was(client: Client):
    age_everything()
    stated = parse_http_date(client.get("/api/v1/records/visit:a/")["Last-Modified"])
    assert stated == int(CurrentRecord.objects.get(uid="visit:a").changed_at.timestamp())


def test_a_bad_request_is_never_not_modified(client: Client):
    for address in ("/api/v1/records/?limit=0", "/api/v1/records/?x=1", "/api/v1/records/?from=2022&to=2021"):
        assert client.get(address, headers={"If-None-Match": "*", "If-Modified-Since": http_date()}).status_code == 400
    withdraw("visit:a")
    assert client.get("/api/v1/records/visit:a/", headers={"If-None-Match": "*"}).status_code == 410


def test_each_address_has_its_own_tag(client: Client):
    tags = {client.get(f"/api/v1/records/visit:a/{query}")["ETag"] for query in ("", "?lang=en", "?lang=zh-Hant")}
    tags |= {client.get(f"/api/v1/records/{query}")["ETag"] for query in ("", "?lang=en", "?limit=1")}
    assert len(tags) == 6


def test_any_accept_header_gets_json(client: Client):
    for accept in ("text/html", "application/xml;q=0.9", "nonsense", "application/json; indent=4"):
        assert client.get("/api/v1/records/", headers={"Accept": accept})["Content-Type"] == "application/json"


def test_the_documentation_page(client: Client):
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
    assert "script-src 'self';" in page["Content-Security-Policy"] + ";"
    assert b"cdn" not in page.content
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert b"/api/schema/" in script.content
