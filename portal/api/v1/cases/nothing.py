"""Addresses of the module API at which there is nothing."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema

from portal.api.v1.cases.view import ModuleView


@extend_schema(exclude=True)
class Nothing(ModuleView):
    """404, for every method and whoever asks."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The problem, which nobody may store either."""
        return self.refuse(Http404(), request)
