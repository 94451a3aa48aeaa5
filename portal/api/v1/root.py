"""Where a reader of the API begins: its resources, and the kinds of problem."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_view

from portal.api.v1 import openapi
from portal.api.v1.parameters import LANG_OF_ERRORS
from portal.api.v1.problems import (
    BASE,
    INVALID_PARAMETER,
    KINDS,
    NOT_FOUND,
    UNKNOWN_PARAMETER,
    Kind,
    Problem,
    language_of,
)
from portal.api.v1.schemas import StaticView
from portal.api.v1.views import json_response
from portal.core.languages import DJANGO_CODES
from portal.publication.types import LISTED

_RESOURCES = (
    "records",
    *(record_type.plural for record_type in LISTED),
    *("search", "suggest", "menus", "banners", "venues", "changes", "collections", "dumps", "schemas", "problems"),
)


@extend_schema_view(
    get=openapi.operation(
        "resources",
        "The resources",
        "Name and address of each resource of the API.",
        answer=openapi.reference("Resources"),
        takes=(LANG_OF_ERRORS,),
    )
)
class Root(StaticView):
    """The resources of the API."""

    def content(self, request: HttpRequest, **kwargs: Any) -> bytes:
        """Name and whole address of each."""
        addresses = {name: reverse(f"api-{name}") for name in (*_RESOURCES, "openapi", "docs")}
        addresses["resolve"] = f"{reverse('api-resolve')}?path=/"
        return orjson.dumps({name: request.build_absolute_uri(address) for name, address in addresses.items()})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return json_response(self.body)


def _described(kind: Kind, language: str) -> dict[str, Any]:
    with translation.override(DJANGO_CODES[language]):
        return {"type": f"{BASE}{kind.code}/", "title": str(kind.title), "status": kind.status}


@extend_schema_view(
    get=openapi.operation(
        "problems_list",
        "The kinds of problem",
        "What the `type` of a problem document can be.",
        answer=openapi.reference("ProblemKinds"),
        takes=(LANG_OF_ERRORS,),
    )
)
class ProblemList(StaticView):
    """All kinds of problem."""

    def content(self, request: HttpRequest, **kwargs: Any) -> bytes:
        """Type, title and status of each."""
        results = [_described(kind, language_of(request)) for kind in KINDS.values()]
        return orjson.dumps({"count": len(results), "next": None, "previous": None, "results": results})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return json_response(self.body)


@extend_schema_view(
    get=openapi.operation(
        "problems_retrieve",
        "One kind of problem",
        "What the address in the `type` of a problem document leads to.",
        answer=openapi.reference("ProblemKind"),
        takes=(LANG_OF_ERRORS,),
        at=(openapi.PROBLEM_CODE,),
        problems=(UNKNOWN_PARAMETER, INVALID_PARAMETER, NOT_FOUND),
    )
)
class ProblemDetail(StaticView):
    """One kind of problem."""

    def content(self, request: HttpRequest, **kwargs: Any) -> bytes:
        """Type, title and status."""
        kind = KINDS.get(kwargs["code"])
        if kind is None:
            raise Problem(NOT_FOUND, _("There is no such kind of problem."), allowed=list(KINDS))
        return orjson.dumps(_described(kind, language_of(request)))

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The kind."""
        return json_response(self.body)
