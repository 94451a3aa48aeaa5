"""The catalogue as others take it: DCAT-AP's own shapes, and a harvester that knows nothing but DCAT."""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import pyshacl
import pytest
from django.conf import settings
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, Namespace, URIRef

from portal.opendata import making, renewal
from portal.publication.types import LISTED
from tests.factories.datasets import dataset
from tests.factories.documents import publish
from tests.factories.seeded import publish_seed

SHAPES = Path(__file__).parent / "shapes" / "dcat-ap-3.0.0.jsonld"
SPDX = Namespace("http://spdx.org/rdf/terms#")

pytestmark = pytest.mark.django_db


COLLECTIONS = [f"collection:{kind.plural}" for kind in LISTED]


@pytest.fixture
def uids() -> list[str]:
    """The datasets of statistics of the portal's own content, with their files; those of all records are there too."""
    found = publish_seed()
    renewal.renew()
    return found


def fetch(client: Client, address: str) -> Graph:
    """The graph at an address, by what the answer says that it is."""
    response = client.get(urlsplit(address).path)
    assert response.status_code == 200, address
    return Graph().parse(data=response.content, format=response["Content-Type"].partition(";")[0])


def problems(graph: Graph) -> list[str]:
    """What DCAT-AP holds against a graph. The graph says itself what class everything in it has, so that no vocabulary
    has to be loaded; that everything is an ``rdfs:Resource`` is RDFS's own rule.
    """
    shapes = Graph().parse(SHAPES, format="json-ld")
    _conforms, report, _text = pyshacl.validate(graph, shacl_graph=shapes, inference="rdfs")
    return [
        f"{report.value(result, SH.focusNode)} {report.value(result, SH.resultPath)}: "
        f"{report.value(result, SH.resultMessage)}"
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]


def test_the_catalogue_of_the_report(client: Client, uids: list[str], subtests: pytest.Subtests):
    """One test for all of it: seeding takes a while, and who reads the catalogue changes nothing."""
    for check in (
        conforms_to_dcat_ap_and_so_does_each_dataset,
        lets_a_harvester_find_download_and_check_every_distribution,
    ):
        with subtests.test(check.__name__):
            check(client, uids)


def conforms_to_dcat_ap_and_so_does_each_dataset(client: Client, uids: list[str]) -> None:
    """The catalogue does, and is the same in both formats."""
    graph = fetch(client, "/opendata/catalog.ttl")
    assert problems(graph) == []
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == len(uids) + len(COLLECTIONS)
    # Without blank nodes two graphs can be compared as sets.
    assert all(isinstance(subject, URIRef) for subject in graph.subjects())
    assert set(graph) == set(fetch(client, "/opendata/catalog.jsonld"))
    for uid in [*uids, *COLLECTIONS]:
        sort, _colon, name = uid.partition(":")
        alone = fetch(client, f"/opendata/{sort}s/{name}/dcat.ttl")
        assert set(alone) < set(graph), uid
        assert set(alone) == set(fetch(client, f"/opendata/{sort}s/{name}/dcat.jsonld")), uid
        if uid in (uids[-1], COLLECTIONS[0]):
            assert problems(alone) == []


def test_the_shapes_do_find_what_is_wrong(client: Client, db):
    making.follow(publish(dataset()))
    graph = fetch(client, "/opendata/catalog.ttl")
    assert problems(graph) == []
    distribution = next(graph.subjects(RDF.type, DCAT.Distribution))
    graph.remove((distribution, DCAT.accessURL, None))
    described = next(graph.subjects(RDF.type, DCAT.Dataset))
    graph.remove((described, DCTERMS.title, None))
    graph.remove((URIRef("https://data.gov.tw/license"), RDF.type, None))
    found = problems(graph)
    for node, predicate in ((distribution, "accessURL"), (described, "title"), (distribution, "license")):
        assert any(each.startswith(str(node)) and predicate in each for each in found), predicate


def lets_a_harvester_find_download_and_check_every_distribution(client: Client, uids: list[str]) -> None:
    """One that knows DCAT, Dublin Core and SPDX, and where the catalogue is."""
    graph = fetch(client, f"{settings.BASE_URL}/opendata/catalog.ttl")
    [catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
    found, checked, current = set(), 0, 0
    for listed in graph.objects(catalogue, DCAT.dataset):
        found.add(str(graph.value(listed, DCTERMS.identifier)))
        assert {title.language for title in graph.objects(listed, DCTERMS.title)} == {"zh-Hant", "en"}
        distributions = list(graph.objects(listed, DCAT.distribution))
        assert distributions, listed
        for distribution in distributions:
            address = urlsplit(str(graph.value(distribution, DCAT.downloadURL)))
            assert f"{address.scheme}://{address.netloc}" == settings.BASE_URL
            response = client.get(address.path, follow=True)
            content = b"".join(response)
            assert response.status_code == 200, address
            assert content, address
            media_type = graph.value(distribution, DCAT.mediaType)
            if media_type is not None:
                assert str(media_type).endswith("/" + response["Content-Type"].partition(";")[0])
            latest = client.get(urlsplit(str(graph.value(distribution, DCAT.accessURL))).path)
            reached = response.redirect_chain[-1][0] if response.redirect_chain else address.path
            assert urlsplit(latest["Location"]).path == reached
            checksum = graph.value(distribution, SPDX.checksum)
            if checksum is None:
                # What is updated in place says how often, and nothing of what it was at some time.
                assert str(graph.value(listed, DCTERMS.accrualPeriodicity)).endswith("/UPDATE_CONT")
                assert graph.value(distribution, DCAT.byteSize) is None
                current += 1
                continue
            assert len(content) == graph.value(distribution, DCAT.byteSize).toPython()
            assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
            assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
            checked += 1
    assert found == {*uids, *COLLECTIONS}
    assert (checked, current) == (11 * len(uids), 4 * len(COLLECTIONS))
