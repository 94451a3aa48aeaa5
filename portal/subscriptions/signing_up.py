"""From a form to a subscription, and back: asking, confirming, changing, ending.

Asking does the same whether an address is known or not: it does not look. What is kept of it is a sign-up and a mail
that waits for the consumer to send it, so that no answer waits for a mail server either. Only who holds a link of a
mail can confirm, change or end.
"""

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.core import allowances, email_addresses
from portal.core.addresses import network
from portal.publication import log
from portal.subscriptions import tokens
from portal.subscriptions.models import Allowance, Choice, Mail, SignUp, Subscription, Token

#: How long a sign-up waits to be confirmed before it is erased.
CONFIRMATION = datetime.timedelta(days=3)
#: How long the links of a mail lead to its subscription.
LINKS = datetime.timedelta(days=730)
#: Sign-ups that one sender may make in an hour, and mails to confirm that one mailbox is sent in a day.
PER_SENDER, PER_MAILBOX = 10, 3


class TooMany(Exception):
    """One sender has asked too often. Says nothing of any address."""


class NoSuchLink(Exception):
    """A token that leads nowhere: used, expired, or never given out."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to be told: subjects (`subjects`), how soon, in which language (BCP 47)."""

    subjects: tuple[str, ...]
    pace: str
    language: str


def ask(address: str, wish: Wish, *, sender: str) -> None:
    """Take a wish for a normalised address, from the IP address of a sender. Raises `TooMany`.

    A mailbox that was written to often enough today gets no further mail, and nobody is told so.
    """
    now = timezone.now()
    if not allowances.take(Allowance, "sender", network(sender), limit=PER_SENDER, window=allowances.HOUR, now=now):
        raise TooMany
    with transaction.atomic():
        mailbox = email_addresses.mailbox(address)
        if allowances.take(Allowance, "mailbox", mailbox, limit=PER_MAILBOX, window=allowances.DAY, now=now):
            sign_up = SignUp.objects.create(
                address=address,
                language=wish.language,
                pace=wish.pace,
                subjects=sorted(set(wish.subjects)),
                made_at=now,
            )
            Mail.objects.create(sign_up=sign_up, key=secrets.token_hex(16), urgent=True, due_at=now)


def asked(token: str) -> Wish:
    """What the sign-up of a token asks for. Raises `NoSuchLink`."""
    sign_up = _sign_up(token)
    return Wish(tuple(sign_up.subjects), sign_up.pace, sign_up.language)


def confirm(token: str) -> str:
    """Make the sign-up of a token a subscription, or add it to the one that the address has; a token that leads there.

    The log's lock is held, so that a row is either among those that the subscription begins after or told to it.
    Raises `NoSuchLink`.
    """
    with transaction.atomic():
        head = log.lock()
        sign_up = _sign_up(token)
        subscription, is_new = Subscription.objects.get_or_create(
            address=sign_up.address,
            defaults={
                "language": sign_up.language,
                "pace": sign_up.pace,
                "after": head.seq,
                "confirmed_at": timezone.now(),
            },
        )
        if not is_new:
            Subscription.objects.filter(pk=subscription.pk).update(language=sign_up.language, pace=sign_up.pace)
        _choose(subscription, sign_up.subjects)
        sign_up.delete()
        return issue(subscription)


def held(token: str) -> Wish:
    """What the subscription of a token is for. Raises `NoSuchLink`."""
    subscription = _subscription(token)
    chosen = subscription.choices.order_by("subject").values_list("subject", flat=True)
    return Wish(tuple(chosen), subscription.pace, subscription.language)


def change(token: str, wish: Wish) -> None:
    """Replace what the subscription of a token is for. Raises `NoSuchLink`."""
    with transaction.atomic():
        subscription = _subscription(token)
        subscription.pace, subscription.language = wish.pace, wish.language
        subscription.save(update_fields=["pace", "language"])
        subscription.choices.exclude(subject__in=wish.subjects).delete()
        _choose(subscription, wish.subjects)


def end(token: str) -> None:
    """Erase the subscription of a token, and whatever else its address waits for. Without one nothing happens: it has
    been ended before.
    """
    with transaction.atomic():
        try:
            subscription = _subscription(token)
        except NoSuchLink:
            return
        erase(subscription.address)


def erase(address: str) -> int:
    """Erase all that is kept of a normalised address; how many subscriptions and sign-ups there were."""
    with transaction.atomic():
        kept = [each.objects.filter(address=address) for each in (SignUp, Subscription)]
        count = sum(each.count() for each in kept)
        for each in kept:
            each.delete()
        return count


def issue(subscription: Subscription) -> str:
    """A new token that leads to a subscription."""
    token = tokens.new()
    Token.objects.create(digest=tokens.digest(token), subscription=subscription, made_at=timezone.now())
    return token


def _choose(subscription: Subscription, subjects: Iterable[str]) -> None:
    chosen = (Choice(subscription=subscription, subject=subject) for subject in sorted(set(subjects)))
    Choice.objects.bulk_create(chosen, ignore_conflicts=True)


def _sign_up(token: str) -> SignUp:
    if tokens.is_token(token):
        waiting = SignUp.objects.filter(token=tokens.digest(token), made_at__gt=timezone.now() - CONFIRMATION)
        for sign_up in waiting:
            return sign_up
    raise NoSuchLink


def _subscription(token: str) -> Subscription:
    if tokens.is_token(token):
        since = timezone.now() - LINKS
        leading = Subscription.objects.filter(tokens__digest=tokens.digest(token), tokens__made_at__gt=since)
        for subscription in leading:
            return subscription
    raise NoSuchLink
