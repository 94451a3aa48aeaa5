"""The catalogue as readers browse it, and the files on a dataset's page."""

import html
import json
import re

import pytest
from django.conf import settings
from django.test import Client

from portal.opendata import formats, making, renewal
from portal.site import opendata_queries
from tests.factories.datasets import dataset
from tests.factories.documents import UNDATED, both, document, publish, withdraw
from tests.validity import faults

MONTH = {"start": "2022-05-01", "end": "2022-05-31", "ongoing": False, "precision": "month"}


@pytest.fixture
def datasets(db) -> None:
    """Three datasets, of which the last has no files yet."""
    making.follow(
        publish(
            dataset(
                "headcount",
                title=both("臺灣員額", "Headcount"),
                summary=both("工友。", "Workers."),
                topics=["topic:personnel"],
                frequency="half-yearly",
                coverage=both("高雄市政府", "Kaohsiung City Government"),
                dates=MONTH,
            ),
            dataset("trips", title=both("車次", "Trips"), topics=["topic:vehicles", "topic:personnel"], dates=MONTH),
        )
    )
    publish(dataset("new", title=both("新的", "A new one"), topics=["topic:budget"]))


def everything(client: Client, query: str = "") -> list[str]:
    """The addresses of all that the English page lists."""
    page = client.get(f"/en/opendata/{query}").content.decode()
    assert faults(page, "en") == []
    return re.findall(r'<h3><a href="/en/([^"]+)"', page)


def shown(client: Client, query: str = "") -> list[str]:
    """The datasets of statistics on the English page."""
    listed = [address.split("/") for address in everything(client, query)]
    return [name for plural, name, *_rest in listed if plural == "datasets" and name]


def test_all_datasets_the_latest_first(client: Client, datasets):
    assert shown(client) == ["headcount", "trips", "new"]
    withdraw("dataset:trips")
    assert shown(client) == ["headcount", "new"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?topic=topic:personnel", ["headcount", "trips"]),
        ("?topic=topic:budget", ["new"]),
        ("?frequency=half-yearly", ["headcount"]),
        ("?format=ods", ["headcount", "trips"]),
        ("?format=ods&topic=topic:budget", []),
        ("?q=TRIP", ["trips"]),
        ("?q=台灣", ["headcount"]),
        ("?q=臨時人員", ["headcount", "trips", "new"]),
        ("?q=city+workers", ["headcount"]),
        ("?q=nothing+of+the+kind", []),
        ("?q=trips&topic=topic:budget", []),
        ("?something=else", ["headcount", "trips", "new"]),
        ("?page=2", []),
    ],
)
def test_filters(client: Client, datasets, query, found):
    assert shown(client, query) == found


@pytest.mark.parametrize(
    "query",
    ["?topic=topic:none", "?format=dbf", "?frequency=never", "?kind=visits", "?page=0", "?page=x", "?q=" + "x" * 101],
)
def test_what_cannot_be_meant_is_a_400_page(client: Client, datasets, query):
    response = client.get(f"/opendata/{query}")
    assert response.status_code == 400
    assert faults(response.content.decode(), "zh-Hant") == []


def test_offered_filters_count_what_they_leave(client: Client, datasets):
    page = client.get("/en/opendata/").content.decode()
    offered = re.findall(r'<li><a href="(/en/opendata/\?[^"]+)">[^<]*</a> <span class="note">(\d+)</span>', page)
    assert len(offered) > 8
    for address, count in offered:
        assert len(everything(client, html.unescape(address).removeprefix("/en/opendata/"))) == int(count), address


@pytest.fixture
def records(datasets) -> None:
    """Beside the datasets some records of other types."""
    publish(document("visit", "a"), document("visit", "b"), document("alert", "a"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["datasets/headcount/", "datasets/trips/", "datasets/new/", "visits/", "alerts/", "datasets/"]),
        ("?kind=records", ["visits/", "alerts/", "datasets/"]),
        ("?kind=statistics", ["datasets/headcount/", "datasets/trips/", "datasets/new/"]),
        ("?frequency=continuous", ["visits/", "alerts/", "datasets/"]),
        ("?topic=topic:consumer-protection", ["alerts/"]),
        ("?format=jsonl&kind=records&topic=topic:sister-cities", ["visits/"]),
        ("?format=ods", ["datasets/headcount/", "datasets/trips/"]),
        ("?q=訪問", ["visits/"]),
        ("?q=消費警訊", ["alerts/"]),
        # By the name of a column.
        ("?q=hazard", ["alerts/"]),
        ("?q=delegation&kind=statistics", []),
    ],
)
def test_records_are_listed_beside_the_statistics(client: Client, records, query, found):
    assert everything(client, query) == found


