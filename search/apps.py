"""The search room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Registers the consumers that feed the engines, and keeps what editors enter as searches compare it."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal.publication import consumers
        from search import consumer, editing

        consumers.register(consumer.followers)
        editing.connect()
