"""Opaque text: bytes that a reader is given in an address and hands back, and that mean nothing to them."""

import base64


def wrap(plain: bytes) -> str:
    """The bytes as text for an address (RFC 4648, base64url, without padding)."""
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def unwrap(text: str) -> bytes:
    """The bytes of a text. Raises ValueError for what `wrap` could not have made."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
