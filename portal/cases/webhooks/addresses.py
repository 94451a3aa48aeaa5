"""Which addresses webhooks may reach: those of the public internet, by https.

A name is resolved here and nowhere else, each time that something is sent, and every answer has to be a public
address; the connection then goes to an address that was looked at (`posting`). So a name whose answer changes between
the look and the connection, or that answers with a public and a private address, gains nothing.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from portal.cases.webhooks.faults import ADDRESS, NAME, Undelivered

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PRINTABLE = re.compile(r"[!-~]{1,500}")
_HTTPS: Final = 443
#: Ports below are other services' (mail, remote shells), and none of them has a webhook.
_FIRST_FREE: Final = 1024
#: An IPv4 address in the last four bytes: mapped, compatible, NAT64 (RFC 6052).
_LAST_BYTES = tuple(map(ipaddress.IPv6Network, ("::ffff:0:0/96", "::/96", "64:ff9b::/96")))
#: Public by their number, but answered by the inside of a cloud or of whatever network this is.
_INSIDE = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10")))


@dataclass(frozen=True)
class Target:
    """Where something is posted to. ``path`` includes the query."""

    scheme: str
    host: str
    port: int
    path: str


def target(url: str) -> Target:
    """The target of an address. Raises `Undelivered` for one that webhooks may not have: they have https, no user, no
    fragment, port 443 or one from 1024 on, and are written in ASCII.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Undelivered(ADDRESS) from None
    number = port if port is not None else _HTTPS
    is_trial = any(number == each for _address, each in settings.WEBHOOK_TRIAL_ADDRESSES)
    if (
        not _PRINTABLE.fullmatch(url)
        or parts.scheme not in (("https", "http") if is_trial else ("https",))
        or not host
        or "%" in host
        or parts.username is not None
        or parts.fragment
    ):
        raise Undelivered(ADDRESS)
    if number != _HTTPS and number < _FIRST_FREE:
        raise Undelivered(ADDRESS)
    return Target(parts.scheme, host, number, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def resolved(target: Target) -> list[str]:
    """The addresses of a target's host, as the name service has them now, each once. Raises `Undelivered` where there
    are none, or one of them is not public.
    """
    try:
        answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Undelivered(NAME) from None
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not found or not all(_may_be_reached(each, target) for each in found):
        raise Undelivered(ADDRESS)
    return found


def is_public(address: _Address) -> bool:
    """Whether everybody may reach an address. One of IPv6 that stands for one of IPv4 is what that is."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return False
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not any(address in network for network in _INSIDE)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if any(address in network for network in _LAST_BYTES):
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.sixtofour


def _may_be_reached(written: str, target: Target) -> bool:
    if (written, target.port) in settings.WEBHOOK_TRIAL_ADDRESSES:
        return True
    try:
        return target.scheme == "https" and is_public(ipaddress.ip_address(written))
    except ValueError:
        return False
