"""The addresses that the OpenAPI document describes: this API's, as they are served."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("portal.api.v1.urls"))]
