"""Addresses for load balancers and watchdogs."""

from django.urls import path

from portal.core import health

urlpatterns = [
    path("live", health.live, name="health_live"),
    path("ready", health.ready, name="health_ready"),
]
