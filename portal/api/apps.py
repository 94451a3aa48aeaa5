"""The application portal.api."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.api"
    label = "api"
