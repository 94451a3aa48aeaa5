"""Pages are kept while nothing changes: queries, ETags, 304, and what makes a page new."""

import datetime
import gzip

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.documents import both, document, publish
from tests.factories.portal import in_both


def test_a_page_seen_again_takes_one_query(client: Client, portal, django_assert_num_queries):
    for address, _language in in_both():
        first = client.get(address)
        with django_assert_num_queries(1):
            second = client.get(address)
        assert second.content == first.content
        assert second["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    ("address", "most"),
    # The visit cites a figure: its dataset is asked whether it still says so.
    [
        ("/visits/mayor/", 4),
        ("/alerts/one/", 4),
        ("/cities/busan/", 8),
        ("/datasets/staff/", 8),
        ("/visits/", 16),
        ("/", 19),
    ],
)
def test_a_first_page_takes_few_queries(client: Client, portal, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        client.get(address)


def test_a_page_that_the_reader_has_is_not_sent_again(client: Client, portal, django_assert_num_queries):
    first = client.get("/visits/mayor/")
    assert first["Cache-Control"].startswith("public, max-age=0, s-maxage=30")
    with django_assert_num_queries(1):
        again = client.get("/visits/mayor/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]
    weak = client.get("/visits/mayor/", headers={"if-none-match": f'"other", W/{first["ETag"]}'})
    assert weak.status_code == 304
    since = client.get("/visits/mayor/", headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    assert client.head("/visits/mayor/")["ETag"] == first["ETag"]


def test_publishing_changes_the_page_and_only_that_page(client: Client, portal):
    before = {path: client.get(path)["ETag"] for path in ("/about/", "/activities/masks/")}
    publish(document("page", "about", path="/about/", title=both("新的", "New")))
    after = client.get("/about/", headers={"if-none-match": before["/about/"]})
    assert after.status_code == 200
    assert "新的" in after.content.decode()
    assert client.get("/activities/masks/", headers={"if-none-match": before["/activities/masks/"]}).status_code == 304


def test_a_change_of_the_frame_changes_every_page(client: Client, portal):
    before = client.get("/activities/masks/")["ETag"]
    publish(document("banner", text=both("新的公告", "News")))
    page = client.get("/activities/masks/", headers={"if-none-match": before})
    assert page.status_code == 200
    assert "新的公告" in page.content.decode()


def test_a_banner_comes_and_goes_by_the_clock(client: Client, portal, monkeypatch):
    starts = timezone.now() + datetime.timedelta(hours=1)
    publish(document("banner", text=both("稍後", "Later"), starts_at=starts.strftime("%Y-%m-%dT%H:%M:%SZ")))
    assert "稍後" not in client.get("/about/").content.decode()
    later = timezone.localtime() + datetime.timedelta(hours=2)
    monkeypatch.setattr("portal.site.responses.timezone.localtime", lambda: later)
    assert "稍後" in client.get("/about/").content.decode()


def test_pages_of_different_filters_are_kept_apart(client: Client, portal):
    whole = client.get("/visits/")["ETag"]
    assert client.get("/visits/?year=2021")["ETag"] != whole
    assert client.get("/visits/?utm_source=x")["ETag"] == whole


@pytest.mark.parametrize("address", ["/visits/mayor/", "/visits/feed.atom", "/opendata/", "/opendata/?q=員額"])
def test_whoever_takes_gzip_gets_the_same_packed(client: Client, portal, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)
    assert packed["ETag"] != plain["ETag"]
    for response in (plain, packed):
        assert response["Vary"] == "Accept-Encoding"
        assert response["Content-Type"] == plain["Content-Type"]
    again = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert (again.status_code, again["ETag"], again["Vary"]) == (304, packed["ETag"], "Accept-Encoding")


def test_a_kept_page_is_packed_once(client: Client, portal, monkeypatch):
    client.get("/visits/mayor/")
    monkeypatch.setattr("portal.site.encodings.compress_string", None)
    assert client.get("/visits/mayor/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
