"""What the links of mails carry: 32 random bytes as text, of which the database knows only the keyed hash."""

import re
import secrets

from django.utils.crypto import salted_hmac

_SALT = "portal.subscriptions.token"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new() -> str:
    """A token that nobody can guess, 43 characters of base64url."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """The keyed hash under which a token is kept. Whoever reads the database learns no link from it."""
    return salted_hmac(_SALT, token, algorithm="sha256").hexdigest()


def is_token(text: str) -> bool:
    """Whether a text could be a token."""
    return bool(_TOKEN.fullmatch(text))
