"""How many follow, and what became of the mails: numbers alone."""

from dataclasses import dataclass

from django.db.models import Count

from portal.subscriptions.models import Mail, SignUp, Subscription


@dataclass(frozen=True, slots=True)
class Counts:
    """Subscriptions by language and by pace, sign-ups that are not confirmed, and mails by state. Mails that were sent
    are counted for thirty days.
    """

    subscriptions: int
    languages: dict[str, int]
    paces: dict[str, int]
    sign_ups: int
    mails: dict[str, int]


def counts() -> Counts:
    """The numbers of this moment."""
    return Counts(
        subscriptions=Subscription.objects.count(),
        languages=dict(Subscription.objects.values_list("language").annotate(Count("pk"))),
        paces=dict(Subscription.objects.values_list("pace").annotate(Count("pk"))),
        sign_ups=SignUp.objects.count(),
        mails=dict.fromkeys(Mail.State.values, 0)
        | dict(Mail.objects.order_by().values_list("state").annotate(Count("pk"))),
    )
