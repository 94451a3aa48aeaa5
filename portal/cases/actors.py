"""Who acts, as opaque text, never a name: ``citizen``, ``user:<pk>`` (an officer), ``module:<client>``, or
``system:<part>`` for what the portal does by itself.
"""

import re

from portal.cases.kinds.declaration import Role

CITIZEN = "citizen"
_ACTOR = re.compile(r"citizen|user:[0-9]{1,18}|module:[A-Za-z0-9._-]{1,64}|system:[a-z-]{1,40}")
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
