"""The catalogues' addresses: what is in them, how they are served, how many queries they take, what makes them new."""

import json
import os
import subprocess
import sys
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef

from portal.opendata import making, rdf
from portal.opendata.rdf import ADMS, VERSION
from portal.publication.models import Head
from tests.factories.datasets import dataset
from tests.factories.documents import both, publish, redact, withdraw
from tests.following import database

CATALOGUES = ("/opendata/catalog.ttl", "/opendata/catalog.jsonld", "/opendata/data.gov.tw.json")
NAMED = "/opendata/datasets/headcount/"
DOCUMENTS = tuple(NAMED + name for name in ("dcat.ttl", "dcat.jsonld", "data.gov.tw.json"))
MONTH = {"start": "2022-05-01", "end": "2022-05-31", "ongoing": False, "precision": "month"}


def made(*documents: dict) -> None:
    making.follow(publish(*documents))


@pytest.fixture
def published(db) -> None:
    """A dataset whose files are made, in its second version."""
    publish(dataset())
    made(
        dataset(
            title=both("員額", "Headcount"),
            summary=both("工友與臨時人員。", "Workers and temporary staff."),
            dates=MONTH,
            topics=["topic:personnel"],
            coverage=both("高雄市政府", "Kaohsiung City Government"),
            frequency="half-yearly",
            change_note=both("更正數字。", "A figure was corrected."),
        )
    )


def graph(client: Client, address: str = "/opendata/catalog.ttl") -> Graph:
    return Graph().parse(data=client.get(address).content, format="turtle")


def test_what_the_catalogue_says_of_a_dataset(client: Client, published):
    found = graph(client)
    this = URIRef(f"{settings.BASE_URL}{NAMED}")
    assert set(found.objects(this, DCTERMS.title)) == {Literal("員額", lang="zh-Hant"), Literal("Headcount", lang="en")}
    assert found.value(this, DCTERMS.identifier).toPython() == "dataset:headcount"
    assert str(found.value(this, VERSION)) == "2"
    assert Literal("A figure was corrected.", lang="en") in found.objects(this, ADMS.versionNotes)
    assert str(found.value(this, DCTERMS.accrualPeriodicity)).endswith("/frequency/ANNUAL_2")
    assert str(found.value(this, DCTERMS.license)) == "https://data.gov.tw/license"
    period = found.value(this, DCTERMS.temporal)
    assert str(found.value(period, DCAT.startDate)) == "2022-05-01"
    assert set(map(str, found.objects(this, DCAT.landingPage))) == {
        f"{settings.BASE_URL}/datasets/headcount/",
        f"{settings.BASE_URL}/en/datasets/headcount/",
    }
    assert Literal("Personnel", lang="en") in found.objects(this, DCAT.keyword)
    publisher = found.value(this, DCTERMS.publisher)
    assert {str(name) for name in found.objects(publisher, URIRef("http://xmlns.com/foaf/0.1/name"))} == set(
        settings.PORTAL_IDENTITY["department"].values()
    )
    issued, modified = (found.value(this, each).toPython() for each in (DCTERMS.issued, DCTERMS.modified))
    listed = client.get("/api/v1/records/dataset:headcount/").json()
    assert (issued, modified) == tuple(map(datetime.fromisoformat, (listed["published_at"], listed["modified_at"])))
    assert issued < modified


def test_the_csv_leads_to_what_its_columns_mean(client: Client, published):
    found = graph(client)
    this = URIRef(f"{settings.BASE_URL}{NAMED}")
    described = found.value(URIRef(f"{this}#v2-csv"), DCTERMS.conformsTo)
    assert described == found.value(URIRef(f"{this}#v2-csvw"), DCAT.downloadURL)


@pytest.mark.parametrize("address", CATALOGUES + DOCUMENTS)
def test_how_they_are_served(client: Client, published, address, django_assert_num_queries):
    first = client.get(address)
    types = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json", "json": "application/json"}
    assert first["Content-Type"] == types[address.rpartition(".")[2]]
    assert first["Cache-Control"].startswith("public, max-age=0, s-maxage=30")
    assert first["Access-Control-Allow-Origin"] == "*"
    with django_assert_num_queries(1):
        again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.head(address)["ETag"] == first["ETag"]
    since = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", CATALOGUES)
def test_however_many_datasets_the_queries_are_the_same(client: Client, published, address):
    numbers = []
    for count in (1, 8):
        if count > 1:
            made(*(dataset(f"other-{number}") for number in range(count)))
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 6


