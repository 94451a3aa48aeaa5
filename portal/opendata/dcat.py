"""The catalogue of all public datasets in DCAT 3, as DCAT-AP 3 wants it: the statistics, and the record collections."""

from collections.abc import Mapping, Sequence

from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, URIRef

from portal.core.languages import CHINESE, ENGLISH
from portal.opendata import vocabularies
from portal.opendata.collected import Collection
from portal.opendata.dcat_collections import add_collection
from portal.opendata.dcat_parts import absolute, add, add_shared, moment, of_portal
from portal.opendata.dcat_statistics import add_entry
from portal.opendata.entries import Entry
from portal.opendata.publisher import publisher
from portal.opendata.rdf import empty_graph, texts

_TITLE = {CHINESE: "開放資料目錄", ENGLISH: "Open data catalogue"}
_DESCRIPTION = {
    CHINESE: "本站發布的統計資料集與各類紀錄，附檔案、出處與授權。",
    ENGLISH: "The statistics and the records published here, with their files, their sources and their licence.",
}
_SERVICE = {CHINESE: "公開紀錄API", ENGLISH: "API of the public record"}


def catalogue(entries: Sequence[Entry], collections: Sequence[Collection]) -> Graph:
    """The catalogue with every dataset in it: these of statistics, and these record collections, which say between them
    when anything in it changed, since the descriptions of the statistics are one of them.
    """
    graph = empty_graph()
    add_shared(graph)
    this, page = of_portal("catalog"), absolute("/opendata/")
    add(graph, this, RDF.type, DCAT.Catalog)
    add(graph, this, DCTERMS.title, *texts(_named(_TITLE)))
    add(graph, this, DCTERMS.description, *texts(_DESCRIPTION))
    add(graph, this, DCTERMS.publisher, of_portal("publisher"))
    add(graph, this, DCTERMS.language, *map(URIRef, vocabularies.LANGUAGE_URIS.values()))
    add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    add(graph, this, DCTERMS.rights, of_portal("rights"))
    add(graph, this, FOAF.homepage, page)
    add(graph, page, RDF.type, FOAF.Document)
    add(graph, this, DCAT.themeTaxonomy, of_portal("topics"), URIRef(vocabularies.THEMES))
    if collections:
        add(graph, this, DCTERMS.issued, moment(min(each.issued for each in collections)))
        add(graph, this, DCTERMS.modified, moment(max(each.modified for each in collections)))
    datasets = [URIRef(each.uri) for each in entries] + [URIRef(each.uri) for each in collections]
    add(graph, this, DCAT.dataset, *datasets)
    _service(graph, this, datasets)
    for entry in entries:
        add_entry(graph, entry)
    for collection in collections:
        add_collection(graph, collection)
    return graph


def dataset(entry: Entry) -> Graph:
    """One dataset of statistics, with all that it refers to."""
    graph = empty_graph()
    add_shared(graph)
    add_entry(graph, entry)
    return graph


def records(collection: Collection) -> Graph:
    """One record collection, with all that it refers to."""
    graph = empty_graph()
    add_shared(graph)
    add_collection(graph, collection)
    return graph


def _service(graph: Graph, owner: URIRef, datasets: Sequence[URIRef]) -> None:
    """The API that serves the datasets."""
    this = of_portal("api")
    add(graph, owner, DCAT.service, this)
    add(graph, this, RDF.type, DCAT.DataService)
    add(graph, this, DCTERMS.title, *texts(_SERVICE))
    add(graph, this, DCAT.endpointURL, absolute("/api/v1/"))
    add(graph, this, DCAT.endpointDescription, absolute("/api/schema/"))
    add(graph, this, DCTERMS.publisher, of_portal("publisher"))
    add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    add(graph, this, DCAT.contactPoint, of_portal("contact"))
    add(graph, this, DCAT.servesDataset, *datasets)


def _named(title: Mapping[str, str]) -> dict[str, str]:
    """A title with the department's name before it."""
    department = publisher().department
    return {
        CHINESE: f"{department[CHINESE]}{title[CHINESE]}",
        ENGLISH: f"{title[ENGLISH]} of the {department[ENGLISH]}",
    }
