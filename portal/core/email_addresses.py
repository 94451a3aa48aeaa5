"""E-mail addresses: what is accepted, in the one form that is kept, and what stands for one that is only counted."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_LONGEST, _LONGEST_LOCAL = 254, 64


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
