"""The components of the OpenAPI document: the documents' own JSON Schemas, and what the API puts beside their
members.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from portal.api.v1.dataset_components import dataset_components
from portal.api.v1.figure_components import figure_components
from portal.api.v1.frame import frame_components
from portal.api.v1.openapi import MOMENT, array_of, component, extended, object_of, optional, reference
from portal.api.v1.problems import KINDS
from portal.api.v1.resolve_components import resolve_components
from portal.api.v1.search_components import search_components
from portal.api.v1.snapshots import snapshot_components
from portal.api.v1.venues import venue_components
from portal.publication import schemas
from portal.publication.types import TYPES

Schema = dict[str, Any]

_SHARED = re.compile(r"common\.1\.json#/\$defs/(\w+)")
#: Members of a document that a ready record does not have.
_LEFT_OUT = frozenset({"schema", "path"})
_NULL: Schema = {"type": "null"}
_HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_WORD: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_TEXT = reference("Text")


def add_components(result: Schema, **_kwargs: Any) -> Schema:
    """drf-spectacular's hook after generation: put the components into the document."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(
        _shared()
        | _records()
        | _answers()
        | dataset_components(_checks(), _record("dataset"))
        | figure_components(_checks())
        | search_components()
        | frame_components()
        | resolve_components()
        | snapshot_components()
        | venue_components()
    )
    return result


def _shared() -> dict[str, Schema]:
    """The parts that all documents share, with the addresses of pictures and files."""
    parts = {component(name): _converted(part) for name, part in json.loads(schemas.text("common.1"))["$defs"].items()}
    parts["Text"] = {
        "description": "A text in both languages, or with `lang=` in one.",
        "anyOf": [reference("LanguageMap"), {"type": "string"}],
    }
    parts["Rendition"] = object_of(
        {"url": _WORD, "width": _NUMBER, "height": _NUMBER, "type": _WORD},
        "A picture in another size or format.",
    )
    parts["Picture"] = extended(
        parts["Picture"], {"url": optional(_WORD), "renditions": array_of(reference("Rendition"))}
    )
    parts["File"] = extended(parts["File"], {"url": optional(_WORD)})
    parts["CitedFigure"] = extended(parts["CitedFigure"], {"url": reference("Address")})
    for block in parts["Block"]["oneOf"]:
        if block["properties"]["type"]["const"] == "figure":
            block |= extended(block, {"url": reference("Address")})
    parts["Address"] = {
        "description": "The path on this host in each language, or with `lang=` in one; null without a page.",
        "anyOf": [object_of({"zh-Hant": _WORD, "en": _WORD}), _WORD, _NULL],
    }
    return parts


