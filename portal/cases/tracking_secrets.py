"""The secret that a citizen is sent once, and tracks a case with: 16 random symbols (80 bits) in groups of four.

The database knows its HMAC alone, which is made over the case's reference too, so that one case's does not open
another. A slow hash would add nothing to 80 random bits, and would let strangers keep the server busy. The key is
SECRET_KEY; where that is replaced, secrets go on working as long as the old one is in SECRET_KEY_FALLBACKS.
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.cases.references import SYMBOLS, random_symbols, typed_symbols

_SALT = "portal.cases.tracking"
#: The salt of the room in which secrets were derived before.
_DERIVED = "portal.services.secret"
_BITS = 5
_LENGTH, _GROUP = 16, 4
_NO_DIGEST = "0" * 64


def new_secret() -> str:
    """A secret to be sent to the citizen and kept nowhere."""
    return _grouped(random_symbols(_LENGTH))


def derived(value: str) -> str:
    """The secret that follows from a random value and SECRET_KEY: who has the value alone, or the database alone, has
    nothing. The value is to have 80 random bits at least.
    """
    bits = int.from_bytes(salted_hmac(_DERIVED, value, algorithm="sha256").digest(), "big")
    return _grouped("".join(SYMBOLS[bits >> place * _BITS & len(SYMBOLS) - 1] for place in range(_LENGTH)))


def digest(reference: str, secret: str) -> str:
    """What is kept of a secret: 64 hexadecimal digits. ``reference`` is normalised."""
    return _digest(reference, typed_symbols(secret), settings.SECRET_KEY)


def matches(reference: str, secret: str, kept: str | None) -> bool:
    """Whether what was typed is the secret of the case of which ``kept`` is the digest. ``kept`` is None where there is
    no such case: that takes the same steps as a wrong secret, and says the same.
    """
    try:
        symbols = typed_symbols(secret)
    except ValueError:
        symbols = ""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    # All are compared: which key a secret was kept under shows in no time either.
    found = [constant_time_compare(_digest(reference, symbols, key), kept or _NO_DIGEST) for key in keys]
    return any(found) and kept is not None and len(symbols) == _LENGTH


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def _digest(reference: str, symbols: str, key: str) -> str:
    return salted_hmac(_SALT, f"{reference} {symbols}", secret=key, algorithm="sha256").hexdigest()
