"""Addresses of public files."""

from django.urls import re_path

from portal.site import media

urlpatterns = [
    re_path(
        r"^(?P<sha256>[0-9a-f]{64})/(?P<name>[a-z0-9][a-z0-9-]{0,180}\.[a-z0-9.-]{1,20})$",
        media.file,
        name="public_file",
    ),
]
