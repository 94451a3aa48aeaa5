"""How operations are described in OpenAPI: the same shape for all of them."""

from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from portal.api.v1.parameters import Parameter
from portal.api.v1.problems import (
    INVALID_PARAMETER,
    KINDS,
    MEDIA_TYPE,
    PRECONDITION_FAILED,
    UNKNOWN_PARAMETER,
    Kind,
)

Schema = dict[str, Any]

#: What each status of a problem means to a developer.
_MEANINGS = {
    400: "A parameter is unknown or its value cannot be taken: `parameter`, `allowed`.",
    404: "There is no such thing.",
    410: "Withdrawn; `tombstone` says when and why.",
    412: "A condition of the request (`If-Match` and its like) does not hold.",
    451: "Taken out for legal reasons; `redaction` says on what ground.",
}
_VALIDATORS = (
    OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=[200], description="Changes whenever the answer does."
    ),
    OpenApiParameter(
        "Last-Modified",
        str,
        OpenApiParameter.HEADER,
        response=[200],
        description="When the answer last changed.",
    ),
)


def _in_path(name: str, schema: Schema, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, description=description)


UID = _in_path(
    "uid",
    {"type": "string", "examples": ["visit:german-institute-2022"]},
    "The record's uid: type, colon, slug.",
)
DATASET_UID = _in_path("uid", {"type": "string", "examples": ["dataset:headcount"]}, "The dataset's uid.")
VERSION = _in_path("number", {"type": "integer", "minimum": 1}, "The version, counted from 1.")
SCHEMA_NAME = _in_path("name", {"type": "string", "examples": ["visit.1"]}, "The schema's name: type, dot, version.")
PROBLEM_CODE = _in_path("code", {"type": "string", "enum": list(KINDS)}, "The last segment of a problem's `type`.")


def component(name: str) -> str:
    """The name of the component for a record type or a shared part: ``languageMap`` → ``LanguageMap``."""
    return name[:1].upper() + name[1:]


def reference(name: str) -> Schema:
    """A reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def page_of(name: str) -> Schema:
    """A page of a list."""
    address = {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]}
    return {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "minimum": 0, "description": "How many entries the whole list has."},
            "next": address | {"description": "The whole address of the next page."},
            "previous": address | {"description": "The whole address of the previous page."},
            "results": {"type": "array", "items": reference(name)},
        },
        "required": ["count", "next", "previous", "results"],
        "additionalProperties": False,
    }


def operation(
    operation_id: str,
    summary: str,
    description: str,
    *,
    answer: Schema,
    takes: Iterable[Parameter],
    at: Iterable[OpenApiParameter] = (),
    problems: Iterable[Kind] = (UNKNOWN_PARAMETER, INVALID_PARAMETER),
    media_type: str = "application/json",
) -> Callable[[Any], Any]:
    """Describe a view's ``get``: what it takes, what it answers, and which problems it can answer with."""
    statuses = sorted({kind.status for kind in (*problems, PRECONDITION_FAILED)})
    responses: dict[Any, Any] = {
        (200, media_type): OpenApiResponse(answer, description=summary),
        304: OpenApiResponse(description="What the reader has is still right."),
    }
    responses |= {
        (status, MEDIA_TYPE): OpenApiResponse(reference("Problem"), description=_MEANINGS[status])
        for status in statuses
    }
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description,
        parameters=[*at, *(parameter.documented() for parameter in takes), *_VALIDATORS],
        responses=responses,
    )