def test_what_is_said_of_a_collection(client: Client, records):
    page = client.get("/opendata/").content.decode()
    assert faults(page, "zh-Hant") == []
    section = page[page.index('id="records"') :]
    entry = section[: section.index('href="/alerts/"')]
    said = ("全部訪問", "來訪、出訪與線上會晤", "隨時更新", "2筆紀錄")
    assert [words for words in said if words not in entry] == []
    files = re.findall(r'<a href="(/data/collections/[^"]+)"', entry)
    assert files == [f"/data/collections/visits{ending}" for ending in (".jsonl", ".csv", "-zh-hant.csv")]
    renewal.renew()
    assert {client.get(address, follow=True).status_code for address in files} == {200}
    english = client.get("/en/opendata/?kind=records").content.decode()
    assert "/en/data/collections/visits-en.csv" in english
    assert "2 records" in english


def test_a_collection_counts_what_is_public_now(client: Client, records):
    withdraw("visit:a")
    assert "1 record<" in client.get("/en/opendata/?q=visits").content.decode()
    withdraw("visit:b")
    assert "0 records<" in client.get("/en/opendata/?q=visits").content.decode()


def test_page_by_page(client: Client, datasets, monkeypatch):
    monkeypatch.setattr("portal.site.opendata.LIMIT", 2)
    first = client.get("/opendata/").content.decode()
    assert 'rel="next" href="/opendata/?page=2"' in first
    assert 'rel="prev"' not in first
    second = client.get("/opendata/?page=2").content.decode()
    assert "/datasets/new/" in second
    assert 'rel="prev" href="/opendata/?page=1"' in second
    assert 'rel="next"' not in second


