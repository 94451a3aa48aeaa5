"""Readers who follow by e-mail, through the very forms and links that they use."""

import datetime
import re
from urllib.parse import parse_qs, urlsplit

from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from portal.publication import consumers
from portal.subscriptions import noting, sending
from portal.subscriptions.consumer import Teller

READER = "reader@example.org"
_LINK = re.compile(r"https?://\S+")
#: Later than what is published settles.
SOON = datetime.timedelta(minutes=2)


def wish(*subjects: str, pace: str = "at-once", language: str = "zh-Hant") -> dict[str, object]:
    """What a form holds that follows these subjects; everything without any."""
    return {"follow": list(subjects) or ["all"], "pace": pace, "language": language}


def ask(client: Client, address: str = READER, *subjects: str, page: str = "/follow/email/", **members: object):
    """Fill in the form; the answer. ``members`` are those of `wish`, or headers in capitals."""
    headers = {name: value for name, value in members.items() if name.isupper()}
    chosen = {name: value for name, value in members.items() if not name.isupper()}
    return client.post(page, {"address": address, **wish(*subjects, **chosen)}, **headers)


def follow(after: datetime.timedelta = SOON) -> list[EmailMessage]:
    """Let the consumer catch up with the log, and send what is due after a while; the mails of this time."""
    before = len(mail.outbox)
    teller = Teller()
    while consumers.step(teller):
        pass
    now = timezone.now() + after
    noting.gather(now)
    sending.send(now)
    return mail.outbox[before:]


def link(message: EmailMessage, page: str) -> str:
    """The path and query of the link in a mail's text that leads to a page of the room."""
    [found] = [each for each in _LINK.findall(message.body) if f"/follow/email/{page}/" in each]
    return local(found)


def local(address: str) -> str:
    """An address of ours without scheme and host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def token_of(address: str) -> str:
    """The token in an address."""
    return parse_qs(urlsplit(address).query)["token"][0]


def subscribe(client: Client, address: str = READER, *subjects: str, **members: object) -> str:
    """The whole way: form, mail, link, button. The address at which the subscription is changed."""
    assert ask(client, address, *subjects, **members).status_code == 303
    [message] = [each for each in follow() if each.to == [address]]
    confirm = link(message, "confirm")
    response = client.post(urlsplit(confirm).path, {"token": token_of(confirm)})
    assert response.status_code == 303
    return response["Location"]
