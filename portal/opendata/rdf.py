"""Graphs to bytes: the same graph gives the same bytes, in Turtle and in JSON-LD.

The graphs have no blank nodes, so that a harvester can tell what changed from what was named anew.
"""

import json
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from portal.core.languages import LANGUAGES

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
#: New in DCAT 3, and not yet among rdflib's terms.
VERSION = URIRef(f"{DCAT}version")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}


def empty_graph() -> Graph:
    """A graph that knows the prefixes of catalogues."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def texts(label: Any) -> list[Literal]:
    """A language map as literals, one per language that it has."""
    return [Literal(label[language], lang=language) for language in LANGUAGES if label and label.get(language)]


def typed(lexical: str, datatype: Any) -> Literal:
    """A literal just as it is written."""
    return Literal(lexical, datatype=datatype, normalize=False)


def turtle(graph: Graph) -> bytes:
    """Turtle (RDF 1.1)."""
    return graph.serialize(format="turtle", encoding="utf-8")


def json_ld(graph: Graph) -> bytes:
    """JSON-LD 1.1, with the context of the prefixes in it."""
    context = {prefix: str(namespace) for prefix, namespace in _PREFIXES.items()}
    made = json.loads(graph.serialize(format="json-ld", context=context))
    nodes = made.get("@graph", [made])
    ordered = {"@context": context, "@graph": [_ordered(node) for node in sorted(nodes, key=_written) if "@id" in node]}
    return json.dumps(ordered, ensure_ascii=False, indent=1).encode() + b"\n"


def _ordered(node: Any) -> Any:
    """The same with its members by name and its sets, whose order says nothing, by what they hold."""
    if isinstance(node, dict):
        return {name: _ordered(node[name]) for name in sorted(node)}
    if isinstance(node, list):
        return sorted((_ordered(each) for each in node), key=_written)
    return node


def _written(node: Any) -> str:
    if isinstance(node, dict) and "@id" in node:
        return node["@id"]
    return json.dumps(node, ensure_ascii=False, sort_keys=True)
