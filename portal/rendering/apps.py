"""The application portal.rendering."""

from django.apps import AppConfig


class RenderingConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.rendering"
    label = "rendering"
