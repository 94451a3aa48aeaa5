"""Atom feeds: per type and of all changes, in both languages."""

import pytest
from django.test import Client

from portal.publication.models import LogRow
from portal.publication.types import LISTED
from portal.site import feeds
from tests.atom import LANG, NS, faults, links, parse, texts
from tests.factories.documents import both, document, publish, redact, withdraw
from tests.validity import parse as parse_page

SECRET = "祕密的字句"


def entries(client: Client, address: str) -> list:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert faults(response.content) == []
    return parse(response.content).findall(f"{NS}entry")


def said(entry) -> tuple[str, list[str]]:
    return texts(entry, "title")[0], texts(entry, "summary")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", [*(f"/{kind.plural}/feed.atom" for kind in LISTED), "/changes.atom"])
def test_every_feed_is_atom(client: Client, portal, settings, prefix, path):
    address = prefix + path
    assert len(entries(client, address)) >= 1
    feed = parse(client.get(address).content)
    assert feed.get(LANG) == ("en" if prefix else "zh-Hant")
    assert links(feed, "self") == texts(feed, "id") == [settings.BASE_URL + address]
    of = prefix + (path.removesuffix("feed.atom") if "feed" in path else "/")
    assert links(feed, "alternate") == [settings.BASE_URL + of]
    assert client.get(of).status_code == 200


def test_feeds_of_an_empty_portal_are_atom(client: Client, db):
    assert entries(client, "/visits/feed.atom") == entries(client, "/en/changes.atom") == []


def test_an_entry_is_a_record_and_is_updated_by_a_new_version(client: Client, db, settings):
    publish(
        document("visit", "a", title=both("甲", "First"), summary=both("摘要", "Summary"), topics=["topic:education"])
    )
    [before] = entries(client, "/en/visits/feed.atom")
    assert said(before) == ("First", ["Summary"])
    assert links(before, "alternate") == [f"{settings.BASE_URL}/en/visits/a/"]
    assert links(before, "alternate", "application/json") == [f"{settings.BASE_URL}/api/v1/records/visit:a/"]
    categories = {each.get("term"): each.get("label") for each in before.findall(f"{NS}category")}
    assert categories == {"visit": "Visit", "topic:education": "Education"}
    publish(document("visit", "a", title=both("甲", "Second")))
    [after] = entries(client, "/en/visits/feed.atom")
    assert texts(after, "id") == texts(before, "id")
    assert texts(after, "published") == texts(before, "published")
    assert texts(after, "updated")[0][:19] >= texts(before, "updated")[0][:19]
    assert texts(after, "title") == ["Second"]
    [day] = {row.published_at[:10] for row in LogRow.objects.filter(version=1)}
    assert texts(after, "id") == [f"tag:localhost,{day}:visit:a"]


def test_what_was_corrected_last_comes_first(client: Client, db):
    publish(*(document("alert", slug) for slug in ("a", "b", "c")))
    publish(document("alert", "a", title=both("更正", "Corrected")))
    assert [texts(each, "title")[0] for each in entries(client, "/en/alerts/feed.atom")] == [
        "Corrected",
        "Title c",
        "Title b",
    ]


