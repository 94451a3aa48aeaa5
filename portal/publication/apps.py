"""The publication room as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """Puts the log's triggers back after each migration and registers this room's consumers."""

    name = "portal.publication"
    label = "publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from portal.publication import consumers, renditions

        consumers.register(lambda: [renditions.CONSUMER])
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="publication.triggers")


def _install_triggers(using: str, **_kwargs: Any) -> None:
    from portal.publication import triggers

    triggers.install(connections[using])
