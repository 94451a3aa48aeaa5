"""What the graphs of catalogues are made of: what every dataset and distribution in them says, whatever it is a dataset
of, and what all of them refer to.

What is identified here is named so that it stays: what datasets share lies below ``/opendata/`` (``#catalog``,
``#publisher``, ``#topic-education``), a distribution below its dataset.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from portal.core.languages import CHINESE, ENGLISH, LANGUAGES, in_language
from portal.opendata import vocabularies
from portal.opendata.publisher import publisher
from portal.opendata.rdf import DCATAP, VCARD, texts, typed
from portal.publication.topics import TOPICS

Label = Mapping[str, str | None]

_LICENCE = {CHINESE: "政府資料開放授權條款－第1版", ENGLISH: "Open Government Data License, version 1.0"}
_RIGHTS = {
    CHINESE: "依政府資料開放授權條款－第1版開放使用，該條款與創用CC姓名標示4.0國際授權相容。"
    "利用時應註明提供機關與資料集名稱。",
    ENGLISH: "Open under the Open Government Data License, version 1.0, which is compatible with Creative Commons "
    "Attribution 4.0 International. State the agency and the name of the dataset.",
}
_PROVENANCE = {
    CHINESE: "每一數字與每筆紀錄的出處列於其網頁；各版本與更正說明依發布紀錄公開。",
    ENGLISH: "Figures and records have their sources on their pages; all versions and corrections are in the log.",
}


def add(graph: Graph, subject: Node, predicate: Node, *objects: Node) -> None:
    """State something of a subject, once for each object."""
    for each in objects:
        graph.add((subject, predicate, each))


def of_portal(fragment: str) -> URIRef:
    """What datasets share, by its name."""
    return URIRef(f"{settings.BASE_URL}/opendata/#{fragment}")


def absolute(address: str) -> URIRef:
    """An address of the site."""
    return URIRef(settings.BASE_URL + address)


def moment(written: str) -> Literal:
    """A moment as the log writes it."""
    return typed(written, XSD.dateTime)


def add_dataset(
    graph: Graph,
    this: URIRef,
    *,
    identifier: str,
    title: Label,
    description: Label,
    issued: str,
    modified: str,
    frequency: str,
    topics: Iterable[str],
    path: str,
) -> None:
    """What every dataset says. ``frequency`` is one of `vocabularies.FREQUENCIES`, ``path`` the Chinese path of its
    page.
    """
    add(graph, this, RDF.type, DCAT.Dataset)
    add(graph, this, DCTERMS.identifier, Literal(identifier))
    add(graph, this, DCTERMS.title, *texts(title))
    add(graph, this, DCTERMS.description, *texts(description))
    add(graph, this, DCTERMS.issued, moment(issued))
    add(graph, this, DCTERMS.modified, moment(modified))
    add(graph, this, DCTERMS.publisher, of_portal("publisher"))
    add(graph, this, DCAT.contactPoint, of_portal("contact"))
    add(graph, this, DCTERMS.language, *map(URIRef, vocabularies.LANGUAGE_URIS.values()))
    add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    add(graph, this, DCTERMS.rights, of_portal("rights"))
    add(graph, this, DCTERMS.accessRights, URIRef(vocabularies.PUBLIC))
    add(graph, this, DCTERMS.provenance, of_portal("provenance"))
    term = URIRef(vocabularies.FREQUENCIES[frequency])
    add(graph, this, DCTERMS.accrualPeriodicity, term)
    add(graph, term, RDF.type, DCTERMS.Frequency)
    _topics(graph, this, topics)
    for language in LANGUAGES:
        landing = absolute(in_language(path, language))
        add(graph, this, DCAT.landingPage, landing)
        add(graph, landing, RDF.type, FOAF.Document)
        add(graph, landing, DCTERMS.language, URIRef(vocabularies.LANGUAGE_URIS[language]))


def add_distribution(
    graph: Graph,
    owner: URIRef,
    this: URIRef,
    *,
    title: Label,
    access: str,
    download: str,
    issued: str,
    extension: str,
    media_type: str,
    language: str | None,
) -> None:
    """What every distribution says: a file of a dataset at two addresses of the site, of which ``access`` always leads
    to the latest. ``language`` is None where it has both.
    """
    add(graph, owner, DCAT.distribution, this)
    add(graph, this, RDF.type, DCAT.Distribution)
    add(graph, this, DCTERMS.title, *texts(title))
    add(graph, this, DCTERMS.issued, moment(issued))
    add(graph, this, DCAT.downloadURL, absolute(download))
    add(graph, this, DCAT.accessURL, absolute(access))
    add(graph, this, DCTERMS.license, URIRef(vocabularies.LICENCE))
    add(graph, this, DCTERMS.rights, of_portal("rights"))
    languages = [language] if language else LANGUAGES
    add(graph, this, DCTERMS.language, *(URIRef(vocabularies.LANGUAGE_URIS[each]) for each in languages))
    file_type = URIRef(vocabularies.FILE_TYPES[extension])
    add(graph, this, DCTERMS["format"], file_type)
    add(graph, file_type, RDF.type, DCTERMS.MediaTypeOrExtent)
    add(graph, file_type, RDFS.label, Literal(vocabularies.KINDS[extension]))
    if uri := vocabularies.media_type_uri(media_type):
        add(graph, this, DCAT.mediaType, URIRef(uri))
        add(graph, URIRef(uri), RDF.type, DCTERMS.MediaType)
    add(graph, this, DCATAP.availability, URIRef(vocabularies.STABLE))
    add(graph, URIRef(vocabularies.STABLE), RDF.type, SKOS.Concept)
    add(graph, URIRef(vocabularies.STABLE), SKOS.prefLabel, *texts({CHINESE: "長期可用", ENGLISH: "Stable"}))


def add_shared(graph: Graph) -> None:
    """What all datasets refer to: publisher, contact, licence, rights, languages, the schemes of their topics."""
    who, agent, contact = publisher(), of_portal("publisher"), of_portal("contact")
    add(graph, agent, RDF.type, FOAF.Agent, FOAF.Organization)
    add(graph, agent, FOAF.name, *texts(who.department))
    add(graph, agent, FOAF.homepage, absolute("/"))
    add(graph, absolute("/"), RDF.type, FOAF.Document)
    add(graph, contact, RDF.type, VCARD.Kind, VCARD.Organization)
    add(graph, contact, VCARD.fn, *texts(who.department))
    add(graph, contact, VCARD.hasURL, *(absolute(in_language(who.contact_path, language)) for language in LANGUAGES))
    if who.phone:
        dialled = "".join(each for each in who.phone if each.isdigit() or each == "+")
        add(graph, contact, VCARD.hasTelephone, URIRef(f"tel:{dialled}"))
    if who.email:
        add(graph, contact, VCARD.hasEmail, URIRef(f"mailto:{who.email}"))
    licence = URIRef(vocabularies.LICENCE)
    add(graph, licence, RDF.type, DCTERMS.LicenseDocument)
    add(graph, licence, DCTERMS.title, *texts(_LICENCE))
    add(graph, licence, RDFS.seeAlso, URIRef(vocabularies.COMPATIBLE_LICENCE))
    add(graph, of_portal("rights"), RDF.type, DCTERMS.RightsStatement)
    add(graph, of_portal("rights"), RDFS.label, *texts(_RIGHTS))
    add(graph, URIRef(vocabularies.PUBLIC), RDF.type, DCTERMS.RightsStatement)
    add(graph, of_portal("provenance"), RDF.type, DCTERMS.ProvenanceStatement)
    add(graph, of_portal("provenance"), RDFS.label, *texts(_PROVENANCE))
    add(graph, of_portal("provenance"), RDFS.seeAlso, absolute("/api/v1/changes/"))
    for uri in vocabularies.LANGUAGE_URIS.values():
        add(graph, URIRef(uri), RDF.type, DCTERMS.LinguisticSystem)
    schemes = (
        (of_portal("topics"), {CHINESE: "主題", ENGLISH: "Topics"}),
        (URIRef(vocabularies.THEMES), {CHINESE: "歐盟資料主題", ENGLISH: "EU data themes"}),
    )
    for scheme, title in schemes:
        add(graph, scheme, RDF.type, SKOS.ConceptScheme)
        add(graph, scheme, DCTERMS.title, *texts(title))


def _topics(graph: Graph, this: URIRef, topics: Iterable[str]) -> None:
    """The topics as keywords, as themes of our own, and as the themes of the EU's portals that they belong to."""
    for topic in topics:
        if topic not in TOPICS:
            continue
        concept = of_portal(topic.replace(":", "-"))
        add(graph, this, DCAT.keyword, *texts(TOPICS[topic]))
        _theme(graph, this, concept, TOPICS[topic], of_portal("topics"))
        if theme := vocabularies.theme_of(topic):
            label = vocabularies.THEME_LABELS[theme]
            _theme(graph, this, URIRef(theme), label, URIRef(vocabularies.THEMES))


def _theme(graph: Graph, this: URIRef, concept: URIRef, label: Mapping[str, str], scheme: URIRef) -> None:
    add(graph, this, DCAT.theme, concept)
    add(graph, concept, RDF.type, SKOS.Concept)
    add(graph, concept, SKOS.prefLabel, *texts(label))
    add(graph, concept, SKOS.inScheme, scheme)
