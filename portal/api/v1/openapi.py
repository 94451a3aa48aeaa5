"""How operations and answers are described in OpenAPI: the same shape for all of them."""

from collections.abc import Callable, Iterable, Mapping
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
from portal.publication.codelists import LISTS

Schema = dict[str, Any]

#: A moment as the log writes it.
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$",
}
#: What each status of a problem means to a developer.
_MEANINGS = {
    400: "A parameter is unknown or its value cannot be taken: `parameter`, `allowed`.",
    404: "There is no such thing.",
    410: "Withdrawn; `tombstone` says when and why.",
    412: "A condition of the request (`If-Match` and its like) does not hold.",
    451: "Taken out for legal reasons; `redaction` says on what ground.",
    503: "Search cannot answer for the moment; `Retry-After` says in how many seconds to ask again.",
}
ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200], description="Changes whenever the answer does."
)
VALIDATORS = (
    ETAG,
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
FIGURE_KEY = _in_path(
    "key",
    {"type": "string", "examples": ["headcount.workers.total.2022-05"]},
    "The observation's key: measure, dimension codes and period, joined by dots.",
)
CHECK_NUMBER = _in_path("number", {"type": "integer", "minimum": 1}, "The check's number, counted from 1.")
VERSION = _in_path("number", {"type": "integer", "minimum": 1}, "The version, counted from 1.")
SCHEMA_NAME = _in_path("name", {"type": "string", "examples": ["visit.1"]}, "The schema's name: type, dot, version.")
FORMAT = _in_path(
    "format", {"type": "string", "examples": ["csv", "parquet"]}, "The format's code, as the list has it."
)
SLOT = _in_path("slot", {"type": "string", "enum": list(LISTS["menu.slot"])}, "Where the site shows the menu.")
PROBLEM_CODE = _in_path("code", {"type": "string", "enum": list(KINDS)}, "The last segment of a problem's `type`.")


def component(name: str) -> str:
    """The name of the component for a record type or a shared part: ``languageMap`` → ``LanguageMap``."""
    return name[:1].upper() + name[1:]


def reference(name: str) -> Schema:
    """A reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def object_of(properties: Mapping[str, Schema], description: str = "") -> Schema:
    """An object with exactly these members."""
    closed = {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
    return closed | {"description": description} if description else closed


def extended(schema: Schema, properties: Mapping[str, Schema]) -> Schema:
    """An object's schema with more members."""
    return schema | {
        "properties": schema["properties"] | properties,
        "required": [*schema["required"], *properties],
    }


def array_of(items: Schema, description: str = "") -> Schema:
    """An array."""
    plain: Schema = {"type": "array", "items": items}
    return plain | {"description": description} if description else plain


def on_one_page(members: Mapping[str, Schema]) -> Schema:
    """A list that has no further pages, with these members beside."""
    none: Schema = {"type": "null"}
    return object_of({"count": {"type": "integer", "minimum": 0}, "next": none, "previous": none, **members})


def optional(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def page_of(name: str) -> Schema:
    """A page of a list."""
    address = optional({"type": "string", "format": "uri"})
    return object_of(
        {
            "count": {"type": "integer", "minimum": 0, "description": "How many entries the whole list has."},
            "next": address | {"description": "The whole address of the next page."},
            "previous": address | {"description": "The whole address of the previous page."},
            "results": array_of(reference(name)),
        }
    )


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
    headers: Iterable[OpenApiParameter] = VALIDATORS,
    besides: Mapping[str, str] | None = None,
    redirects: bool = False,
) -> Callable[[Any], Any]:
    """Describe a view's ``get``: what it takes, what it answers with which headers, and which problems
    it can answer with. ``besides`` are other media types that a parameter can ask for, with what they hold;
    one that ``redirects`` answers 302 instead of 200.
    """
    statuses = sorted({kind.status for kind in (*problems, PRECONDITION_FAILED)})
    success: Any = (200, media_type)
    responses: dict[Any, Any] = {
        302 if redirects else success: OpenApiResponse(None if redirects else answer, description=summary),
        304: OpenApiResponse(description="What the reader has is still right."),
    }
    responses |= {
        (200, other): OpenApiResponse({"type": "string"}, description=holds) for other, holds in (besides or {}).items()
    }
    responses |= {
        (status, MEDIA_TYPE): OpenApiResponse(reference("Problem"), description=_MEANINGS[status])
        for status in statuses
    }
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description,
        parameters=[*at, *(parameter.documented() for parameter in takes), *headers],
        responses=responses,
    )
