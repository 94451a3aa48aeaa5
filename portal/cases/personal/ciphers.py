"""Encryption of one value, for one place.

AES-256-GCM with the place as associated data: the case's reference, the event, the field and the key's id. Whoever can
write to the database, and has no key, can neither put one case's value into another nor one field's into another
without its being refused; Fernet has no associated data and would decrypt either. Nonces are 96 random bits, which NIST
SP 800-38D allows for 2³² values under one key.
"""

import json
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.cases.personal.keys import Keyring, Unreadable
from portal.cases.personal.wrapped import Personal

_NONCE = 12
_FORMAT = "portal.cases.personal 1"


class Altered(Unreadable):
    """It is not what was stored there: damaged, or of another place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value belongs: the case's reference, the event's number, the field's name."""

    reference: str
    event: int
    field: str

    def bound(self, key: str) -> bytes:
        """What a ciphertext of this place under this key is bound to."""
        return json.dumps([_FORMAT, key, self.reference, self.event, self.field], separators=(",", ":")).encode()


class Encryption:
    """The current key, ready to encrypt many values. ``key`` is its id."""

    def __init__(self, keys: Keyring) -> None:
        self.key = keys.current
        self._cipher = AESGCM(keys.key(self.key))

    def encrypted(self, value: Personal, place: Place) -> bytes:
        """A value for its place: nonce, ciphertext, tag."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, value.reveal().encode(), place.bound(self.key))


def encrypted(value: Personal, place: Place, keys: Keyring) -> bytes:
    """One value under the current key."""
    return Encryption(keys).encrypted(value, place)


def decrypted(sealed: bytes | memoryview, place: Place, key: str, keys: Keyring) -> Personal:
    """The value that was encrypted for this place under the key with this id. Raises UnknownKey and Altered."""
    content = bytes(sealed)
    cipher = AESGCM(keys.key(key))
    try:
        return Personal(cipher.decrypt(content[:_NONCE], content[_NONCE:], place.bound(key)).decode())
    except (InvalidTag, ValueError):
        raise Altered(
            f"{place.field} of event {place.event} of {place.reference} is not what was stored there."
        ) from None
