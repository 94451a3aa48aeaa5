"""Keys that personal data is encrypted and looked up with, and the rooms that handle it."""

import base64
import binascii
import hmac
import re

from django.core.exceptions import ImproperlyConfigured

from portal.settings.env import PRODUCTION, text
from portal.settings.security import SECRET_KEY

_BYTES = 32
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")


def parsed_keys(name: str, written: str) -> dict[str, bytes]:
    """The keys of a variable, `id:base64` by commas, the current one first. What is wrong is refused by the variable's
    name and the key's id; a key is never repeated.
    """
    keys: dict[str, bytes] = {}
    for item in filter(None, (part.strip() for part in written.split(","))):
        identity, colon, encoded = item.partition(":")
        if not colon or not _ID.fullmatch(identity):
            raise ImproperlyConfigured(
                f"{name} must hold id:key pairs by commas; an id has at most 20 letters, digits, - and _."
            )
        try:
            key = base64.b64decode(encoded, altchars=b"-_" if set(encoded) & set("-_") else None, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != _BYTES or len(set(key)) < 10:
            raise ImproperlyConfigured(f"The key {identity!r} of {name} is not {_BYTES} random bytes in base64.")
        if identity in keys or key in keys.values():
            raise ImproperlyConfigured(f"{name} holds the key {identity!r} twice.")
        keys[identity] = key
    return keys


def configured_keys(name: str, written: str) -> dict[str, bytes]:
    """The keys of a variable. Production needs its own; elsewhere one follows from SECRET_KEY where none is set."""
    if written:
        return parsed_keys(name, written)
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. Production needs keys of its own for personal data.")
    return {"development": hmac.digest(SECRET_KEY.encode(), name.encode(), "sha256")}


PERSONAL_DATA_KEYS = configured_keys("PERSONAL_DATA_KEYS", text("PERSONAL_DATA_KEYS"))
PERSONAL_INDEX_KEYS = configured_keys("PERSONAL_INDEX_KEYS", text("PERSONAL_INDEX_KEYS"))
if set(PERSONAL_DATA_KEYS.values()) & set(PERSONAL_INDEX_KEYS.values()):
    raise ImproperlyConfigured("PERSONAL_DATA_KEYS and PERSONAL_INDEX_KEYS share a key. Each needs its own.")

#: Packages whose local variables, and those of all that they call, are in no error report.
PERSONAL_ROOMS = ("portal.cases", "portal.services", "portal.api.v1.cases", "portal.subscriptions")
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.core.reports.PersonalDataFilter"
