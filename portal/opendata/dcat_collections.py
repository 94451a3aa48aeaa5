"""A record collection in DCAT: named by its type (`Collection.uri`), its distributions by format below that (``#csv``).

A distribution is what its address gives at the time, as DCAT has it for datasets that are updated in place. So it has
no size and no checksum: those are in ``/api/v1/collections/`` with the very file that they are of.
"""

from rdflib import DCTERMS, Graph, URIRef

from portal.core.languages import CHINESE, ENGLISH
from portal.opendata.collected import Collection
from portal.opendata.collections import FORMATS, Format
from portal.opendata.dcat_parts import Label, add, add_dataset, add_distribution, moment
from portal.opendata.vocabularies import RECORD_FORMAT_LABELS


def add_collection(graph: Graph, collection: Collection) -> None:
    """The collection and its files."""
    this = URIRef(collection.uri)
    add_dataset(
        graph,
        this,
        identifier=collection.uid,
        title=collection.title,
        description=collection.description,
        issued=collection.issued,
        modified=collection.modified,
        frequency=collection.frequency,
        topics=collection.topics,
        path=collection.path,
    )
    for made in FORMATS.values():
        latest, distribution = made.latest(collection.record_type), URIRef(f"{this}#{made.code}")
        add_distribution(
            graph,
            this,
            distribution,
            title=_file_title(collection, made),
            access=latest,
            download=latest,
            issued=collection.issued,
            extension=made.extension,
            media_type=made.type,
            language=made.language,
        )
        add(graph, distribution, DCTERMS.modified, moment(collection.modified))


def _file_title(collection: Collection, made: Format) -> Label:
    label = RECORD_FORMAT_LABELS[made.code]
    return {
        CHINESE: f"{collection.title[CHINESE]}，{label[CHINESE]}",
        ENGLISH: f"{collection.title[ENGLISH]}, {label[ENGLISH]}",
    }
