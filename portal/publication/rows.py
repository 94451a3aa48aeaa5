"""The arithmetic of the log: commitments, hashes and the chain. Pure; the format is fixed for ever.

- A *commitment* is SHA-256(nonce ‖ document): 32 random bytes, then the document as canonical JSON (RFC 8785). The
  nonce keeps a short document (a withdrawal's note, say) from being guessed once it has been redacted.
- A *row's hash* is SHA-256 over the canonical JSON of exactly the eight members of `MEMBERS`.
- ``previous`` is the hash of the row before, `GENESIS` for the first.
"""

import datetime
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from portal.core.canonical import canonical_json, sha256_hex

MEMBERS = ("seq", "uid", "type", "version", "action", "published_at", "commitment", "previous")
GENESIS = "0" * 64
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def new_nonce() -> str:
    """32 random bytes in hex."""
    return secrets.token_hex(32)


def commitment(nonce: str, document: bytes) -> str:
    """What a row commits to: the digest of the nonce's bytes followed by the canonical document."""
    return hashlib.sha256(bytes.fromhex(nonce) + document).hexdigest()


def row_hash(row: Mapping[str, Any]) -> str:
    """The hash of a row, from its eight members."""
    return sha256_hex(canonical_json({member: row[member] for member in MEMBERS}))


def moment(instant: datetime.datetime, *, not_before: str | None) -> str:
    """An instant as the log writes it; never earlier than the row before, whatever the clock says."""
    written = instant.astimezone(datetime.UTC).strftime(_FORMAT)
    return max(written, not_before) if not_before else written


def instant(written: str) -> datetime.datetime:
    """The instant that a row's ``published_at`` names."""
    return datetime.datetime.strptime(written, _FORMAT).replace(tzinfo=datetime.UTC)
