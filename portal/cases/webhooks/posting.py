"""Posting a message to an address that others have named, and nothing besides.

The socket is opened here, to an address that `addresses` has looked at, and handed to the standard library's client: no
name is resolved a second time, no proxy of the environment is asked. The certificate has to be of the name. Redirects
that keep the method (307, 308) are followed, each to a target that is looked at in the same way. One span of time holds
for all of it, however slowly the other side writes. Of the answer only its status and Retry-After are of interest.
"""

import contextlib
import functools
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from portal.cases.webhooks import addresses
from portal.cases.webhooks.addresses import Target
from portal.cases.webhooks.faults import CONNECTION, REDIRECT, TIME, TLS, Undelivered

SECONDS = 20.0
REDIRECTS = 3
_REDIRECTING = (307, 308)
#: Addresses of a name that are tried, one after the other.
_MOST_ADDRESSES = 3
#: Of what it answers so much is read, and thrown away.
_MOST_BYTES = 4096


@dataclass(frozen=True)
class Answer:
    """What the receiver said. ``retry_after`` is in seconds; None where it named none."""

    status: int
    retry_after: int | None = None


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS) -> Answer:
    """Post a body, within so many seconds. Raises `Undelivered` where there is no answer."""
    until = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        target = addresses.target(url)
        answer, location = _exchanged(target, body, headers, until)
        if answer.status not in _REDIRECTING:
            return answer
        if not location:
            raise Undelivered(REDIRECT)
        url = urljoin(url, location)
    raise Undelivered(REDIRECT)


@functools.cache
def tls() -> ssl.SSLContext:
    """What the system trusts. One for the process: reading it takes longer than a delivery."""
    return ssl.create_default_context()


def _exchanged(target: Target, body: bytes, headers: Mapping[str, str], until: float) -> tuple[Answer, str | None]:
    """The answer, and where it leads."""
    raw = _connected(target, addresses.resolved(target), until)
    # The connection is cut at its end from outside: a timeout of the socket begins anew with each byte.
    is_over = threading.Event()
    with raw.dup() as twin:
        cutting = threading.Timer(max(until - time.monotonic(), 0), _cut, [twin, is_over])
        cutting.daemon = True
        cutting.start()
        try:
            return _asked(target, raw, body, headers, is_over)
        except (ssl.SSLError, OSError, http.client.HTTPException, ValueError) as error:
            if is_over.is_set() or isinstance(error, TimeoutError):
                raise Undelivered(TIME) from None
            raise Undelivered(TLS if isinstance(error, ssl.SSLError) else CONNECTION) from None
        finally:
            cutting.cancel()
            cutting.join()
            raw.close()


def _connected(target: Target, found: list[str], until: float) -> socket.socket:
    """A connection to the first of some addresses that takes one."""
    for address in found[:_MOST_ADDRESSES]:
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((address, target.port), timeout=left)
        except TimeoutError:
            break
        except OSError:
            continue
    else:
        raise Undelivered(CONNECTION)
    raise Undelivered(TIME)


def _asked(
    target: Target, raw: socket.socket, body: bytes, headers: Mapping[str, str], is_over: threading.Event
) -> tuple[Answer, str | None]:
    client: http.client.HTTPConnection
    if target.scheme == "https":
        client = http.client.HTTPSConnection(target.host, target.port, context=tls())
        client.sock = tls().wrap_socket(raw, server_hostname=target.host)
    else:
        client = http.client.HTTPConnection(target.host, target.port)
        client.sock = raw
    # Never by the name again.
    client.auto_open = 0
    with client.sock:
        client.request("POST", target.path, body, dict(headers) | {"Connection": "close"})
        with client.getresponse() as response:
            if is_over.is_set():
                # What was cut off is no answer, though its first line says so.
                raise TimeoutError
            # Whoever is still writing would meet a broken connection otherwise.
            with contextlib.suppress(OSError, http.client.HTTPException):
                response.read(_MOST_BYTES)
            return Answer(response.status, _seconds(response.headers["Retry-After"])), response.headers["Location"]


def _cut(connection: socket.socket, is_over: threading.Event) -> None:
    is_over.set()
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It has ended by itself.
        return


def _seconds(written: str | None) -> int | None:
    """The seconds of a Retry-After; a date is not looked at."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 8 else None
