"""The address that a request came from, for limiting what one sender may do; it is never logged."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_V6_NETWORK = 64


def client_address(request: HttpRequest) -> str:
    """The client's address as the outermost of the PROXY_COUNT trusted proxies saw it.

    What a client writes into X-Forwarded-For itself stands to the left of that and is ignored.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        return forwarded[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")


def network(sender: str) -> str:
    """The network that a sender's IP address belongs to: the address itself, or the /64 of IPv6, which one household
    has. What is no address is one network of its own.
    """
    try:
        address = ipaddress.ip_address(sender)
    except ValueError:
        return ""
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, _V6_NETWORK), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
