"""What an address means: the same that the site makes of it, for every address that there is."""

import itertools
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client

from portal.core.languages import LANGUAGES
from portal.opendata import renewal
from portal.publication.types import BY_PLURAL
from tests.factories.documents import both, day, document, publish, redact, withdraw
from tests.factories.portal import PATHS, in_both, publish_portal
from tests.factories.searching import bring_up
from tests.integration.api.test_errors import is_chinese, problem

pytestmark = pytest.mark.django_db

RESOLVE = "/api/v1/resolve/"


def resolve(client: Client, path: str, **parameters: str):
    return client.get(RESOLVE, {"path": path, **parameters})


class Frame(HTMLParser):
    """What is around a page: its breadcrumbs and main menu as (text, address), and its alternates by language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.crumbs: list[tuple[str, str]] = []
        self.menu: list[tuple[str, str]] = []
        self.alternates: dict[str, str] = {}
        self._list: list[tuple[str, str]] | None = None
        self._address: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "nav":
            is_menu = given.get("aria-label") in ("主選單", "Main menu")
            self._list = self.crumbs if given.get("class") == "crumbs" else self.menu if is_menu else None
        elif tag == "a" and self._list is not None:
            self._address = given["href"]
            self._list.append(("", self._address))
        elif tag == "link" and given.get("rel") == "alternate" and given.get("hreflang") in LANGUAGES:
            self.alternates[given["hreflang"]] = given["href"]

    def handle_data(self, data):
        if self._list is not None and self._address is not None:
            text, address = self._list[-1]
            self._list[-1] = (text + data, address)

    def handle_endtag(self, tag):
        if tag == "a":
            self._address = None
        elif tag == "nav":
            self._list = None


def test_it_gives_what_the_sites_pages_have_around_them(client: Client):
    publish_portal()
    for path, language in in_both():
        page = Frame(client.get(path).content.decode())
        found = resolve(client, path, lang=language).json()
        assert (found["status"], found["path"], found["language"]) == (200, path, language)
        assert found["location"] is None
        assert [(each["label"], each["url"]) for each in found["breadcrumbs"]] == page.crumbs, path
        assert bool(page.crumbs) is (path not in ("/", "/en/"))
        assert [(each["label"], each["url"]) for each in found["menus"]["main"]] == page.menu != []
        assert {each["language"]: each["url"] for each in found["alternates"]} == page.alternates


@pytest.fixture
def history(client: Client) -> None:
    """A record that moved, one that moved twice, and one each that was withdrawn and redacted, besides all others."""
    publish_portal()
    publish(document("visit", "moved", path="/visits/old/"), document("city", "gone"), document("visit", "secret"))
    publish(document("visit", "moved", path="/visits/older/"))
    publish(document("visit", "moved", path="/visits/new/", dates=day("2022-03-17")))
    publish(document("dataset", "plain", path="/datasets/was/"), document("dataset", "plain", path="/datasets/is/"))
    withdraw("city:gone", both("已撤回", "Taken back"))
    redact("visit:secret")


ADDRESSES = [
    *PATHS,
    *(f"/{plural}/" for plural in BY_PLURAL),
    "/search/",
    "/visits",
    "/visits/new",
    "/visits/old",
    "/visits/old/",
    "/visits/older/",
    "/visits/old/versions/",
    "/visits/old/versions/1/",
    "/visits/old/versions/9/",
    "/visits/new/versions/3/",
    "/cities/gone/",
    "/cities/gone/versions/",
    "/cities/gone/versions/1/",
    "/cities/gone/versions/2/",
    "/visits/secret/",
    "/visits/secret/versions/",
    "/visits/secret/versions/1/",
    "/visits/nothing/",
    "/visits/nothing",
    "/nothing/",
    "/nothing/versions/",
    "/versions/",
    "/pages/",
    "/Visits/",
    "/visits//",
    "/visits/../",
    "/%E8%A8%AA/",
    "/訪問/",
    "/en/en/",
    "/zh/",
    "/favicon.ico",
    "/changes.atom",
    "/visits/feed.atom",
    "/nothing/feed.atom",
    "/datasets/staff/charts/1.svg",
    "/datasets/staff/charts/1-phone.png",
    "/datasets/staff/charts/2.svg",
    "/datasets/staff/charts/1.gif",
    "/datasets/was/charts/1.svg",
    "/datasets/staff/versions/1/charts/1.json",
    "/datasets/staff/versions/1/charts/3.json",
    "/datasets/staff/versions/2/charts/1.json",
    "/visits/mayor/charts/1.svg",
    "/data/collections/nothing.csv",
    "/data/dumps/nothing",
    f"/data/files/{'a' * 64}/visits.csv",
]
_DOCUMENTS = [
    "/opendata/catalog.ttl",
    "/opendata/data.gov.tw.json",
    "/opendata/datasets/staff/",
    "/opendata/datasets/staff/dcat.ttl",
    "/opendata/datasets/nothing/",
    "/opendata/collections/visits/",
    "/opendata/collections/visits/dcat.ttl",
    "/opendata/collections/nothing/",
    "/opendata/datasets/nothing/dcat.jsonld",
    f"/media/{'a' * 64}/original.png",
]


def test_it_answers_as_the_site_does(client: Client, history):
    bring_up()
    renewal.renew()
    for address in (*ADDRESSES, *(f"/en{each}" for each in ADDRESSES), *_DOCUMENTS):
        first, last = client.get(address), client.get(address, follow=True)
        found = resolve(client, address)
        if last.status_code >= 400:
            assert found.status_code == last.status_code, address
            continue
        body = found.json()
        # One answer, however often a reader would be sent on.
        location = urlsplit(last.redirect_chain[-1][0]).path if last.redirect_chain else None
        assert (found.status_code, body["status"], body["location"]) == (200, first.status_code, location), address


def test_what_is_sent_on_says_where_to_and_what_is_there(client: Client, history):
    found = resolve(client, "/en/visits/old", lang="en").json()
    assert (found["status"], found["location"]) == (301, "/en/visits/new/")
    assert found["uid"] == found["record"]["uid"] == "visit:moved"
    assert found["record"] == client.get("/api/v1/records/visit:moved/?lang=en").json()
    assert [urlsplit(each["url"]).path for each in found["alternates"]] == ["/visits/new/", "/en/visits/new/"]
    chart = resolve(client, "/datasets/is/versions/").json()
    assert (chart["kind"], chart["status"], chart["data"]) == (
        "versions",
        200,
        "/api/v1/records/dataset:plain/versions/",
    )
    identifier = resolve(client, "/opendata/datasets/staff/").json()
    assert (identifier["status"], identifier["location"]) == (303, "/datasets/staff/")
    renewal.renew()
    records = resolve(client, "/opendata/collections/visits/").json()
    assert (records["status"], records["kind"], records["location"]) == (303, "list", "/visits/")
    assert records["record"]["uid"] == "page:visits"


def test_files_that_are_there(client: Client, history):
    renewal.renew()
    files = [each["files"][0]["url"] for each in client.get("/api/v1/collections/").json()["results"] if each["files"]]
    [picture] = client.get("/api/v1/records/visit:mayor/").json()["body"][3]["picture"]["renditions"][:1]
    for url in (files[0], picture["url"], "/data/collections/visits.csv"):
        found = resolve(client, urlsplit(url).path).json()
        assert (found["kind"], found["record"], found["alternates"]) == ("file", None, [])
    chart = resolve(client, "/datasets/staff/charts/1.svg").json()
    assert (chart["kind"], chart["uid"], chart["data"]) == ("file", "dataset:staff", None)
    assert chart["record"]["uid"] == "dataset:staff"


def test_the_record_is_what_the_api_serves(client: Client, history):
    records = {
        "/en/visits/mayor/": "records/visit:mayor/",
        "/visits/mayor/versions/1/": "records/visit:mayor/versions/1/",
        "/visits/": "records/page:visits/",
    }
    for (path, served), chosen in itertools.product(records.items(), ({}, *({"lang": each} for each in LANGUAGES))):
        found = resolve(client, path, **chosen).json()
        assert found["record"] == client.get(f"/api/v1/{served}", chosen).json()
        if found["kind"] != "list":
            assert found["data"] == f"/api/v1/{served}"
        assert client.get(found["data"]).status_code == 200


def test_every_kind_says_what_it_is(client: Client, history):
    kinds = {
        "/": "home",
        "/visits/": "list",
        "/visits/new/": "record",
        "/visits/new/versions/": "versions",
        "/visits/new/versions/1/": "version",
        "/search/": "search",
        "/opendata/": "catalogue",
        "/changes.atom": "file",
    }
    for path, kind in kinds.items():
        found = resolve(client, path, lang="en").json()
        assert found["kind"] == kind
        if kind not in ("home", "file"):
            assert found["title"]
    assert resolve(client, "/cities/gone/versions/", lang="en").json()["record"] is None


def test_what_is_gone_says_so_as_a_record_does(client: Client, history):
    body = problem(resolve(client, "/en/cities/gone/", lang="en"), 410, "withdrawn")
    assert body["tombstone"]["uid"] == "city:gone"
    body = problem(resolve(client, "/visits/secret/"), 451, "redacted")
    assert body["redaction"]["uid"] == "visit:secret"
    body = problem(resolve(client, "/nothing/"), 404, "not-found")
    assert is_chinese(body["detail"]) and "/nothing/" in body["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "visits/",
        "https://example.org/",
        "/visits/?year=2022",
        "/visits/#top",
        "/a b/",
        "\\",
        "/a\\b/",
        "/" * 2001,
        "/\n",
    ],
)
def test_what_is_no_address(client: Client, path: str):
    body = problem(resolve(client, path), 400, "invalid-parameter", parameter="path")
    assert is_chinese(body["detail"]) and body["allowed"]


def test_the_address_is_needed(client: Client):
    problem(client.get(RESOLVE), 400, "invalid-parameter", parameter="path")
    problem(client.get(RESOLVE, {"path": "/", "lang": "fr"}), 400, "invalid-parameter", parameter="lang")
    problem(client.get(f"{RESOLVE}?path=/&path=/"), 400, "invalid-parameter", parameter="path")
    problem(client.get(RESOLVE, {"path": "/", "page": "1"}), 400, "unknown-parameter", parameter="page")


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin", "/api/v1/", "/api/docs/", "/healthz/live/", "/static/x.css"]
)
def test_what_is_no_page_of_the_site(client: Client, path: str):
    problem(resolve(client, path), 404, "not-found")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/visits/a/event.ics",
            "/en/visits/a/share.png",
            "/share.png",
            "/calendar.ics",
            "/sitemap.xml",
            "/robots.txt",
        ),
        *("/cities/a/feed.atom", "/en/cities/a/calendar.ics", "/works/calendar.ics", "/.well-known/security.txt"),
        *("/cities/a/event.ics", "/visits/undated/event.ics", "/visits/a/calendar.ics", "/visits/a/feed.atom"),
        *("/visits/none/event.ics", "/alerts/calendar.ics", "/works/share.png"),
    ],
)
def test_what_lies_below_a_page_is_there_as_on_the_site(client: Client, address: str):
    publish(document("city", "a"), document("visit", "a", dates=day("2022-03-17")), document("visit", "undated"))
    asked = client.get(RESOLVE, {"path": address})
    assert asked.status_code == client.get(address).status_code
    if asked.status_code == 200:
        assert asked.json()["kind"] == "file"


def test_an_answer_changes_with_what_is_published(client: Client):
    publish(document("visit", "a"))
    first = resolve(client, "/visits/a/")
    again = client.get(RESOLVE, {"path": "/visits/a/"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    publish(document("menu", "main", items=[{"label": both("甲"), "uid": None, "address": "/visits/"}]))
    changed = client.get(RESOLVE, {"path": "/visits/a/"}, headers={"If-None-Match": first["ETag"]})
    assert [each["label"]["zh-Hant"] for each in changed.json()["menus"]["main"]] == ["甲"]


def test_any_origin_may_ask(client: Client):
    response = client.get(RESOLVE, {"path": "/"}, headers={"Origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