def _records() -> dict[str, Schema]:
    """A component for each type of record, and one for any."""
    parts = {component(code): _record(code) for code in TYPES}
    mapping = {code: f"#/components/schemas/{component(code)}" for code in TYPES}
    parts["Record"] = {
        "description": "A record of any type.",
        "anyOf": [reference(name) for name in parts],
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    return parts


def _checks() -> Schema:
    """A check as the documents declare it."""
    document = json.loads(schemas.text(schemas.current("dataset")))
    return _converted(document["properties"]["checks"]["items"])


def _record(code: str) -> Schema:
    document = _converted(json.loads(schemas.text(schemas.current(code))))
    for name in ("$schema", "$id"):
        document.pop(name)
    document["title"] = f"A record of type {code}"
    document["properties"] = {name: part for name, part in document["properties"].items() if name not in _LEFT_OUT}
    document["required"] = [name for name in document["required"] if name not in _LEFT_OUT]
    derived: Schema = {"type": "object", "description": "What follows from other records."}
    if code == "city":
        last = {
            "date": reference("Date"),
            "precision": reference("Precision"),
            "uid": reference("Uid"),
            "title": _TEXT,
        }
        counts = {
            "type": "object",
            "additionalProperties": _NUMBER,
            "description": "Records that name the city, by type.",
        }
        derived = object_of({"last_exchange": optional(object_of(last)), "counts": counts}, derived["description"])
    related = {"uid": reference("Uid"), "type": _WORD, "title": _TEXT, "url": reference("Address")}
    labels = {"topics": {"type": "object", "additionalProperties": _TEXT}}
    return extended(
        document,
        {
            "version": {"type": "integer", "minimum": 1},
            "published_at": MOMENT | {"description": "When the first version was published."},
            "modified_at": MOMENT | {"description": "When this version was published."},
            "url": reference("Address"),
            "related": array_of(object_of(related), "Titles and addresses of the public records that this one cites."),
            "labels": {
                "type": "object",
                "description": "The names of the record's codes.",
                "properties": labels,
                "additionalProperties": optional(_TEXT),
            },
            "derived": derived,
        },
    )


def _answers() -> dict[str, Schema]:
    """What the API answers besides records."""
    row = {
        "seq": _NUMBER | {"description": "The number of the row; there are no gaps."},
        "uid": reference("Uid"),
        "type": _WORD,
        "version": {"type": "integer", "minimum": 1},
        "action": {"enum": ["publish", "withdraw", "redact"]},
        "published_at": MOMENT,
        "commitment": _HASH,
        "previous": _HASH,
    }
    redacted_by = {"redacted_by": _NUMBER | {"description": "The row of the redaction that covers this one."}}
    beside = {"count": _NUMBER, "next": _NULL, "previous": _NULL}
    change = object_of(
        row
        | {
            "nonce": optional(_HASH),
            "document": optional({"type": "object", "description": "As committed to."}),
        }
    )
    change["properties"] |= redacted_by
    entry = object_of(row)
    entry["properties"] |= {"change_note": _TEXT} | redacted_by
    kind = object_of({"type": _WORD, "title": _WORD, "status": {"type": "integer"}})
    state = {"enum": ["public", "withdrawn", "redacted"]}
    schema = object_of({"name": _WORD, "title": _WORD, "url": {"type": "string", "format": "uri"}})
    return {
        "Changes": object_of({"results": array_of(change), "next_after": _NUMBER, "head": _NUMBER}),
        "VersionList": object_of(
            beside | {"uid": reference("Uid"), "type": _WORD, "state": state, "results": array_of(entry)}
        ),
        "Version": _version(),
        "Problem": _problem(),
        "ProblemEntry": object_of({"pointer": _WORD, "code": _WORD, "message": _WORD}),
        "ProblemKind": kind,
        "ProblemKinds": object_of(beside | {"results": array_of(reference("ProblemKind"))}),
        "SchemaList": object_of(beside | {"results": array_of(schema)}),
        "Resources": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    }


def _version() -> Schema:
    members = {
        "uid": reference("Uid"),
        "type": _WORD,
        "schema": _WORD | {"description": "The schema that the other members fit, under `/api/v1/schemas/`."},
        "title": _TEXT,
        "version": {"type": "integer", "minimum": 1},
        "published_at": MOMENT | {"description": "When the first version was published."},
        "modified_at": MOMENT | {"description": "When this version was published."},
        "state": {"enum": ["current", "superseded", "withdrawn"]},
        "seq": _NUMBER,
        "commitment": _HASH,
        "previous": _HASH,
    }
    return object_of(members, "A version: the members of its document, and what the log says of it.") | {
        "additionalProperties": True
    }


def _problem() -> Schema:
    tombstone = {
        "uid": reference("Uid"),
        "type": _WORD,
        "version": _NUMBER,
        "withdrawn_at": MOMENT,
        "note": optional(_TEXT),
    }
    redaction = {
        "uid": reference("Uid"),
        "type": _WORD,
        "ground": _TEXT,
        "authority": _TEXT,
        "date": reference("Date"),
        "seq": _NUMBER,
    }
    problem = object_of(
        {
            "type": _WORD | {"format": "uri-reference"},
            "title": _WORD,
            "status": {"enum": sorted({kind.status for kind in KINDS.values()})},
            "detail": _WORD,
            "instance": _WORD,
        },
        "A problem document (RFC 9457).",
    )
    problem["properties"] |= {
        "parameter": _WORD,
        "allowed": {"anyOf": [array_of(_WORD), _WORD]},
        "tombstone": object_of(tombstone),
        "redaction": object_of(redaction),
        "errors": array_of(reference("ProblemEntry"), "What is wrong with each member of what was sent."),
        "code": _WORD | {"description": "The reason, for programs."},
        "scope": _WORD | {"description": "The scopes of which the token lacks one."},
        "header": _WORD,
        "most_bytes": _NUMBER,
    }
    return problem


def _converted(value: Any) -> Any:
    """A part of the documents' schemas with its references turned to components; texts may be flattened."""
    if isinstance(value, Mapping):
        match = _SHARED.fullmatch(value["$ref"]) if "$ref" in value else None
        if match:
            return reference("Text" if match[1] == "languageMap" else component(match[1]))
        return {name: _converted(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_converted(part) for part in value]
    return value
