"""The room of cases as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Puts the events' triggers back after each migration and registers the check of the kinds' declarations."""

    name = "portal.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from portal.cases.kinds import checks  # noqa: F401 — registers itself

        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="cases.triggers")


def _install_triggers(using: str, **_kwargs: Any) -> None:
    from portal.cases import triggers

    triggers.install(connections[using])
