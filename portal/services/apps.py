"""The room of citizens' services as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    """Registers what is done from time to time: telling citizens of the steps of their cases, and erasing."""

    name = "portal.services"
    label = "services"
    verbose_name = _("Citizens' services")

    def ready(self) -> None:
        from portal.core import periodic
        from portal.services import erasing, telling

        periodic.register("services.mails", telling.tell, seconds=5)
        periodic.register("services.erasing", erasing.erase, seconds=3600)
