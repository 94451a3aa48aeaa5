"""Over a real connection: what a mail server says, and where it hangs up, decides what becomes of a mail."""

import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from portal.subscriptions.models import Mail
from tests.factories.documents import document, publish
from tests.factories.subscribers import follow, subscribe

pytestmark = pytest.mark.django_db

#: What the server does to whom.
GOOD, UNKNOWN, CUT_OFF = "good@example.org", "unknown@example.org", "cut-off@example.org"


class Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs to hand a mail over."""

    def say(self, line: str) -> None:
        """One line of an answer."""
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        """Until the client leaves, or is left."""
        self.say("220 ready")
        recipient = ""
        for line in self.rfile:
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "RCPT":
                recipient = command.partition("<")[2].partition(">")[0]
                self.say("550 unknown" if recipient == UNKNOWN else "250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append((recipient, b"".join(lines)))
                if recipient == CUT_OFF:
                    return
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


@pytest.fixture
def smtp() -> Iterator[socketserver.ThreadingTCPServer]:
    """A server of the test's own; ``taken`` holds what it has taken: recipient and content."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as running:
        running.daemon_threads = True
        running.taken = []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def test_refused_taken_and_cut_off(client: Client, settings, smtp):
    # The one that is cut off comes first, and the connection with it.
    for address in (CUT_OFF, UNKNOWN, GOOD):
        subscribe(client, address)
    publish(document("visit", "v"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = smtp.server_address
    follow()
    told = Mail.objects.filter(subscription__isnull=False)
    states = dict(told.values_list("subscription__address", "state"))
    assert states == {CUT_OFF: "uncertain", UNKNOWN: "waiting", GOOD: "sent"}
    follow()
    assert [recipient for recipient, _content in smtp.taken] == [CUT_OFF, GOOD]
    [content] = [content for recipient, content in smtp.taken if recipient == GOOD]
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in content
