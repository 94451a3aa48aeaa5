"""The application portal.statistics."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class StatisticsConfig(AppConfig):
    """Registers the room with Django, and puts its triggers back after every migration."""

    name = "portal.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Connect the triggers to the end of `migrate`."""
        post_migrate.connect(put_triggers_back, sender=self)


def put_triggers_back(using: str, **kwargs: Any) -> None:
    """Create the triggers that a migration dropped or that were never there."""
    from portal.statistics import triggers

    triggers.install(connections[using])
