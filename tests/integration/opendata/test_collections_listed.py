"""Record collections as datasets of the catalogues: what is said of them, to whom, and that it is true."""

import json
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef

from portal.opendata import collections, renewal
from portal.opendata.rdf import SPDX
from portal.publication.types import LISTED
from tests.factories.documents import both, document, publish, redact, withdraw
from tests.integration.opendata.downloads import content

pytestmark = pytest.mark.django_db

VISITS = f"{settings.BASE_URL}/opendata/collections/visits/"
HAN = "\u4e00"


def graph(client: Client, address: str = "/opendata/catalog.ttl") -> Graph:
    return Graph().parse(data=client.get(address).content, format="turtle")


def national(client: Client, plural: str = "visits") -> dict:
    """What the national platform takes of a collection."""
    return client.get(f"/opendata/collections/{plural}/data.gov.tw.json").json()["result"]


def listed(client: Client) -> list[str]:
    """The collections in the national platform's list."""
    found = client.get("/opendata/data.gov.tw.json").json()["result"]
    return [each["identifier"] for each in found if each["identifier"].startswith("collection:")]


def test_what_the_catalogue_says_of_a_collection(client: Client, published):
    found, this = graph(client), URIRef(VISITS)
    [catalogue] = found.subjects(RDF.type, DCAT.Catalog)
    assert (catalogue, DCAT.dataset, this) in found
    assert set(found.objects(this, DCTERMS.title)) == {
        Literal("全部訪問", lang="zh-Hant"),
        Literal("All visits", lang="en"),
    }
    assert {each.language for each in found.objects(this, DCTERMS.description)} == {"zh-Hant", "en"}
    assert str(found.value(this, DCTERMS.accrualPeriodicity)).endswith("/frequency/UPDATE_CONT")
    assert str(found.value(this, DCTERMS.license)) == "https://data.gov.tw/license"
    assert found.value(this, DCTERMS.publisher) is not None
    assert set(map(str, found.objects(this, DCAT.landingPage))) == {
        f"{settings.BASE_URL}/visits/",
        f"{settings.BASE_URL}/en/visits/",
    }
    assert Literal("Sister and friendship cities", lang="en") in found.objects(this, DCAT.keyword)
    files = list(found.objects(this, DCAT.distribution))
    assert {str(found.value(each, DCAT.accessURL)) for each in files} == {
        f"{settings.BASE_URL}/data/collections/visits{ending}"
        for ending in (".jsonl", ".csv", "-zh-hant.csv", "-en.csv")
    }
    # They change in place, so nothing is said of what they were at some time.
    assert all(found.value(each, SPDX.checksum) is None for each in files)


def test_when_a_collection_was_first_filled_and_last_changed(client: Client, published):
    def moments() -> tuple[datetime, datetime]:
        found = graph(client)
        issued, modified = (found.value(URIRef(VISITS), each).toPython() for each in (DCTERMS.issued, DCTERMS.modified))
        [catalogue] = found.subjects(RDF.type, DCAT.Catalog)
        assert found.value(catalogue, DCTERMS.modified).toPython() >= modified
        return issued, modified

    first = moments()
    assert first[0].isoformat() == client.get("/api/v1/records/visit:a/").json()["published_at"].replace("Z", "+00:00")
    publish(document("exhibit", "b"))
    assert moments() == first
    # Visits show the names of their cities.
    publish(document("city", "sydney", title=both("雪梨市", "City of Sydney")))
    renamed = moments()
    assert (renamed[0], renamed[1] > first[1]) == (first[0], True)
    withdraw("visit:b")
    assert moments()[1] > renamed[1]


def test_a_collection_is_listed_from_its_first_record_on(client: Client, db):
    assert listed(client) == []
    assert client.get("/opendata/collections/visits/").status_code == 404
    publish(document("visit", "a"), document("banner", "a"), document("page", "a"))
    assert listed(client) == ["collection:visits"]
    assert national(client)["distribution"][0]["resourceAmount"] == "1"
    withdraw("visit:a")
    assert listed(client) == ["collection:visits"]
    assert national(client)["distribution"][0]["resourceAmount"] == "0"
    renewal.renew()
    assert content(client, "/data/collections/visits.jsonl") == b""


