"""The secrets of webhooks, sealed with the keys of personal data, each for its webhook alone."""

import datetime
from collections import Counter

from django.db import transaction
from django.utils import timezone

from portal.cases.models import Webhook
from portal.cases.personal import ciphers
from portal.cases.personal.keys import Keyring, Unreadable, data_keys
from portal.cases.personal.wrapped import Personal
from portal.cases.webhooks.signing import new_secret

#: How long what is sent is signed by the secret before, too.
OVERLAP = datetime.timedelta(hours=24)


def give(webhook: Webhook) -> str:
    """Give a webhook that has not been saved yet its first secret; the secret, which is not told again."""
    secret, keys = new_secret(), data_keys()
    webhook.secret, webhook.secret_key = _sealed(webhook, secret, keys), keys.current
    return secret


@transaction.atomic
def renew(webhook: Webhook, now: datetime.datetime) -> str:
    """Give a webhook a new secret, beside which the one that it has is used for `OVERLAP`; the new one, which is not
    told again.
    """
    kept = Webhook.objects.select_for_update().get(pk=webhook.pk)
    old, old_key = kept.secret, kept.secret_key
    secret = give(kept)
    kept.old_secret, kept.old_secret_key, kept.old_until = old, old_key, now + OVERLAP
    kept.save(update_fields=["secret", "secret_key", "old_secret", "old_secret_key", "old_until"])
    return secret


def of(webhook: Webhook, now: datetime.datetime) -> list[Personal]:
    """The secrets that what is sent now is signed by, the newest first. Raises `personal.keys.Unreadable`."""
    keys = data_keys()
    found = [_opened(webhook, webhook.secret, webhook.secret_key, keys)]
    if webhook.old_secret and webhook.old_until and now < webhook.old_until:
        found.append(_opened(webhook, webhook.old_secret, webhook.old_secret_key, keys))
    return found


def in_use() -> dict[str, int]:
    """How many secrets are sealed under each key, by its id."""
    found: Counter[str] = Counter()
    for key, old in Webhook.objects.values_list("secret_key", "old_secret_key"):
        found.update(filter(None, (key, old)))
    return dict(found)


def seal_all_again() -> None:
    """Bring the secrets of all webhooks under the current key. One that cannot be read stays as it is."""
    keys, now = data_keys(), timezone.now()
    for pk in Webhook.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            webhook = Webhook.objects.select_for_update().get(pk=pk)
            if {webhook.secret_key, webhook.old_secret_key} <= {keys.current, ""}:
                continue
            try:
                newest, *older = of(webhook, now)
            except Unreadable:
                continue
            webhook.secret, webhook.secret_key = _sealed(webhook, newest.reveal(), keys), keys.current
            old = _sealed(webhook, older[0].reveal(), keys) if older else None
            webhook.old_secret, webhook.old_secret_key = old, keys.current if older else ""
            webhook.save(update_fields=["secret", "secret_key", "old_secret", "old_secret_key"])


def _place(webhook: Webhook) -> ciphers.Place:
    return ciphers.Place(f"webhook {webhook.key}", 0, "secret")


def _sealed(webhook: Webhook, secret: str, keys: Keyring) -> bytes:
    return ciphers.encrypted(Personal(secret), _place(webhook), keys)


def _opened(webhook: Webhook, sealed: bytes, key: str, keys: Keyring) -> Personal:
    return ciphers.decrypted(sealed, _place(webhook), key, keys)
