"""The components of the OpenAPI document that describe figures, and the checks that count with them."""

import json
from typing import Any

from portal.api.v1.openapi import MOMENT, array_of, converted, extended, object_of, optional, reference
from portal.publication import schemas

Schema = dict[str, Any]

_WORD: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "integer", "minimum": 1}
_VALUE = optional(reference("Decimal"))
_TERM = object_of({"key": _WORD, "value": _VALUE})
_OUTCOME: Schema = {"enum": ["holds", "fails", "open"]}
_FORMULA = _WORD | {"description": "The numbers, with thousands commas: `5,498 + 633 = 6,131`."}
_FINDING: dict[str, Schema] = {
    "period": _WORD,
    "result": _TERM,
    "terms": array_of(_TERM),
    "computed": _VALUE,
    "formula": _FORMULA,
    "outcome": _OUTCOME,
}
_OPENING: dict[str, Schema] = {
    "dataset": reference("Uid"),
    "title": reference("Text"),
    "key": _WORD,
    "version": _NUMBER | {"description": "The dataset's version that the figure is taken from."},
    "published_at": MOMENT | {"description": "When that version was published."},
    "state": {"enum": ["current", "superseded", "withdrawn"], "description": "What that version is now."},
}


def figure_components() -> dict[str, Schema]:
    """A component for each."""
    declared = converted(json.loads(schemas.text(schemas.current("dataset")))["properties"]["checks"]["items"])
    beside: Schema = {"count": _COUNT, "next": {"type": "null"}, "previous": {"type": "null"}}
    return {
        "CheckList": object_of(
            beside | {"uid": reference("Uid"), "version": _NUMBER, "results": array_of(reference("Check"))}
        ),
        "Check": extended(
            declared,
            {
                "number": _NUMBER,
                "outcome": _OUTCOME,
                "counts": object_of({"holds": _COUNT, "fails": _COUNT, "open": _COUNT}),
                "findings": array_of(object_of(_FINDING)),
                "problem": optional(reference("Text")) | {"description": "Why the check could not be evaluated."},
            },
        ),
        "Figure": _figure(declared["properties"]),
        "DerivedFigure": _derived_figure(declared["properties"]),
    }


def _figure(check: Schema) -> Schema:
    counting = {
        "number": _NUMBER,
        "kind": check["kind"],
        "role": {"enum": ["result", "term"], "description": "What the observation is to the check."},
        **_FINDING,
        "url": _WORD | {"description": "The address of what the check computes."},
    }
    members = {
        "observation": reference("Observation"),
        "checks": array_of(object_of(counting), "The dataset's checks that count with the observation."),
        "url": reference("Address"),
        "observations": _WORD | {"description": "The address of the dataset's present table."},
        "record": _WORD | {"description": "The address of the version of the dataset."},
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
        "formula": _FORMULA,
        "outcome": _OUTCOME,
        "result": linked,
        "terms": array_of(linked),
        "explanation": check["explanation"],
        "url": reference("Address"),
    }
    return object_of(_OPENING | members, "What a check of a dataset computes for one of its observations.")