def test_no_words_of_a_record_are_in_a_catalogue_through_its_collection(client: Client, db):
    publish(document("visit", "gone", title=both("祕密", "Secret")), document("visit", "taken", title=both("祕密")))
    withdraw("visit:gone")
    redact("visit:taken")
    for name in ("catalog.ttl", "catalog.jsonld", "data.gov.tw.json", "collections/visits/dcat.ttl"):
        assert "祕密" not in client.get(f"/opendata/{name}").content.decode(), name


def test_their_descriptions_do_not_wait_for_their_files(client: Client, published):
    before = client.get("/opendata/catalog.ttl").content
    renewal.renew()
    caches["pages"].clear()
    assert client.get("/opendata/catalog.ttl").content == before


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html,*/*;q=0.8", "/visits/"),
        ("text/turtle", "/opendata/collections/visits/dcat.ttl"),
        ("application/ld+json", "/opendata/collections/visits/dcat.jsonld"),
    ],
)
def test_the_identifier_leads_to_what_is_asked_for(client: Client, published, accept, place):
    response = client.get("/opendata/collections/visits/", headers={"accept": accept})
    assert (response.status_code, response["Location"], response["Vary"]) == (303, place, "Accept")
    assert client.get(place).status_code == 200


@pytest.mark.parametrize("name", ["menus", "pages", "visit", "none"])
def test_what_is_no_collection_is_not_found(client: Client, published, name):
    for document_name in ("", "dcat.ttl", "dcat.jsonld", "data.gov.tw.json"):
        assert client.get(f"/opendata/collections/{name}/{document_name}").status_code == 404


def test_both_forms_say_the_same(client: Client, published):
    turtle = graph(client, "/opendata/collections/visits/dcat.ttl")
    written = client.get("/opendata/collections/visits/dcat.jsonld").content
    assert set(Graph().parse(data=written, format="json-ld")) == set(turtle)
    assert len(list(turtle.subjects(RDF.type, DCAT.Dataset))) == 1


def test_what_the_national_platform_takes(client: Client, published):
    found = national(client)
    assert found in client.get("/opendata/data.gov.tw.json").json()["result"]
    assert (found["identifier"], found["title"], found["en"]["title"]) == (
        "collection:visits",
        "全部訪問",
        "All visits",
    )
    assert tuple(found["updateFrequency"].values()) == ("0", "", "")
    assert found["relatedUrl"] == f"{settings.BASE_URL}/visits/"
    assert found["keyword"] == ["姊妹市及友好城市"]
    assert {each["resourceAmount"] for each in found["distribution"]} == {"2"}
    assert [each["resourceFormat"] for each in found["distribution"]] == ["JSON", "CSV", "CSV", "CSV"]


@pytest.mark.parametrize("kind", LISTED, ids=[kind.code for kind in LISTED])
def test_the_fields_that_are_described_are_those_of_the_files(client: Client, published, kind):
    renewal.renew()
    files = national(client, kind.plural)["distribution"]
    assert len(files) == len(collections.FORMATS)
    for each in files:
        held = content(client, each["resourceDownloadUrl"].removeprefix(settings.BASE_URL)).decode("utf-8-sig")
        names = [field["name"] for field in each["resourceField"]]
        line = held.partition("\n")[0]
        assert (line.split(",") if each["resourceFormat"] == "CSV" else list(json.loads(line))) == names
        # Every one is described in Chinese, and none by its own name.
        assert [field["name"] for field in each["resourceField"] if not _is_chinese(field["description"])] == []


def _is_chinese(words: str) -> bool:
    return any(character >= HAN for character in words)


def test_codes_are_named_where_a_file_has_codes(client: Client, published):
    described = {field["name"]: field["description"] for field in national(client)["distribution"][1]["resourceField"]}
    assert described["direction"] == "往來方向：inbound 來訪、outbound 出訪、online 線上會晤"
    assert described["title_en"] == "標題（英文）"
    assert described["published_at"] == "首次發布（UTC）"
