"""Signatures of Standard Webhooks 1.0, symmetric (``v1``): HMAC-SHA256 over identifier, time and body."""

import base64
import hmac
import secrets
from collections.abc import Iterable

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A secret as receivers are given it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed(message: str, timestamp: int, body: bytes, by: Iterable[str]) -> dict[str, str]:
    """The headers of a message that is sent at a time (seconds since 1970), with a signature by each secret."""
    content = b".".join((message.encode(), str(timestamp).encode(), body))
    signatures = (hmac.digest(base64.b64decode(secret.removeprefix(_PREFIX)), content, "sha256") for secret in by)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(each).decode()}" for each in signatures),
    }
