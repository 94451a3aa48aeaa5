"""The catalogue of all public datasets in DCAT 3, as DCAT-AP 3 wants it.

What is identified here is named so that it stays: a dataset by its uid
(``/opendata/datasets/<name>/``, `Entry.uri`), a distribution by its version and format below that (``#v1-csv``), the
catalogue, its publisher, licence and topics below ``/opendata/`` (``#catalog``, ``#publisher``, ``#topic-education``).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, in_language
from portal.opendata import vocabularies
from portal.opendata.distributions import File
from portal.opendata.entries import Entry
from portal.opendata.publisher import publisher
from portal.opendata.rdf import ADMS, DCATAP, SPDX, VCARD, VERSION, empty_graph, texts, typed
from portal.publication.topics import TOPICS

_TABULAR_METADATA = URIRef("https://www.w3.org/TR/tabular-metadata/")
_TITLE = {CHINESE: "開放資料目錄", ENGLISH: "Open data catalogue"}
_DESCRIPTION = {
    CHINESE: "本站發布的全部資料集，附各版本的檔案、出處與授權。",
    ENGLISH: "All datasets published here, with the files of their versions, their sources and their licence.",
}
_LICENCE = {CHINESE: "政府資料開放授權條款－第1版", ENGLISH: "Open Government Data License, version 1.0"}
_RIGHTS = {
    CHINESE: "依政府資料開放授權條款－第1版開放使用，該條款與創用CC姓名標示4.0國際授權相容。"
    "利用時應註明提供機關與資料集名稱。",
    ENGLISH: "Open under the Open Government Data License, version 1.0, which is compatible with Creative Commons "
    "Attribution 4.0 International. State the agency and the name of the dataset.",
}
_PROVENANCE = {
    CHINESE: "每一數字的出處列於資料集的網頁；各版本與更正說明依發布紀錄公開。",
    ENGLISH: "The source of each figure is on the dataset's page; all versions and corrections are in the public log.",
}
_SERVICE = {CHINESE: "公開紀錄API", ENGLISH: "API of the public record"}


def catalogue(entries: Sequence[Entry], modified: str) -> Graph:
    """The catalogue with every dataset in it. ``modified`` is when it last changed, as the log writes it; empty before
    anything was published.
    """
    graph = empty_graph()
    _shared(graph)
    this, page = _of_portal("catalog"), URIRef(f"{settings.BASE_URL}/opendata/")
    _add(graph, this, RDF.type, DCAT.Catalog)
    _add(graph, this, DCTERMS.title, *texts(_named(_TITLE)))
    _add(graph, this, DCTERMS.description, *texts(_DESCRIPTION))
    _add(graph, this, DCTERMS.publisher, _of_portal("publisher"))
    _add(graph, this, DCTERMS.language, *map(URIRef, vocabularies.LANGUAGE_URIS.values()))
    _add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    _add(graph, this, DCTERMS.rights, _of_portal("rights"))
    _add(graph, this, FOAF.homepage, page)
    _add(graph, page, RDF.type, FOAF.Document)
    _add(graph, this, DCAT.themeTaxonomy, _of_portal("topics"), URIRef(vocabularies.THEMES))
    if entries:
        _add(graph, this, DCTERMS.issued, _moment(min(entry.record["published_at"] for entry in entries)))
    if modified:
        _add(graph, this, DCTERMS.modified, _moment(modified))
    _service(graph, this, entries)
    for entry in entries:
        _add(graph, this, DCAT.dataset, URIRef(entry.uri))
        _dataset(graph, entry)
    return graph


def dataset(entry: Entry) -> Graph:
    """One dataset, with all that it refers to."""
    graph = empty_graph()
    _shared(graph)
    _dataset(graph, entry)
    return graph


def _dataset(graph: Graph, entry: Entry) -> None:
    record, this = entry.record, URIRef(entry.uri)
    _add(graph, this, RDF.type, DCAT.Dataset)
    _add(graph, this, DCTERMS.identifier, Literal(entry.uid))
    _add(graph, this, DCTERMS.title, *texts(record["title"]))
    _add(graph, this, DCTERMS.description, *texts(record["summary"] or record["title"]))
    _add(graph, this, VERSION, Literal(str(record["version"])))
    _add(graph, this, ADMS.versionNotes, *texts(record["change_note"]))
    _add(graph, this, DCTERMS.issued, _moment(record["published_at"]))
    _add(graph, this, DCTERMS.modified, _moment(record["modified_at"]))
    _add(graph, this, DCTERMS.publisher, _of_portal("publisher"))
    _add(graph, this, DCAT.contactPoint, _of_portal("contact"))
    _add(graph, this, DCTERMS.language, *map(URIRef, vocabularies.LANGUAGE_URIS.values()))
    _add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    _add(graph, this, DCTERMS.rights, _of_portal("rights"))
    _add(graph, this, DCTERMS.accessRights, URIRef(vocabularies.PUBLIC))
    _add(graph, this, DCTERMS.provenance, _of_portal("provenance"))
    frequency = URIRef(vocabularies.FREQUENCIES[record["frequency"]])
    _add(graph, this, DCTERMS.accrualPeriodicity, frequency)
    _add(graph, frequency, RDF.type, DCTERMS.Frequency)
    _topics(graph, this, record["topics"])
    _extent(graph, this, record)
    for language in LANGUAGES:
        landing = _absolute(in_language(record["url"][CHINESE], language))
        _add(graph, this, DCAT.landingPage, landing)
        _add(graph, landing, RDF.type, FOAF.Document)
        _add(graph, landing, DCTERMS.language, URIRef(vocabularies.LANGUAGE_URIS[language]))
    described = next((file for file in entry.files if file.format.code == "csvw"), None)
    for file in entry.files:
        _distribution(graph, this, entry, file, described)


def _distribution(graph: Graph, owner: URIRef, entry: Entry, file: File, described: File | None) -> None:
    made, this = file.format, URIRef(f"{owner}#v{file.version}-{file.format.code}")
    _add(graph, owner, DCAT.distribution, this)
    _add(graph, this, RDF.type, DCAT.Distribution)
    _add(graph, this, DCTERMS.title, *texts(_file_title(entry, file)))
    _add(graph, this, DCTERMS.issued, _moment(file.published_at))
    _add(graph, this, DCAT.downloadURL, _absolute(file.address))
    _add(graph, this, DCAT.accessURL, _absolute(f"/api/v1/datasets/{entry.uid}/distributions/{made.code}/"))
    _add(graph, this, DCAT.byteSize, typed(str(file.size), XSD.nonNegativeInteger))
    _add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    _add(graph, this, DCTERMS.rights, _of_portal("rights"))
    languages = [made.language] if made.language else LANGUAGES
    _add(graph, this, DCTERMS.language, *(URIRef(vocabularies.LANGUAGE_URIS[language]) for language in languages))
    file_type = URIRef(vocabularies.FILE_TYPES[made.extension])
    _add(graph, this, DCTERMS["format"], file_type)
    _add(graph, file_type, RDF.type, DCTERMS.MediaTypeOrExtent)
    _add(graph, file_type, RDFS.label, Literal(vocabularies.KINDS[made.extension]))
    if uri := vocabularies.media_type_uri(made.media_type):
        _add(graph, this, DCAT.mediaType, URIRef(uri))
        _add(graph, URIRef(uri), RDF.type, DCTERMS.MediaType)
    _add(graph, this, DCATAP.availability, URIRef(vocabularies.STABLE))
    _add(graph, URIRef(vocabularies.STABLE), RDF.type, SKOS.Concept)
    _add(graph, URIRef(vocabularies.STABLE), SKOS.prefLabel, *texts({CHINESE: "長期可用", ENGLISH: "Stable"}))
    checksum = URIRef(f"{this}-checksum")
    _add(graph, this, SPDX.checksum, checksum)
    _add(graph, checksum, RDF.type, SPDX.Checksum)
    _add(graph, checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    _add(graph, SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm)
    _add(graph, checksum, SPDX.checksumValue, typed(file.sha256, XSD.hexBinary))
    if made.code == "csvw":
        _conforms(graph, this, _TABULAR_METADATA, {ENGLISH: "Metadata Vocabulary for Tabular Data"})
    elif made.code == "csv" and described is not None:
        _conforms(graph, this, _absolute(described.address), _file_title(entry, described))


def _conforms(graph: Graph, this: URIRef, standard: URIRef, title: Mapping[str, str | None]) -> None:
    _add(graph, this, DCTERMS.conformsTo, standard)
    _add(graph, standard, RDF.type, DCTERMS.Standard)
    _add(graph, standard, DCTERMS.title, *texts(title))


def _file_title(entry: Entry, file: File) -> dict[str, str | None]:
    """The dataset's title, the version and what the format is called."""
    title, made = entry.record["title"], vocabularies.FORMAT_LABELS[file.format.code]
    return {
        CHINESE: f"{title[CHINESE]}，第{file.version}版，{made[CHINESE]}",
        ENGLISH: f"{title[ENGLISH]}, version {file.version}, {made[ENGLISH]}" if title[ENGLISH] else None,
    }


