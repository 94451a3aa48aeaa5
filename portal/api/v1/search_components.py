"""The components of the OpenAPI document that describe answers of search and completions."""

from typing import Any

from portal.api.v1.openapi import array_of, extended, object_of, optional, page_of, reference
from portal.publication.types import FRAME_TYPES, TYPES
from search.plan import FACETS

Schema = dict[str, Any]

#: The types of record that are found.
FOUND = tuple(code for code in TYPES if code not in FRAME_TYPES)
KINDS = ("title", "place", "person", "organisation")

_WORD: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MARKED: Schema = _WORD | {
    "description": "Safe HTML: the text with `<mark>` around what was asked for, everything else escaped."
}
_URL = optional(_WORD) | {"description": "The path on this host in the language of the answer; null without a page."}


def search_components() -> dict[str, Schema]:
    """A component for each."""
    value = object_of({"value": _WORD, "label": _WORD, "count": _COUNT})
    groups = object_of(
        {name: array_of(reference("FacetValue")) for name in FACETS},
        "How many results each value would leave, under all filters but that of its own group.",
    )
    beside = {
        "facets": groups,
        "suggestion": optional(_WORD) | {"description": "A better spelling of `q`, where little or nothing was found."},
        "relaxed": {
            "type": "boolean",
            "description": "Whether some results have only a part of what was asked for; those that have all of it "
            "come first.",
        },
        "engine": _WORD | {"description": "What answered; the same as in the header `X-Search-Engine`."},
    }
    return {
        "FacetValue": value,
        "SearchResult": _result(),
        "SearchAnswer": extended(page_of("SearchResult"), beside),
        "Suggestion": object_of(
            {"text": _WORD, "kind": {"enum": list(KINDS)}, "uid": optional(reference("Uid")), "url": _URL},
            "A text that what was typed goes on to; `uid` and `url` where it is the title of a record.",
        ),
        "Suggestions": page_of("Suggestion"),
    }


def _result() -> Schema:
    highlights = {
        "type": "object",
        "description": "The texts in which something was marked, by where they stand.",
        "properties": {"title": _MARKED, "text": _MARKED},
        "additionalProperties": False,
    }
    date = optional(reference("Dates")) | {"description": "The record's own dates; null for an undated one."}
    return object_of(
        {
            "uid": reference("Uid"),
            "type": {"enum": list(FOUND)},
            "title": _MARKED,
            "url": _URL,
            "snippet": _MARKED,
            "highlights": highlights,
            "date": date,
            "score": optional({"type": "number"})
            | {"description": "What the order by relevance was made by; null in the orders by date."},
        }
    )
