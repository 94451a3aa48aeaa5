"""The room of cases as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Registers the checks of the room, what outlives a restore, what is erased every hour, and what is put back after
    every migration.
    """

    name = "portal.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from portal.cases.attachments import checks as attachments  # noqa: F401 — registers itself
        from portal.cases.attachments import sweeping
        from portal.cases.calendar_changes import calendar_changed
        from portal.cases.checks import keys_are_there
        from portal.cases.kinds import checks as kinds  # noqa: F401 — registers itself
        from portal.cases.moving_deadlines import on_calendar_changed
        from portal.cases.personal import erasing, restoring
        from portal.core import keepers, periodic

        calendar_changed.connect(on_calendar_changed, dispatch_uid="cases.deadlines")
        keepers.register(restoring.remember)
        periodic.register("cases.erasing", erasing.erase_past_time, seconds=3600)
        periodic.register("cases.attachments", sweeping.sweep, seconds=3600)
        checks.register(keys_are_there, checks.Tags.database)
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="cases.triggers")


def _install_triggers(using: str, **_kwargs: Any) -> None:
    from portal.cases import triggers
    from portal.cases.counts import triggers as counts
    from portal.cases.personal import triggers as personal

    triggers.install(connections[using])
    personal.install(connections[using])
    counts.install(connections[using])
