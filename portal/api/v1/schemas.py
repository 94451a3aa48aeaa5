"""The JSON Schemas of the documents, at addresses that do not change."""

import datetime
import hashlib
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.conditional import Validators, validators
from portal.api.v1.parameters import LANG_OF_ERRORS
from portal.api.v1.problems import INVALID_PARAMETER, NOT_FOUND, UNKNOWN_PARAMETER, Problem
from portal.api.v1.views import PublicView, json_response
from portal.publication import schemas

MEDIA_TYPE = "application/schema+json"


class StaticView(PublicView):
    """An answer that the program itself holds."""

    body: bytes

    def content(self, request: HttpRequest, **kwargs: Any) -> bytes:
        """The answer's bytes. Raises `Problem` where there are none."""
        raise NotImplementedError

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """The content's digest, and when the process started."""
        self.body = self.content(request, **kwargs)
        changed_at: datetime.datetime | None = None
        return validators(request, hashlib.sha256(self.body).hexdigest(), changed_at)


@extend_schema_view(
    get=openapi.operation(
        "schemas_list",
        "The schemas of the documents",
        "Name, title and address of each JSON Schema (2020-12).",
        answer=openapi.reference("SchemaList"),
        takes=(LANG_OF_ERRORS,),
    )
)
class SchemaList(StaticView):
    """All schemas."""

    def content(self, request: HttpRequest, **kwargs: Any) -> bytes:
        """Name, title and address of each."""
        results = [
            {
                "name": name,
                "title": orjson.loads(schemas.text(name))["title"],
                "url": request.build_absolute_uri(f"{schemas.BASE}{name}/"),
            }
            for name in schemas.names()
        ]
        return orjson.dumps({"count": len(results), "next": None, "previous": None, "results": results})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return json_response(self.body)


@extend_schema_view(
    get=openapi.operation(
        "schemas_retrieve",
        "One schema",
        "A JSON Schema (2020-12). Its `$id` and what it refers to are addresses of this portal: the same "
        "schema is served with a final "
        "slash and with `.json`.",
        answer={"type": "object"},
        media_type=MEDIA_TYPE,
        takes=(LANG_OF_ERRORS,),
        at=(openapi.SCHEMA_NAME,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND),
    )
)
class SchemaDetail(StaticView):
    """One schema by its name."""

    def content(self, request: HttpRequest, **kwargs: Any) -> bytes:
        """The schema, known by the address at which its references are found."""
        name = kwargs["name"]
        try:
            text = schemas.text(name)
        except KeyError:
            raise Problem(
                NOT_FOUND,
                _("There is no schema “%(name)s”."),
                {"name": name[:140]},
                allowed=list(schemas.names()),
            ) from None
        return text.replace(f'"$id": "{name}.json"', f'"$id": "{schemas.BASE}{name}.json"', 1).encode()

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """The schema's text."""
        return json_response(self.body, MEDIA_TYPE)


@extend_schema_view(get=extend_schema(exclude=True))
class SchemaFile(SchemaDetail):
    """The same schema at the address that other schemas refer to."""