def _topics(graph: Graph, this: URIRef, topics: Iterable[str]) -> None:
    """The topics as keywords, as themes of our own, and as the themes of the EU's portals that they belong to."""
    for topic in topics:
        if topic not in TOPICS:
            continue
        concept = _of_portal(topic.replace(":", "-"))
        _add(graph, this, DCAT.keyword, *texts(TOPICS[topic]))
        _theme(graph, this, concept, TOPICS[topic], _of_portal("topics"))
        if theme := vocabularies.theme_of(topic):
            label = vocabularies.THEME_LABELS[theme]
            _theme(graph, this, URIRef(theme), label, URIRef(vocabularies.THEMES))


def _theme(graph: Graph, this: URIRef, concept: URIRef, label: Mapping[str, str], scheme: URIRef) -> None:
    _add(graph, this, DCAT.theme, concept)
    _add(graph, concept, RDF.type, SKOS.Concept)
    _add(graph, concept, SKOS.prefLabel, *texts(label))
    _add(graph, concept, SKOS.inScheme, scheme)


def _extent(graph: Graph, this: URIRef, record: Mapping[str, Any]) -> None:
    """The days and the place that the figures are about."""
    dates = record["dates"]
    if dates["start"] or dates["end"]:
        period = URIRef(f"{this}#temporal")
        _add(graph, this, DCTERMS.temporal, period)
        _add(graph, period, RDF.type, DCTERMS.PeriodOfTime)
        for predicate, day in ((DCAT.startDate, dates["start"]), (DCAT.endDate, dates["end"])):
            if day:
                _add(graph, period, predicate, typed(day, XSD.date))
    if record["coverage"]:
        place = URIRef(f"{this}#spatial")
        _add(graph, this, DCTERMS.spatial, place)
        _add(graph, place, RDF.type, DCTERMS.Location)
        _add(graph, place, SKOS.prefLabel, *texts(record["coverage"]))


