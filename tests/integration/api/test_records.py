"""Lists and single records: contents, languages, filters, pages, and how many queries they take."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from portal.publication.models import CurrentRecord
from portal.publication.types import LISTED
from tests.factories.documents import both, day, document, publish, redact, text_block, withdraw
from tests.factories.searching import bring_up

pytestmark = pytest.mark.django_db

MARCH = {"start": "2022-03-01", "end": "2022-03-31", "ongoing": False, "precision": "month"}


def uids(response) -> list[str]:
    assert response.status_code == 200, response.content
    return [record["uid"] for record in response.json()["results"]]


@pytest.fixture
def some():
    publish(
        document("city", "busan"),
        document("visit", "a", cities=("city:busan",), topics=["topic:education"], dates=day("2022-03-14")),
        document("visit", "b", dates=MARCH),
        document("visit", "undated"),
        document("works", "c", dates={"start": "2022-05-01", "end": None, "ongoing": True, "precision": "month"}),
        document("menu", "main"),
        document("banner", "hello"),
        document("page", "about", path="/about/"),
    )


def test_the_resources(client: Client):
    bring_up()
    resources = client.get("/api/v1/").json()
    for record_type in LISTED:
        assert resources[record_type.plural] == f"http://testserver/api/v1/{record_type.plural}/"
    for address in resources.values():
        assert client.get(address).status_code == 200, address


def test_order_and_selection(client: Client, some):
    listed = uids(client.get("/api/v1/records/"))
    assert listed[:3] == ["works:c", "visit:a", "visit:b"]
    assert set(listed[3:]) == {"city:busan", "visit:undated", "page:about"}
    assert uids(client.get("/api/v1/records/?sort=date"))[:3] == ["visit:b", "visit:a", "works:c"]
    assert uids(client.get("/api/v1/records/?type=menu")) == ["menu:main"]
    assert uids(client.get("/api/v1/records/?type=page")) == ["page:about"]
    assert uids(client.get("/api/v1/visits/?sort=date")) == ["visit:b", "visit:a", "visit:undated"]
    assert uids(client.get("/api/v1/records/?city=city:busan")) == ["visit:a"]
    assert uids(client.get("/api/v1/records/?city=city:atlantis")) == []
    assert uids(client.get("/api/v1/visits/?topic=topic:education")) == ["visit:a"]
    assert uids(client.get("/api/v1/records/?type=visit&from=2022-03-14&to=2022-03-14&sort=date")) == [
        "visit:b",
        "visit:a",
    ]
    for resource in (each.plural for each in LISTED):
        assert client.get(f"/api/v1/{resource}/").status_code == 200


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("from=111-03-15", {"visit:b", "works:c"}),
        ("from=民國111年4月", {"works:c"}),
        ("to=民國111年3月", {"visit:a", "visit:b"}),
        ("to=2022-03-13", {"visit:b"}),
        ("to=111年3月13日", {"visit:b"}),
        ("from=2022&to=2022", {"visit:a", "visit:b", "works:c"}),
        ("from=112", {"works:c"}),
        ("to=2021-12-31", set()),
    ],
)
def test_dates_of_queries(client: Client, some, written: str, found: set[str]):
    assert set(uids(client.get(f"/api/v1/records/?{written}"))) == found


def test_updated_since(client: Client, some):
    publish(document("visit", "b", dates=MARCH, title=both("改")))
    moment = client.get("/api/v1/records/visit:b/").json()["modified_at"]
    assert uids(client.get(f"/api/v1/records/?updated_since={moment}")) == ["visit:b"]
    assert len(uids(client.get("/api/v1/records/?updated_since=111-01-01"))) == 6
    assert uids(client.get("/api/v1/records/?updated_since=2999-01-01")) == []
    shifted = moment.replace("Z", "+00:00")
    assert uids(client.get(f"/api/v1/records/?updated_since={shifted}")) == ["visit:b"]
    assert uids(client.get("/api/v1/records/", {"updated_since": shifted})) == ["visit:b"]


def test_pages_forward_and_back(client: Client):
    publish(*(document("visit", f"v{number}", dates=day(f"2022-03-{number + 1:02}")) for number in range(5)))
    publish(document("visit", "undated"))
    query = "/api/v1/visits/?limit=2&lang=en&from=&to="
    assert client.get(query).status_code == 400
    address, pages = "/api/v1/visits/?limit=2&lang=en", []
    while address:
        pages.append(client.get(address).json())
        assert pages[-1]["count"] == 6
        address = pages[-1]["next"]
        if address:
            assert urlsplit(address)[:3] == ("http", "testserver", "/api/v1/visits/")
            assert "limit=2" in address and "lang=en" in address
    assert [len(page["results"]) for page in pages] == [2, 2, 2]
    assert pages[0]["previous"] is None
    assert client.get(pages[2]["previous"]).json()["results"] == pages[1]["results"]
    first = client.get(client.get(pages[2]["previous"]).json()["previous"]).json()
    assert (first["results"], first["previous"]) == (pages[0]["results"], None)


def test_languages(client: Client, some):
    publish(document("visit", "b", title=both("標題", None), translation={"en": {"title": "missing"}}))
    record = client.get("/api/v1/records/visit:b/").json()
    assert record["title"] == {"zh-Hant": "標題", "en": None}
    assert record["url"] == {"zh-Hant": "/visits/b/", "en": "/en/visits/b/"}
    assert record["url"]["zh-Hant"].isascii()
    english = client.get("/api/v1/records/visit:b/?lang=en").json()
    assert (english["title"], english["url"], english["translation"]) == (
        "標題",
        "/en/visits/b/",
        {"en": {"title": "missing"}},
    )
    assert client.get("/api/v1/records/visit:a/?lang=en").json()["place"] == "City Hall"
    assert client.get("/api/v1/records/visit:a/?lang=zh-Hant").json()["place"] == "市府"
    assert [each for each in client.get("/api/v1/visits/?lang=en").json()["results"] if each["uid"] == "visit:b"] == [
        english
    ]


def test_links_and_what_is_cited(client: Client):
    body = [
        text_block(
            '<p>見<a href="record:city:busan">釜山</a>與<a href="record:city:gone">某市</a></p>',
            '<p><a href="record:city:busan">Busan</a></p>',
        )
    ]
    publish(document("city", "busan"), document("visit", "a", body=body, cities=("city:busan",)))
    record = client.get("/api/v1/records/visit:a/").json()
    value = record["body"][0]["value"]
    assert value["zh-Hant"] == '<p>見<a href="/cities/busan/">釜山</a>與某市</p>'
    assert value["en"] == '<p><a href="/en/cities/busan/">Busan</a></p>'
    assert [each["uid"] for each in record["related"]] == ["city:busan"]
    tag = client.get("/api/v1/records/visit:a/")["ETag"]
    publish(document("city", "busan", path="/cities/pusan/"))
    moved = client.get("/api/v1/records/visit:a/", headers={"If-None-Match": tag})
    assert moved.json()["body"][0]["value"]["en"] == '<p><a href="/en/cities/pusan/">Busan</a></p>'
    derived = client.get("/api/v1/records/city:busan/").json()["derived"]
    assert derived["counts"]["visit"] == 1


def test_withdrawn(client: Client, some):
    row = withdraw("visit:a", both("下架的說明", "Why it was withdrawn"))
    for language, words in (("en", "was withdrawn"), ("zh-Hant", "已下架")):
        response = client.get(f"/api/v1/records/visit:a/?lang={language}")
        assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
        assert words in response.json()["detail"]
        tombstone = response.json()["tombstone"]
        assert tombstone["note"]["en"] == "Why it was withdrawn"
        assert (tombstone["uid"], tombstone["type"], tombstone["version"]) == ("visit:a", "visit", 2)
        assert tombstone["withdrawn_at"] == row.published_at
    assert "visit:a" not in uids(client.get("/api/v1/records/"))
    publish(document("visit", "a"))
    assert client.get("/api/v1/records/visit:a/").json()["version"] == 3


def test_redacted(client: Client, some):
    redact("visit:a")
    response = client.get("/api/v1/records/visit:a/?lang=en")
    assert (response.status_code, response["Content-Type"]) == (451, "application/problem+json")
    redaction = response.json()["redaction"]
    assert redaction["ground"]["en"] == "Personal Data Protection Act, Article 11"
    assert redaction["authority"]["zh-Hant"] == "高雄市政府"
    assert redaction["date"] == "2022-07-01"
    assert "標題 a" not in response.content.decode()
    assert "visit:a" not in uids(client.get("/api/v1/records/"))


def test_queries(client: Client, some, django_assert_max_num_queries):
    for address, most in (
        ("/api/v1/records/?limit=20", 4),
        ("/api/v1/records/?limit=1&city=city:busan&topic=topic:education&from=2022-03&to=2022-04", 4),
        ("/api/v1/records/visit:a/", 1),
        ("/api/v1/changes/?limit=200", 2),
        ("/api/v1/records/visit:a/versions/", 3),
        ("/api/v1/schemas/visit.1/", 0),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
    cursor = client.get("/api/v1/records/?limit=4").json()["next"]
    with django_assert_max_num_queries(4):
        assert client.get(cursor).status_code == 200


def test_stored_texts_go_out_as_they_are(client: Client, some):
    stored = CurrentRecord.objects.get(uid="visit:a")
    assert stored.ready.encode() in client.get("/api/v1/records/").content
    assert client.get("/api/v1/records/visit:a/?lang=en").content == stored.ready_en.encode()
