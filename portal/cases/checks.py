"""What is checked before the room is used."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError

from portal.cases.personal import rotating


def keys_are_there(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """With ``--database default``, which `manage.py migrate` also checks: is every key there that something is kept
    under?
    """
    if not databases or "default" not in databases:
        return []
    try:
        values, hashes = rotating.in_use()
    except DatabaseError:
        # The tables are not there yet.
        return []
    found: list[CheckMessage] = []
    if values.missing:
        found.append(
            Error(
                f"Personal data is kept under keys that {values.setting} does not hold: {', '.join(values.missing)}.",
                hint="Put them back, and take them out only once `manage.py personal_data status` counts nothing.",
                id="cases.E001",
            )
        )
    if hashes.missing:
        found.append(
            Warning(
                f"Cases are not found by what was hashed under keys that {hashes.setting} does not hold: "
                f"{', '.join(hashes.missing)}.",
                hint="`manage.py personal_data rotate` hashes it anew.",
                id="cases.W001",
            )
        )
    return found
