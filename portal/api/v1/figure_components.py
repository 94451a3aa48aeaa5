"""The components of the OpenAPI document that describe figures, and what checks compute for them."""

from typing import Any

from portal.api.v1.dataset_components import FINDING
from portal.api.v1.openapi import MOMENT, array_of, object_of, optional, reference

Schema = dict[str, Any]

_WORD: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 1}
_VALUE = optional(reference("Decimal"))
_OPENING: dict[str, Schema] = {
    "dataset": reference("Uid"),
    "title": reference("Text"),
    "key": _WORD,
    "version": _NUMBER | {"description": "The dataset's version that the figure is taken from."},
    "published_at": MOMENT | {"description": "When that version was published."},
    "state": {"enum": ["current", "superseded", "withdrawn"], "description": "What that version is now."},
}


def figure_components(declared_check: Schema) -> dict[str, Schema]:
    """The components, by name; of a check as the documents declare it."""
    declared = declared_check["properties"]
    return {"Figure": _figure(declared), "DerivedFigure": _derived_figure(declared)}


def _figure(check: Schema) -> Schema:
    counting = {
        "number": _NUMBER,
        "kind": check["kind"],
        "role": {"enum": ["result", "term"], "description": "What the observation is to the check."},
        **FINDING,
        "url": _WORD | {"description": "The address of what the check computes."},
    }
    members = {
        "observation": reference("Observation"),
        "checks": array_of(object_of(counting), "The dataset's checks that count with the observation."),
        "url": reference("Address"),
        "observations": _WORD | {"description": "The address of that version's table."},
        "record": _WORD | {"description": "The address of that version of the dataset."},
    }
    return object_of(_OPENING | members, "An observation at its own address.")


def _derived_figure(check: Schema) -> Schema:
    linked = object_of({"key": _WORD, "value": _VALUE, "url": optional(_WORD)}, "An observation and its address.")
    members = {
        "check": _NUMBER | {"description": "The number of the check."},
        "kind": check["kind"],
        "value": _VALUE | {"description": "What the check computes."},
        "unit": reference("Code"),
        "period": _WORD,
        "formula": FINDING["formula"],
        "outcome": FINDING["outcome"],
        "result": linked,
        "terms": array_of(linked),
        "explanation": check["explanation"],
        "url": reference("Address"),
    }
    return object_of(_OPENING | members, "What a check of a dataset computes for one of its observations.")
