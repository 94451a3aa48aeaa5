"""Reference numbers of cases."""

import secrets

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(kind_prefix: str) -> str:
    """A random reference number of a kind."""
    return f"{kind_prefix}-{''.join(secrets.choice(_ALPHABET) for _place in range(10))}"
