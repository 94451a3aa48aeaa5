"""The component of the OpenAPI document for what an address means."""

from portal.api.v1.frame import SLOTS
from portal.api.v1.openapi import Schema, array_of, object_of, optional, reference
from portal.api.v1.resolving import KINDS
from portal.core.languages import LANGUAGES
from portal.publication.types import TYPES

_WORD: Schema = {"type": "string"}
_LANGUAGE: Schema = {"enum": list(LANGUAGES)}


def resolve_components() -> dict[str, Schema]:
    """What `resolve` answers."""
    links = array_of(reference("FrameLink"))
    record: Schema = {
        "anyOf": [reference("Record"), reference("Version"), {"type": "null"}],
        "description": "What the page shows: the record, with `kind` `version` that version of it, or the plain page "
        "that introduces a list or the home page. Of a file, the record that it belongs to.",
    }
    members = {
        "path": _WORD | {"description": "The address that was asked for."},
        "status": {"enum": [200, 301, 303], "description": "What the site answers at that address."},
        "location": optional(_WORD) | {"description": "Where a reader is sent on to, in the language of `path`."},
        "language": _LANGUAGE | {"description": "The language that the address means."},
        "kind": {"enum": list(KINDS), "description": "`page` is any other page without a record."},
        "type": optional({"enum": list(TYPES)}) | {"description": "The type of the record, or of those in the list."},
        "uid": optional(reference("Uid")),
        "title": optional(reference("Text")),
        "data": optional(_WORD) | {"description": "The address in this API of what the page shows."},
        "breadcrumbs": links | {"description": "From the home page on, without the page itself."},
        "alternates": array_of(
            object_of({"language": _LANGUAGE, "url": _WORD | {"format": "uri"}}), "The page in each language."
        ),
        "menus": object_of(dict.fromkeys(SLOTS, links), "The menus as `menus` gives them."),
        "record": record,
    }
    return {"Resolution": object_of(members)}
