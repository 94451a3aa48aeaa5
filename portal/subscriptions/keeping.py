"""Subscriptions outlive a restore: no backup holds them, so they are taken from the database that it replaces."""

from collections.abc import Callable

from django.db import connection, transaction

from portal.publication import log
from portal.subscriptions.models import Choice, Subscription, Token


def remember() -> Callable[[], None]:
    """What puts the present subscriptions and the links of their mails back. Mails that wait and what was told stay
    behind: they are about rows of the log that is replaced.
    """
    if Subscription._meta.db_table not in connection.introspection.table_names():
        return lambda: None
    subscriptions = {each.pk: each for each in Subscription.objects.all()}
    belonging = [list(model.objects.all()) for model in (Choice, Token)]

    def put_back() -> None:
        with transaction.atomic():
            # What is in the restored log is told to nobody.
            seq = log.lock().seq
            for subscription in subscriptions.values():
                subscription.pk, subscription.after = None, seq
            Subscription.objects.bulk_create(subscriptions.values(), batch_size=500)
            for each in belonging:
                for row in each:
                    row.subscription_id = subscriptions[row.subscription_id].pk
            choices, links = belonging
            for choice in choices:
                choice.pk = None
            Choice.objects.bulk_create(choices, batch_size=500)
            Token.objects.bulk_create(links, batch_size=500)

    return put_back
