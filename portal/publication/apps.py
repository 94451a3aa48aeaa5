"""The application portal.publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.publication"
    label = "publication"
