"""Addresses that nobody means well: a proper page in the language of the address, with the right status, never 500."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.core.languages import CHINESE
from tests.validity import faults

LANGUAGES = (("", CHINESE), ("/en", "en"))
#: Pages that read something of their query strings, and one that reads nothing.
READING = (
    "/",
    "/visits/",
    "/search/",
    "/opendata/",
    "/visits/mayor/versions/compare/",
    "/visits/mayor/",
    "/datasets/staff/",
    "/visits/feed.atom",
)
_NAMES = ("page", "q", "year", "city", "topic", "type", "from", "to", "sort", "cursor", "licence", "x")
_VALUES = (
    "999999",
    "-1",
    "%",
    "%zz",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%F0%9F",
    "%0d%0aSet-Cookie:%20a=b",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "'%20OR%201=1--",
    "city:" + "x" * 500,
    "topic:%00",
    "../../etc/passwd",
    "{{7*7}}",
    "%E2%80%AE%E2%80%8B",
    "x" * 20_000,
    "%E7%9A%84" * 3_000,
    "9" * 5_000,
    "1e999",
    "NaN",
    "111年13月",
)
_QUERIES = (
    *("=", "&", "&&&===", "?", ";", "%", "%%%", "[]=1", "a[b][c]=1", "=x", "\x7f", "q", "q&q=", "+", "%26%3D"),
    "&".join(f"a{number}=1" for number in range(10_050)),
    "q=" * 9_000,
    "&".join(f"topic=topic:{number}" for number in range(2_000)),
)
_PATHS = (
    *("/%", "/%zz/", "/%00/", "/visits/%00/", "/%ff/", "/visits/%ff%fe/", "/%2e%2e/", "/../", "/..%2f..%2fetc/passwd/"),
    *("/visits//mayor/", "/\\evil.example/", "/visits/mayor/%0d%0aX: y/", "/visits/MAYOR/"),
    *("/釜山市/", "/visits/釜山/", "/visits/mayor/versions/0/", "/visits/mayor/versions/-1/", "/visits/mayor/x"),
    *("/visits/mayor/versions/999999999/", "/visits/mayor/versions/1/999999999/", "/.git/config", "/wp-login.php"),
    *("/" + "a/" * 3_000, "/" + "a" * 60_000 + "/", "/" + "%E7%9A%84" * 3_000 + "/", "/versions/" * 500),
    *("/data/collections/x", "/data/dumps/%00", "/data/files/x", "/media/x", "/opendata/datasets/nothing/"),
    *("/changes.atom/", "/cities/feed.atom/", "/datasets/staff/charts/99.svg", "/favicon.ico"),
)


def look(response, language: str, allowed: set[int]) -> list[object]:
    """What is wrong with an answer: its status, or its page."""
    found: list[object] = [] if response.status_code in allowed else [response.status_code]
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        found += faults(response.content.decode(), language)
    return found


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_queries(client: Client, portal, prefix, language):
    wrong = {}
    queries = [f"{name}={value}" for name in _NAMES for value in _VALUES]
    for path in READING:
        for query in (*queries, *_QUERIES) if path in ("/visits/", "/search/", "/opendata/") else (*_VALUES, *_QUERIES):
            response = client.get(prefix + path, QUERY_STRING=query.encode().decode("latin-1"))
            # Without an index, a search is away for a moment.
            if found := look(response, language, {200, 302, 400, 503}):
                wrong[path, query[:80]] = found
    assert wrong == {}


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_paths(client: Client, portal, prefix, language):
    wrong = {}
    for path in _PATHS:
        response = client.get(prefix + quote(path, safe="/%\\:"))
        if found := look(response, language, {301, 404}):
            wrong[path[:80]] = found
        if response.status_code == 301:
            # Nobody is sent elsewhere.
            assert response["Location"].startswith("/")
            assert not response["Location"].startswith("//")
    assert wrong == {}


def test_an_unknown_page_of_a_list_shows_the_list(client: Client, portal):
    assert client.get("/visits/?page=999999").content == client.get("/visits/").content


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X" * 200])
def test_methods(portal, prefix, language, method):
    client = Client(enforce_csrf_checks=True)
    for path in ("/", "/visits/", "/visits/mayor/", "/search/", "/visits/mayor/versions/1/"):
        response = client.generic(method, prefix + path, b"x=1", content_type="application/x-www-form-urlencoded")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert faults(response.content.decode(), language) == []


def test_hosts_that_are_not_ours(client: Client, db, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    for path, language in (("/", CHINESE), ("/en/visits", "en")):
        response = client.get(path, HTTP_HOST="evil.example")
        assert response.status_code == 400
        assert faults(response.content.decode(), language) == []
        assert "evil.example" not in response.content.decode()


_one_by_one = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_one_by_one
@given(path=st.binary(max_size=60), query=st.binary(max_size=120))
@example(path=b"\xff\xfe", query=b"q=\xff")
@example(path=b"visits/\x00/", query=b"\x00=\x00")
@example(path=b"en/\xe9\x87", query=b"q=%u0041")
def test_any_bytes(portal, path, query):
    # As a server hands bytes on that nobody has encoded.
    raw = "/" + path.decode("latin-1")
    response = Client().get("/", PATH_INFO=raw, QUERY_STRING=query.decode("latin-1"))
    assert response.status_code in {200, 301, 302, 400, 404, 405}
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        language = "en" if raw == "/en" or raw.startswith("/en/") else CHINESE
        assert faults(response.content.decode(), language) == []


@_one_by_one
@given(
    path=st.sampled_from(["/visits/", "/search/", "/opendata/", "/en/visits/", "/en/search/"]),
    given=st.dictionaries(st.sampled_from(_NAMES), st.text(max_size=40), max_size=4),
)
def test_any_values(portal, path, given):
    response = Client().get(path, given)
    assert response.status_code in {200, 400, 503}
    assert faults(response.content.decode(), "en" if path.startswith("/en/") else CHINESE) == []
