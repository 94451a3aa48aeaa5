"""The application portal.core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.core"
    label = "core"
