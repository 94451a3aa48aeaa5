"""Webhooks for tests, and receivers of theirs: servers on this machine that remember what came."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils import timezone
from standardwebhooks import Webhook as Reader

from portal.api.v1.cases import modules
from portal.api.v1.cases.scopes import SCOPES
from portal.cases.models import Module, Webhook
from portal.cases.webhooks import sealing
from tests.factories.cases import AGENCY

KIND = "consumer-complaint"


@dataclass
class Message:
    """What came: the path, the headers by small letters, the body."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body."""
        return json.loads(self.body)

    @property
    def seq(self) -> int:
        """The event that it tells of."""
        return self.json["data"]["seq"]


@dataclass
class Receiver:
    """A server. ``answers`` are given in their order and then 204 for ever: a status, or a status and headers. While
    ``hold`` is cleared, it keeps whoever asks waiting.
    """

    port: int = 0
    answers: list[Any] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/hook?token=in-the-address"

    @property
    def seqs(self) -> list[int]:
        """The events that it was told of."""
        return [message.seq for message in self.messages]


@contextmanager
def receiving(settings: Any, *, allowed: bool = True, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that runs for the length of a block; unless ``allowed`` it is as any address of this machine."""
    receiver = Receiver()
    receiver.hold.set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.messages.append(Message(self.path, headers, body))
            receiver.hold.wait(30)
            answer = receiver.answers.pop(0) if receiver.answers else 204
            status, more = answer if isinstance(answer, tuple) else (answer, {})
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_args: None
    if tls:
        tls.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    if allowed:
        settings.WEBHOOK_TRIAL_ADDRESSES = settings.WEBHOOK_TRIAL_ADDRESSES | {("127.0.0.1", receiver.port)}
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()


def webhook(url: str, *, agency: str = AGENCY, kinds: tuple[str, ...] = (KIND,), **given: Any) -> Webhook:
    """A webhook of a new module; its secret is in ``given_secret``."""
    client = modules.create(name="測試模組", agency=agency, scopes=SCOPES)
    module = Module.objects.get(application__client_id=client.id)
    made = Webhook(module=module, url=url, kinds=list(kinds), **given)
    made.given_secret = sealing.give(made)
    made.save()
    return made


def verified(message: Message, secret: str) -> dict[str, Any]:
    """The body of a message as Standard Webhooks' own library reads it, which raises for a wrong signature."""
    return Reader(secret).verify(message.body, message.headers)


def rested(of: Webhook) -> None:
    """Let the pause before the next attempt be over."""
    Webhook.objects.filter(pk=of.pk).update(retry_at=timezone.now())
