"""Canonical JSON (RFC 8785) and digests: the bytes that commitments are made over."""

import hashlib
from pathlib import Path
from typing import Any

import rfc8785


def canonical_json(value: Any) -> bytes:
    """The one byte string that stands for a JSON value (RFC 8785, JSON Canonicalization Scheme).

    Raises ``rfc8785.CanonicalizationError`` for what canonical JSON cannot hold: NaN, integers beyond 2**53, keys that
    are not text.
    """
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content in lower-case hex, read a block at a time."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
