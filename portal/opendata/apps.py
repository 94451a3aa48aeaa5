"""The open data room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    """Registers the consumers that make the files of published datasets, the collections and the dumps."""

    name = "portal.opendata"
    label = "opendata"
    verbose_name = _("Open data")

    def ready(self) -> None:
        from portal.opendata import making, renewal
        from portal.publication import consumers

        consumers.register(lambda: [making.CONSUMER, renewal.CONSUMER])