def test_words_are_not_kept_for_everybody(client: Client, datasets, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        response = client.get("/opendata/?q=員額")
    again = client.get("/opendata/?q=員額", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert opendata_queries.LONGEST_TEXT == 100


def test_what_an_entry_says(client: Client, datasets):
    page = client.get("/opendata/").content.decode()
    entry = page[page.index("/datasets/headcount/") : page.index("/datasets/trips/")]
    said = ("臺灣員額", "每半年", "高雄市政府", "分（滿分100）", "未訂檢核規則", "112年1月31日")
    assert [words for words in said if words not in entry] == []
    assert "政府資料開放授權條款－第1版" in page
    files = re.findall(r'<a href="(/media/[0-9a-f]{64}/[^"]+)"', entry)
    assert len(files) == 7
    assert all(client.get(address).status_code == 200 for address in files)
    assert 'href="/opendata/catalog.ttl"' in page
    assert "noindex" not in page
    assert "noindex" in client.get("/opendata/?topic=topic:personnel").content.decode()


def test_a_first_page_takes_the_same_queries_however_many_there_are(
    client: Client, datasets, django_assert_max_num_queries
):
    making.follow(publish(*(dataset(f"more-{number}") for number in range(12))))
    with django_assert_max_num_queries(7):
        client.get("/opendata/")


def downloads(page: str) -> list[tuple[str, str]]:
    """Address and SHA-256 of each file that a page lists."""
    return re.findall(r'<li><a href="(/media/[^"]+)" download="[^"]+">.*?<code title="([0-9a-f]{64})"', page)


def test_a_datasets_page_lists_its_files(client: Client, datasets):
    page = client.get("/datasets/headcount/").content.decode()
    assert faults(page, "zh-Hant") == []
    listed = {
        each["url"].removeprefix("http://testserver"): each["sha256"]
        for each in client.get("/api/v1/datasets/dataset:headcount/distributions/").json()["results"]
    }
    assert dict(downloads(page)) == listed
    assert len(listed) == len(formats.FORMATS)
    assert 'href="/opendata/datasets/headcount/dcat.ttl"' in page


def test_the_files_come_to_the_page_when_they_are_made(client: Client, db):
    rows = publish(dataset())
    before = client.get("/en/datasets/headcount/")
    assert "The files are being made" in before.content.decode()
    making.follow(rows)
    after = client.get("/en/datasets/headcount/", headers={"if-none-match": before["ETag"]})
    assert len(downloads(after.content.decode())) == len(formats.FORMATS)
    publish(dataset(dates=dict(UNDATED), title=both("新", "New")))
    page = client.get("/en/datasets/headcount/").content.decode()
    assert "These are of version 1." in page
    assert downloads(page) == downloads(after.content.decode())


def test_an_old_version_has_its_own_files(client: Client, datasets):
    first = downloads(client.get("/datasets/headcount/").content.decode())
    making.follow(publish(dataset("headcount", title=both("新", "New"))))
    old = client.get("/datasets/headcount/versions/1/").content.decode()
    assert downloads(old) == first
    assert "application/ld+json" not in old
    assert downloads(client.get("/datasets/headcount/").content.decode()) != first


def test_what_is_left_out_for_its_size_is_said(client: Client, db, monkeypatch):
    monkeypatch.setattr(
        formats, "offered", lambda rows: [each for each in formats.FORMATS.values() if each.most_rows is None]
    )
    making.follow(publish(dataset()))
    assert "ODS, XLSX are left out" in client.get("/en/datasets/headcount/").content.decode()


def test_search_engines_are_told_in_schema_orgs_words(client: Client, db):
    hostile = both("</script><script>alert(1)</script>&", "<!--<script>")
    making.follow(
        publish(dataset(title=hostile, dates=MONTH, coverage=both("高雄", "Kaohsiung"), topics=["topic:personnel"]))
    )
    page = client.get("/en/datasets/headcount/").content.decode()
    assert faults(page, "en") == []
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    [block] = [each for each in blocks if json.loads(each).get("@type") == "Dataset"]
    told = json.loads(block)
    assert (told["@type"], told["name"], told["alternateName"]) == ("Dataset", hostile["en"], hostile["zh-Hant"])
    assert told["@id"] == f"{settings.BASE_URL}/opendata/datasets/headcount/"
    assert told["temporalCoverage"] == "2022-05-01/2022-05-31"
    assert told["spatialCoverage"] == {"@type": "Place", "name": "Kaohsiung"}
    assert told["license"] == "https://data.gov.tw/license"
    assert told["creator"]["name"] == settings.PORTAL_IDENTITY["department"]["en"]
    assert {each["name"]: each["unitText"] for each in told["variableMeasured"]} == {"Headcount": "people", "Rate": "%"}
    assert [each["encodingFormat"] for each in told["distribution"]][0] == "text/csv"
    content = b"".join(client.get(told["distribution"][0]["contentUrl"].removeprefix(settings.BASE_URL)))
    assert told["distribution"][0]["contentSize"] == f"{len(content)} B"


def test_what_the_national_platform_takes(client: Client, datasets):
    told = client.get("/opendata/datasets/headcount/data.gov.tw.json").json()
    assert told["success"] is True
    found = told["result"]
    assert found in client.get("/opendata/data.gov.tw.json").json()["result"]
    assert (found["identifier"], found["title"], found["en"]["title"]) == ("dataset:headcount", "臺灣員額", "Headcount")
    assert (found["license"], found["cost"], found["type"]) == ("1", "free", "rawData")
    assert found["updateFrequency"] == {"regularupdate": "1", "Frequency": "6", "unittime": "月"}
    assert (found["coverageStartedDate"], found["coverageEndedDate"]) == ("2022-05-01", "2022-05-31")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", found["modifiedDate"])
    assert found["keyword"] == ["人事"]
    assert found["relatedUrl"] == f"{settings.BASE_URL}/datasets/headcount/"
    assert len(found["distribution"]) == len(formats.FORMATS) - 1
    for each in found["distribution"]:
        assert each["resourceCharacterEncoding"] == "UTF-8"
        response = client.get(each["resourceDownloadUrl"].removeprefix(settings.BASE_URL))
        content = b"".join(response)
        assert response.status_code == 200
        assert all(field["name"] and field["description"] for field in each["resourceField"])
        names = [field["name"] for field in each["resourceField"]]
        if each["resourceFormat"] == "CSV":
            assert content.decode("utf-8-sig").partition("\n")[0].split(",") == names
        if each["resourceID"].endswith("-jsonl"):
            assert list(json.loads(content.partition(b"\n")[0])) == names
    described = {field["name"]: field["description"] for field in found["distribution"][0]["resourceField"]}
    assert described["staff"] == "類別：workers 工友、temporary 臨時人員"


@pytest.mark.parametrize(
    ("frequency", "written"),
    [
        ("monthly", ("1", "1", "月")),
        ("quarterly", ("1", "3", "月")),
        ("yearly", ("1", "1", "年")),
        ("irregular", ("0", "", "")),
        ("once", ("0", "", "")),
    ],
)
def test_frequencies_as_the_platform_writes_them(client: Client, db, frequency, written):
    publish(dataset(frequency=frequency))
    found = client.get("/opendata/datasets/headcount/data.gov.tw.json").json()["result"]["updateFrequency"]
    assert tuple(found.values()) == written
