"""How the addresses of the module API are described in OpenAPI."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view

from portal.api.v1.openapi import Schema, reference
from portal.api.v1.parameters import LANG_OF_ERRORS, Parameter
from portal.api.v1.problems import MEDIA_TYPE
from portal.cases.kinds import KINDS

#: The name of the security scheme.
SCHEME = "modules"
_MEANINGS = {
    400: "The request, a parameter or the idempotency key is not as it should be.",
    401: "There is no access token, or none that is valid.",
    403: "The token lacks the scope that `scope` names, or the step is not a module's to take.",
    404: "There is no such thing, or it is another agency's.",
    409: "The case does not stand as the request needs it, or a request with this key is being handled.",
    411: "The length of the body is not told.",
    412: "The case is at another version than `If-Match` names.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "`errors` names each member that is missing or wrong; or the key came with another request before.",
    428: "`If-Match` is missing.",
    429: "Too many requests wait for the feed; `Retry-After` says in how many seconds to ask again.",
}
KIND = OpenApiParameter(
    "kind", {"type": "string", "enum": list(KINDS)}, OpenApiParameter.PATH, description="The kind of case."
)
REFERENCE = OpenApiParameter(
    "reference", {"type": "string"}, OpenApiParameter.PATH, description="The case's reference number."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255},
    OpenApiParameter.HEADER,
    required=True,
    description="A new one for each request, the same when a request is repeated: then the first answer comes again. "
    "Known for 48 hours.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "examples": ['"3"', "*"]},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the case as the sender knows it; `*` for whatever version.",
)
IF_MATCH_OPTIONAL = OpenApiParameter(
    "If-Match",
    {"type": "string", "examples": ['"3"', "*"]},
    OpenApiParameter.HEADER,
    description="The ETag of the case, where the request is meant for that version alone.",
)
ATTACHMENT = OpenApiParameter(
    "attachment",
    {"type": "string", "format": "uuid"},
    OpenApiParameter.PATH,
    description="The file's `id`, as the event has it.",
)
CONTENT_DISPOSITION = OpenApiParameter(
    "Content-Disposition",
    {"type": "string", "examples": ["attachment; filename*=UTF-8''receipt.pdf"]},
    OpenApiParameter.HEADER,
    description="What the file is called, where it is the body itself.",
)
ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="The version of the case, for `If-Match`."
)
#: What every answer can be but for the good one.
_ALWAYS = (400, 401, 404)


def operation(
    operation_id: str,
    summary: str,
    description: str,
    *,
    answer: str,
    status: int = 200,
    media_type: str = "application/json",
    body: Mapping[str, Schema] | None = None,
    at: Iterable[OpenApiParameter] = (),
    takes: Iterable[Parameter] = (LANG_OF_ERRORS,),
    problems: Iterable[int] = (),
) -> Callable[[Any], Any]:
    """Describe an operation: ``answer`` is the component that it answers with, ``body`` media type → schema."""
    responses: dict[Any, Any] = {
        (status, media_type): OpenApiResponse(reference(answer), description=summary),
    }
    responses |= {
        (number, MEDIA_TYPE): OpenApiResponse(reference("Problem"), description=_MEANINGS[number])
        for number in sorted({*_ALWAYS, *problems})
    }
    # Typed as names alone, but written into the document as it is.
    security: Any = [{SCHEME: []}]
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description,
        tags=["cases"],
        auth=security,
        request=dict(body) if body else None,
        parameters=[*at, *(parameter.documented() for parameter in takes)],
        responses=responses,
    )


def described(**operations: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The decorator of a view whose methods are described."""
    return extend_schema_view(**operations)
