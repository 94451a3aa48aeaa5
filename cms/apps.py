"""The application cms."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Registers the room with Django."""

    name = "cms"
    label = "cms"
