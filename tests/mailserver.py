"""A mail server that refuses, dies and comes back when it is told to, and remembers what it took."""

import smtplib
from collections.abc import Callable

from django.core.mail import EmailMessage


class Crash(BaseException):
    """The process is gone: no handler of ours sees it."""


class Server:
    """What it has taken is in ``taken``. ``before`` and ``after`` are called with each message, before and after it is
    taken, and may raise.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.is_away = False
        self.before: Callable[[EmailMessage], None] = lambda _message: None
        self.after: Callable[[EmailMessage], None] = lambda _message: None

    def __call__(self, **_options: object) -> "Server":
        """What Django calls to get a connection."""
        return self

    def open(self) -> bool:
        """Raises where the server is away."""
        if self.is_away:
            raise ConnectionRefusedError
        return True

    def close(self) -> None:
        """Nothing is kept open."""

    def send_messages(self, messages: list[EmailMessage]) -> int:
        """Take the messages."""
        for message in messages:
            message.message()
            self.before(message)
            self.taken.append(message)
            self.after(message)
        return len(messages)

    def to(self, address: str) -> list[EmailMessage]:
        """What it has taken for an address."""
        return [message for message in self.taken if message.to == [address]]


def refusing(*addresses: str) -> Callable[[EmailMessage], None]:
    """A server that does not know these addresses."""

    def refuse(message: EmailMessage) -> None:
        if message.to[0] in addresses:
            raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})

    return refuse