def test_a_feed_has_so_many_entries(client: Client, db, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    publish(*(document("alert", slug) for slug in ("a", "b", "c")))
    assert len(entries(client, "/alerts/feed.atom")) == len(entries(client, "/changes.atom")) == 2


def test_changes_are_the_rows_of_the_log(client: Client, db, settings):
    publish(document("visit", "a", title=both("甲", "First"), summary=both("摘要", "Summary")), document("menu"))
    publish(document("visit", "a", title=both("甲", "First"), change_note=both("更正", "Date corrected")))
    withdraw("visit:a", both("誤載", "Published by mistake"))
    found = entries(client, "/en/changes.atom")
    assert [said(each) for each in found] == [
        ("Withdrawn: First", ["Published by mistake"]),
        ("First (version 2)", ["Withdrawn since. Date corrected"]),
        ("Title one", []),
        ("First", ["Withdrawn since. Summary"]),
    ]
    pages = [links(each, "alternate") for each in found]
    assert pages[1] == [f"{settings.BASE_URL}/en/visits/a/versions/2/"]
    assert pages[0] == [f"{settings.BASE_URL}/api/v1/changes/?after=3&limit=1"]
    for (page, *_others), each in zip(pages, found, strict=True):
        assert client.get(page.removeprefix(settings.BASE_URL)).status_code == 200
        data = links(each, "alternate", "application/json") or [page]
        [row] = client.get(data[0].removeprefix(settings.BASE_URL)).json()["results"]
        assert texts(each, "id")[0].endswith(f":{row['uid']}/{row['version']}")
    assert [each.find(f"{NS}category[2]").get("term") for each in found] == ["withdraw", *["publish"] * 3]
    assert "撤回：甲" in client.get("/changes.atom").content.decode()


def test_a_withdrawn_record_is_in_the_changes_alone(client: Client, db):
    publish(document("visit", "a"), document("visit", "b"))
    withdraw("visit:a")
    assert [texts(each, "title")[0] for each in entries(client, "/en/visits/feed.atom")] == ["Title b"]
    assert len(entries(client, "/en/changes.atom")) == 3


def test_redacted_words_are_nowhere(client: Client, db):
    publish(document("visit", "a", title=both(SECRET, None), summary=both(SECRET, None)))
    [before] = entries(client, "/changes.atom")
    assert said(before) == (SECRET, [SECRET])
    withdraw("visit:a", both(SECRET, None))
    redact("visit:a")
    for address in ("/changes.atom", "/en/changes.atom", "/visits/feed.atom", "/en/visits/feed.atom"):
        assert SECRET not in client.get(address).content.decode()
    redaction, withdrawal, publication = entries(client, "/en/changes.atom")
    ground = "Personal Data Protection Act, Article 11 – Kaohsiung City Government – 2022-07-01"
    assert said(redaction) == ("Taken out by law: visit:a", [ground])
    assert said(withdrawal) == ("Withdrawn: visit:a", [])
    assert said(publication) == ("Taken out by law: visit:a", [])
    # Readers that have kept the words fetch the entry again.
    assert texts(publication, "id") == texts(before, "id")
    assert texts(publication, "updated") == texts(redaction, "updated") != texts(publication, "published")


def test_an_entry_without_english_says_its_language(client: Client, db):
    publish(document("visit", "a", title=both("只有中文", None)))
    assert [each.get(LANG) for each in entries(client, "/en/visits/feed.atom")] == ["zh-Hant"]
    assert [each.get(LANG) for each in entries(client, "/visits/feed.atom")] == [None]


def test_what_documents_hold_is_escaped(client: Client, db):
    publish(document("visit", "a", title=both("<b>甲</b> & \x0b乙", "]]><script>")))
    assert texts(entries(client, "/visits/feed.atom")[0], "title") == ["<b>甲</b> &  乙"]
    assert texts(entries(client, "/en/changes.atom")[0], "title") == ["]]><script>"]


def test_a_feed_that_the_reader_has_is_not_sent_again(client: Client, portal, django_assert_num_queries):
    first = client.get("/visits/feed.atom")
    assert first["Cache-Control"].startswith("public, max-age=0, s-maxage=30")
    assert first["Access-Control-Allow-Origin"] == "*"
    with django_assert_num_queries(1):
        again = client.get("/visits/feed.atom", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get("/visits/feed.atom", headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    publish(document("visit", "new"))
    assert client.get("/visits/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(("page", "feed"), [("/", "/changes.atom"), ("/visits/", "/visits/feed.atom")])
def test_pages_name_their_feed(client: Client, portal, prefix, page, feed):
    tree = parse_page(client.get(prefix + page).content.decode())
    named = [each for each in tree.iter("link") if each.get("type") == "application/atom+xml"]
    assert [each.get("href") for each in named] == [prefix + feed]
    assert named[0].get("title")
    assert prefix + feed in {each.get("href") for each in tree.iter("a")}


@pytest.mark.parametrize("address", ["/pages/feed.atom", "/menus/feed.atom", "/visits/a/feed.atom", "/feed.atom"])
def test_other_addresses_have_no_feed(client: Client, portal, address):
    assert client.get(address).status_code == 404


def test_a_city_has_a_feed_of_what_names_it(client: Client, db, settings):
    publish(document("city", "busan", title=both("釜山市", "Busan")), document("city", "daegu"))
    publish(
        document("visit", "a", cities=("city:busan",)),
        document("visit", "other", cities=("city:daegu",)),
        document("agreement", "b", cities=("city:busan", "city:daegu")),
    )
    found = entries(client, "/en/cities/busan/feed.atom")
    assert [texts(each, "title")[0] for each in found] == ["Title b", "Title a", "Busan"]
    assert [each.find(f"{NS}category").get("term") for each in found] == ["agreement", "visit", "city"]
    feed = parse(client.get("/cities/busan/feed.atom").content)
    assert texts(feed, "title")[0].startswith("釜山市—")
    assert links(feed, "alternate") == [f"{settings.BASE_URL}/cities/busan/"]
    withdraw("visit:a")
    assert len(entries(client, "/cities/busan/feed.atom")) == 2
    withdraw("city:busan")
    assert client.get("/cities/busan/feed.atom").status_code == 410
    for nothing in ("/cities/none/feed.atom", "/visits/a/feed.atom"):
        assert client.get(nothing).status_code == 404
