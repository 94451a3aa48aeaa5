"""The API's description: an OpenAPI 3.1 document made from its own addresses, and a page that shows it."""

import functools
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView

from portal.api.v1.conditional import finish, preflight
from portal.api.v1.schemas import StaticView
from portal.api.v1.views import json_response

MEDIA_TYPE = "application/vnd.oai.openapi+json"


@functools.cache
def document() -> bytes:
    """The OpenAPI document as JSON."""
    return orjson.dumps(SchemaGenerator(urlconf="portal.api.described").get_schema(request=None, public=True))


@extend_schema(exclude=True)
class OpenApi(StaticView):
    """The OpenAPI document."""

    def content(self, request: HttpRequest, **kwargs: Any) -> bytes:
        """The same for everybody."""
        return document()

    def get(self, request: HttpRequest) -> HttpResponse:
        """The document."""
        return json_response(self.body, MEDIA_TYPE)


class Page(SpectacularSwaggerSplitView):
    """The page that shows the document: its scripts and styles are apart from it, as the Content-Security-Policy
    wants."""

    template_name = "api/docs.html"
    url_name = "api-openapi"
    title = "API"

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What every address of the API answers: DRF would describe the view by its template."""
        return finish(preflight(), None)
