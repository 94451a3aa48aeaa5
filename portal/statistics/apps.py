"""The application portal.statistics."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Registers the room with Django."""

    name = "portal.statistics"
    label = "statistics"
