"""A dataset of statistics in DCAT: named by its uid (`Entry.uri`), its distributions by version and format below that
(``#v1-csv``).
"""

from collections.abc import Mapping
from typing import Any

from rdflib import DCAT, DCTERMS, RDF, SKOS, XSD, Graph, Literal, URIRef

from portal.core.languages import CHINESE, ENGLISH
from portal.opendata import vocabularies
from portal.opendata.dcat_parts import absolute, add, add_dataset, add_distribution
from portal.opendata.distributions import File
from portal.opendata.entries import Entry
from portal.opendata.rdf import ADMS, SPDX, VERSION, texts, typed

_TABULAR_METADATA = URIRef("https://www.w3.org/TR/tabular-metadata/")


def add_entry(graph: Graph, entry: Entry) -> None:
    """The dataset and the files of its latest version that has any."""
    record, this = entry.record, URIRef(entry.uri)
    add_dataset(
        graph,
        this,
        identifier=entry.uid,
        title=record["title"],
        description=record["summary"] or record["title"],
        issued=record["published_at"],
        modified=record["modified_at"],
        frequency=entry.frequency,
        topics=entry.topics,
        path=record["url"][CHINESE],
    )
    add(graph, this, VERSION, Literal(str(record["version"])))
    add(graph, this, ADMS.versionNotes, *texts(record["change_note"]))
    _extent(graph, this, record)
    described = next((file for file in entry.files if file.format.code == "csvw"), None)
    for file in entry.files:
        _file(graph, this, entry, file, described)


def _file(graph: Graph, owner: URIRef, entry: Entry, file: File, described: File | None) -> None:
    made, this = file.format, URIRef(f"{owner}#v{file.version}-{file.format.code}")
    add_distribution(
        graph,
        owner,
        this,
        title=_file_title(entry, file),
        access=f"/api/v1/datasets/{entry.uid}/distributions/{made.code}/",
        download=file.address,
        issued=file.published_at,
        extension=made.extension,
        media_type=made.media_type,
        language=made.language,
    )
    add(graph, this, DCAT.byteSize, typed(str(file.size), XSD.nonNegativeInteger))
    checksum = URIRef(f"{this}-checksum")
    add(graph, this, SPDX.checksum, checksum)
    add(graph, checksum, RDF.type, SPDX.Checksum)
    add(graph, checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    add(graph, SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm)
    add(graph, checksum, SPDX.checksumValue, typed(file.sha256, XSD.hexBinary))
    if made.code == "csvw":
        _conforms(graph, this, _TABULAR_METADATA, {ENGLISH: "Metadata Vocabulary for Tabular Data"})
    elif made.code == "csv" and described is not None:
        _conforms(graph, this, absolute(described.address), _file_title(entry, described))


def _conforms(graph: Graph, this: URIRef, standard: URIRef, title: Mapping[str, str | None]) -> None:
    add(graph, this, DCTERMS.conformsTo, standard)
    add(graph, standard, RDF.type, DCTERMS.Standard)
    add(graph, standard, DCTERMS.title, *texts(title))


def _file_title(entry: Entry, file: File) -> dict[str, str | None]:
    """The dataset's title, the version and what the format is called."""
    title, made = entry.record["title"], vocabularies.FORMAT_LABELS[file.format.code]
    return {
        CHINESE: f"{title[CHINESE]}，第{file.version}版，{made[CHINESE]}",
        ENGLISH: f"{title[ENGLISH]}, version {file.version}, {made[ENGLISH]}" if title[ENGLISH] else None,
    }


def _extent(graph: Graph, this: URIRef, record: Mapping[str, Any]) -> None:
    """The days and the place that the figures are about."""
    dates = record["dates"]
    if dates["start"] or dates["end"]:
        period = URIRef(f"{this}#temporal")
        add(graph, this, DCTERMS.temporal, period)
        add(graph, period, RDF.type, DCTERMS.PeriodOfTime)
        for predicate, day in ((DCAT.startDate, dates["start"]), (DCAT.endDate, dates["end"])):
            if day:
                add(graph, period, predicate, typed(day, XSD.date))
    if record["coverage"]:
        place = URIRef(f"{this}#spatial")
        add(graph, this, DCTERMS.spatial, place)
        add(graph, place, RDF.type, DCTERMS.Location)
        add(graph, place, SKOS.prefLabel, *texts(record["coverage"]))