def _service(graph: Graph, owner: URIRef, entries: Iterable[Entry]) -> None:
    """The API that serves the datasets."""
    this = _of_portal("api")
    _add(graph, owner, DCAT.service, this)
    _add(graph, this, RDF.type, DCAT.DataService)
    _add(graph, this, DCTERMS.title, *texts(_SERVICE))
    _add(graph, this, DCAT.endpointURL, _absolute("/api/v1/"))
    _add(graph, this, DCAT.endpointDescription, _absolute("/api/schema/"))
    _add(graph, this, DCTERMS.publisher, _of_portal("publisher"))
    _add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    _add(graph, this, DCAT.contactPoint, _of_portal("contact"))
    _add(graph, this, DCAT.servesDataset, *(URIRef(entry.uri) for entry in entries))


def _shared(graph: Graph) -> None:
    """What all datasets refer to: publisher, contact, licence, rights, languages, the schemes of their topics."""
    who, agent, contact = publisher(), _of_portal("publisher"), _of_portal("contact")
    _add(graph, agent, RDF.type, FOAF.Agent, FOAF.Organization)
    _add(graph, agent, FOAF.name, *texts(who.department))
    _add(graph, agent, FOAF.homepage, _absolute("/"))
    _add(graph, _absolute("/"), RDF.type, FOAF.Document)
    _add(graph, contact, RDF.type, VCARD.Kind, VCARD.Organization)
    _add(graph, contact, VCARD.fn, *texts(who.department))
    _add(graph, contact, VCARD.hasURL, *(_absolute(in_language(who.contact_path, language)) for language in LANGUAGES))
    if who.phone:
        dialled = "".join(each for each in who.phone if each.isdigit() or each == "+")
        _add(graph, contact, VCARD.hasTelephone, URIRef(f"tel:{dialled}"))
    if who.email:
        _add(graph, contact, VCARD.hasEmail, URIRef(f"mailto:{who.email}"))
    licence = URIRef(vocabularies.LICENCE)
    _add(graph, licence, RDF.type, DCTERMS.LicenseDocument)
    _add(graph, licence, DCTERMS.title, *texts(_LICENCE))
    _add(graph, licence, RDFS.seeAlso, URIRef(vocabularies.COMPATIBLE_LICENCE))
    _add(graph, _of_portal("rights"), RDF.type, DCTERMS.RightsStatement)
    _add(graph, _of_portal("rights"), RDFS.label, *texts(_RIGHTS))
    _add(graph, URIRef(vocabularies.PUBLIC), RDF.type, DCTERMS.RightsStatement)
    _add(graph, _of_portal("provenance"), RDF.type, DCTERMS.ProvenanceStatement)
    _add(graph, _of_portal("provenance"), RDFS.label, *texts(_PROVENANCE))
    _add(graph, _of_portal("provenance"), RDFS.seeAlso, _absolute("/api/v1/changes/"))
    for uri in vocabularies.LANGUAGE_URIS.values():
        _add(graph, URIRef(uri), RDF.type, DCTERMS.LinguisticSystem)
    schemes = (
        (_of_portal("topics"), {CHINESE: "主題", ENGLISH: "Topics"}),
        (URIRef(vocabularies.THEMES), {CHINESE: "歐盟資料主題", ENGLISH: "EU data themes"}),
    )
    for scheme, title in schemes:
        _add(graph, scheme, RDF.type, SKOS.ConceptScheme)
        _add(graph, scheme, DCTERMS.title, *texts(title))


def _named(title: Mapping[str, str]) -> dict[str, str]:
    """A title with the department's name before it."""
    department = publisher().department
    return {
        CHINESE: f"{department[CHINESE]}{title[CHINESE]}",
        ENGLISH: f"{title[ENGLISH]} of the {department[ENGLISH]}",
    }


def _of_portal(fragment: str) -> URIRef:
    return URIRef(f"{settings.BASE_URL}/opendata/#{fragment}")


def _absolute(address: str) -> URIRef:
    return URIRef(settings.BASE_URL + address)


def _moment(written: str) -> Literal:
    return typed(written, XSD.dateTime)


def _add(graph: Graph, subject: Node, predicate: Node, *objects: Node) -> None:
    for each in objects:
        graph.add((subject, predicate, each))
