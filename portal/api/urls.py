"""Addresses of the read API, under ``/api/``."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from portal.api.documentation import OpenApi, Page
from portal.api.nothing import nothing

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api-docs")),
    path("v1/", include("portal.api.v1.urls")),
    path("schema/", OpenApi.as_view(), name="api-openapi"),
    path("docs/", Page.as_view(), name="api-docs"),
    re_path("", nothing),
]
