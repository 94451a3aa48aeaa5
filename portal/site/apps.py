"""The application portal.site."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.site"
    label = "site_public"
