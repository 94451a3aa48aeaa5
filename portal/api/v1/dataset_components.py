"""The components of the OpenAPI document for the figures of datasets."""

from typing import Any

from portal.api.v1.openapi import array_of, extended, object_of, on_one_page, optional, reference
from portal.core.languages import LANGUAGES
from portal.statistics.status import STATUSES
from portal.statistics.summaries import AGGREGATES

Schema = dict[str, Any]

_WORD: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_VERSION: Schema = {"type": "integer", "minimum": 1}
_TEXT = reference("Text")
_ADDRESS = optional({"type": "string", "format": "uri"})
_VALUE = optional(reference("Decimal"))
_TERM = object_of({"key": _WORD, "value": _VALUE})
#: The members of one finding of a check.
FINDING: dict[str, Schema] = {
    "period": _WORD,
    "result": _TERM,
    "terms": array_of(_TERM),
    "computed": _VALUE,
    "formula": _WORD | {"description": "The numbers, with thousands commas: `5,498 + 633 = 6,131`."},
    "outcome": {"enum": ["holds", "fails", "open"]},
}
_STATUS: Schema = {"enum": list(STATUSES)}


def dataset_components(declared_check: Schema, dataset: Schema) -> dict[str, Schema]:
    """The components, by name: of a check as the documents declare it, and of a ready dataset."""
    return {
        "DatasetDetail": extended(dataset, {"distributions": array_of(_distribution())}),
        "Observation": _observation(),
        "CheckList": on_one_page(
            {"uid": reference("Uid"), "version": _VERSION, "results": array_of(reference("Check"))}
        ),
        "Check": _check(declared_check),
        "Differences": _differences(),
        "Summary": _summary(),
        "DistributionList": on_one_page(
            {"uid": reference("Uid"), "version": _VERSION, "complete": {"type": "boolean"}}
            | {"results": array_of(_distribution())}
        ),
    }


def _observation() -> Schema:
    label: Schema = {"type": "object", "additionalProperties": _WORD}
    members = {
        "key": _WORD | {"description": "Measure, dimension codes and period, joined by dots."},
        "period": _WORD,
        "measure": _WORD,
        "value": _VALUE,
        "unit": reference("Code"),
        "status": _STATUS,
        "note": optional(_TEXT),
        "source": array_of(reference("Source"), "The proofs of this observation."),
    }
    observation = object_of(members, "An observation; besides these members it has one per dimension, with its code.")
    observation["properties"] |= {"labels": label}
    return observation | {"additionalProperties": reference("Code")}


def _check(declared: Schema) -> Schema:
    """A declared check with what it says of the figures."""
    return extended(
        declared,
        {
            "number": {"type": "integer", "minimum": 1},
            "outcome": FINDING["outcome"],
            "counts": object_of({"holds": _NUMBER, "fails": _NUMBER, "open": _NUMBER}),
            "findings": array_of(object_of(FINDING)),
            "problem": optional(_TEXT) | {"description": "Why the check could not be evaluated."},
        },
    )


def _differences() -> Schema:
    side = optional(object_of({"value": _VALUE, "status": _STATUS, "note": optional(_TEXT)}))
    difference = object_of(
        {"key": _WORD, "change": {"enum": ["added", "removed", "changed"]}, "before": side, "after": side}
    )
    return object_of(
        {
            "count": _NUMBER,
            "next": _ADDRESS,
            "previous": _ADDRESS,
            "uid": reference("Uid"),
            "from_version": _VERSION,
            "to_version": _VERSION,
            "counts": object_of({"added": _NUMBER, "removed": _NUMBER, "changed": _NUMBER}),
            "results": array_of(difference),
        }
    )


def _distribution() -> Schema:
    address = {"type": "string", "format": "uri"}
    return object_of(
        {
            "format": _WORD,
            "media_type": _WORD,
            "language": optional({"enum": list(LANGUAGES)}),
            "filename": _WORD,
            "size": _NUMBER | {"description": "In bytes."},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "url": address | {"description": "Never changes and never means other bytes."},
            "latest": address | {"description": "Always leads to the latest version's file."},
        },
        "A file that holds the dataset.",
    )


def _summary() -> Schema:
    group = object_of(
        {
            "measure": _WORD,
            "unit": reference("Code"),
            "value": _VALUE,
            "observations": _NUMBER | {"description": "How many have a value."},
            "missing": _NUMBER,
        },
        "A group; besides these members it has one for each of `by`, with its code.",
    ) | {"additionalProperties": _WORD}
    return object_of(
        {
            "uid": reference("Uid"),
            "version": _VERSION,
            "by": array_of(_WORD),
            "agg": {"enum": list(AGGREGATES)},
            "results": array_of(group),
        }
    )