def test_what_is_not_public_is_in_none_of_them(client: Client, published):
    made(dataset("gone"), dataset("taken"))
    assert b"other-title" not in client.get(CATALOGUES[0]).content
    withdraw("dataset:gone", both("撤回", "Withdrawn for a reason"))
    redact("dataset:taken")
    for address in CATALOGUES:
        content = client.get(address).content.decode()
        assert "datasets/headcount" in content
        assert "datasets/gone" not in content
        assert "datasets/taken" not in content
    for name, status in (("gone", 410), ("taken", 451), ("never", 404)):
        for document in ("", "dcat.ttl", "dcat.jsonld", "data.gov.tw.json"):
            assert client.get(f"/opendata/datasets/{name}/{document}").status_code == status, (name, document)
    assert "Withdrawn" not in client.get("/opendata/datasets/gone/dcat.ttl").content.decode()


def test_the_catalogue_changes_when_a_dataset_goes(client: Client, published):
    def modified() -> str:
        found = graph(client)
        [catalogue] = found.subjects(RDF.type, DCAT.Catalog)
        return str(found.value(catalogue, DCTERMS.modified))

    before = modified()
    withdraw("dataset:headcount")
    assert modified() > before


def test_nothing_published_is_an_empty_catalogue(client: Client, db):
    found = graph(client)
    assert len(list(found.subjects(RDF.type, DCAT.Catalog))) == 1
    assert list(found.subjects(RDF.type, DCAT.Dataset)) == []
    assert client.get("/opendata/data.gov.tw.json").json()["result"] == []
    assert client.get("/opendata/").status_code == 200


def test_while_files_are_made_those_of_the_version_before_are_listed(client: Client, published):
    publish(dataset(title=both("員額", "Headcount")))
    found = graph(client, DOCUMENTS[0])
    this = URIRef(f"{settings.BASE_URL}{NAMED}")
    assert str(found.value(this, VERSION)) == "3"
    assert all("#v2-" in str(each) for each in found.objects(this, DCAT.distribution))


def test_once_files_are_made_nothing_goes_on_without_them(client: Client, db):
    rows = publish(dataset())
    before, stamp = client.get(DOCUMENTS[0]), Head.objects.get().stamp
    assert b"downloadURL" not in before.content
    making.follow(rows)
    assert Head.objects.get().stamp != stamp
    assert b"downloadURL" in client.get(DOCUMENTS[0], headers={"if-none-match": before["ETag"]}).content
    stamp = Head.objects.get().stamp
    making.follow(rows)
    assert Head.objects.get().stamp == stamp


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/datasets/headcount/"),
        ("*/*", "/datasets/headcount/"),
        ("text/turtle", f"{NAMED}dcat.ttl"),
        ("application/ld+json, text/html;q=0.5", f"{NAMED}dcat.jsonld"),
        ("image/png", "/datasets/headcount/"),
    ],
)
def test_the_identifier_leads_to_what_is_asked_for(client: Client, published, accept, place):
    response = client.get(NAMED, headers={"accept": accept})
    assert (response.status_code, response["Location"], response["Vary"]) == (303, place, "Accept")


_HASHING = """
import django; django.setup()
from portal.opendata import dcat, rdf
from portal.opendata.collected import collected
from portal.opendata.entries import entries
import hashlib
graph = dcat.catalogue(entries(), collected())
print(hashlib.sha256(rdf.turtle(graph) + rdf.json_ld(graph)).hexdigest())
"""


@pytest.mark.django_db(transaction=True)
def test_the_same_state_gives_the_same_bytes_in_every_process():
    made(dataset(topics=["topic:personnel", "topic:budget"]), dataset("other"))
    environment = {"DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_ENV": "test", "DATABASE_URL": database()}
    digests = {
        subprocess.run(
            [sys.executable, "-c", _HASHING],
            cwd=settings.BASE_DIR,
            env=os.environ | environment | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1


def test_json_ld_keeps_what_turtle_keeps(client: Client, published):
    written = json.loads(client.get(DOCUMENTS[1]).content)
    assert [node["@id"] for node in written["@graph"]] == sorted(node["@id"] for node in written["@graph"])
    assert set(Graph().parse(data=json.dumps(written), format="json-ld")) == set(graph(client, DOCUMENTS[0]))
    assert rdf.json_ld(rdf.empty_graph()).endswith(b"\n")
