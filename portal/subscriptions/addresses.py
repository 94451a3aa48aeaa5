"""E-mail addresses: what is accepted, in the one form that is kept; and what stands for an address or a sender where
they are only counted.
"""

import ipaddress

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_LONGEST, _LONGEST_LOCAL = 254, 64
_V6_NETWORK = 64


def normalised(written: str) -> str:
    """The address in small letters, its domain in ASCII (IDNA). Raises ValueError for what is none.

    Quoted local parts, which no mail provider gives out, are refused with the rest. Nothing that is accepted holds a
    space, a comma or a line break.
    """
    local, at, domain = written.strip().rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode('ascii')}".lower()
        validate_email(address)
    except (UnicodeError, ValidationError):
        raise ValueError("not an e-mail address") from None
    if '"' in address or "[" in address or len(address) > _LONGEST or len(local) > _LONGEST_LOCAL:
        raise ValueError("not an e-mail address")
    return address


def mailbox(address: str) -> str:
    """The mailbox that a normalised address leads to: what follows a plus sign is the reader's own mark."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


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
