"""The room of resources as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    """Puts back what holds reservations apart after every migration."""

    name = "portal.resources"
    label = "resources"
    verbose_name = _("Venues and vehicles")

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="resources.triggers")


def _install_triggers(using: str, **_kwargs: Any) -> None:
    from portal.resources import triggers

    triggers.install(connections[using])
