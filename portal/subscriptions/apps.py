"""The room of subscriptions as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    """Registers the consumer that tells subscribers what was published, and what outlives a restore."""

    name = "portal.subscriptions"
    label = "subscriptions"
    verbose_name = _("E-mail subscriptions")
    #: Whoever has ended a subscription is in no backup either.
    kept_out_of_backups = True

    def ready(self) -> None:
        from portal.core import keepers
        from portal.publication import consumers
        from portal.subscriptions import consumer, keeping

        consumers.register(lambda: [consumer.CONSUMER])
        keepers.register(keeping.remember)
