"""Webhooks and deliveries in words, for the admin."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from portal.cases.models import Delivery, Module, Webhook

STATES: Mapping[str, Promise] = {
    Webhook.State.WORKING: pgettext_lazy("webhook", "Working"),
    Webhook.State.PAUSED: pgettext_lazy("webhook", "Paused"),
    Webhook.State.FAILING: pgettext_lazy("webhook", "Given up"),
}
DELIVERY_STATES: Mapping[str, Promise] = {
    Delivery.State.WAITING: pgettext_lazy("delivery", "To be tried again"),
    Delivery.State.DELIVERED: pgettext_lazy("delivery", "Delivered"),
    Delivery.State.FAILED: pgettext_lazy("delivery", "Failed"),
    Delivery.State.SKIPPED: pgettext_lazy("delivery", "Skipped"),
}


def module_label(module: Module) -> str:
    """A module as people know it."""
    return f"{module.application.name} ({module.agency})"


def host(webhook: Webhook) -> str:
    """Where a webhook leads, without what its address may hold besides."""
    return urlsplit(webhook.url).hostname or "–"
