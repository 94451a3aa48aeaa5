"""Webhooks of case modules: which addresses they may reach besides the public internet, for tests and trials."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import PRODUCTION, names


def trial_addresses(written: list[str]) -> frozenset[tuple[str, int]]:
    """Addresses with ports, of ``127.0.0.1:9000`` or ``[::1]:9000``."""
    found = set()
    for each in written:
        address, _colon, port = each.rpartition(":")
        if not address or not port.isdecimal():
            raise ImproperlyConfigured("WEBHOOK_TRIAL_ADDRESSES holds addresses with ports, such as 127.0.0.1:9000.")
        found.add((address.strip("[]"), int(port)))
    return frozenset(found)


WEBHOOK_TRIAL_ADDRESSES = trial_addresses(names("WEBHOOK_TRIAL_ADDRESSES", []))
if WEBHOOK_TRIAL_ADDRESSES and PRODUCTION:
    raise ImproperlyConfigured("WEBHOOK_TRIAL_ADDRESSES is for trials: production reaches public addresses alone.")
