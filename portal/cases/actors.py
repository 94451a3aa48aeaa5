"""Who acts, as opaque text: ``citizen``, ``user:<pk>`` (an officer), ``module:<client>``, ``system``. Never a name."""

import re

from portal.cases.kinds.declaration import Role

CITIZEN = "citizen"
SYSTEM = "system"
_ACTOR = re.compile(r"citizen|system|user:[0-9]{1,18}|module:[A-Za-z0-9._-]{1,80}")
_ROLES = {"citizen": Role.CITIZEN, "user": Role.OFFICER, "module": Role.MODULE, "system": Role.SYSTEM}


def user(pk: int) -> str:
    """An officer."""
    return f"user:{pk}"


def module(client: str) -> str:
    """A module, by the identifier of its client."""
    return f"module:{client}"


def role(actor: str) -> Role:
    """What an actor is. Raises ValueError for a text that names none."""
    if not _ACTOR.fullmatch(actor):
        raise ValueError("not an actor")
    return _ROLES[actor.partition(":")[0]]
