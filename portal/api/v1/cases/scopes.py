"""What a token may do: ``cases:<kind>:read``, ``…:write``, ``…:counts``, ``…:personal``, for each kind of case.

``personal`` shows what is personal besides what ``read`` shows; it is given to nobody who has not asked for it by name.
"""

from typing import Any

from oauth2_provider.scopes import BaseScopes

from portal.cases.kinds import KINDS

READ, WRITE, COUNTS, PERSONAL = "read", "write", "counts", "personal"
_MEANINGS = {
    READ: "Read cases of the kind {}, without what is personal",
    WRITE: "Send cases of the kind {} and move them on",
    COUNTS: "Send counts of cases of the kind {} that the module keeps to itself",
    PERSONAL: "Read what is personal in cases of the kind {}; every reading is noted",
}


def scope(kind: str, verb: str) -> str:
    """The name of a scope."""
    return f"cases:{kind}:{verb}"


#: Every scope, and what it allows.
SCOPES = {scope(kind, verb): meaning.format(kind) for kind in KINDS for verb, meaning in _MEANINGS.items()}


class ModuleScopes(BaseScopes):
    """What the tokens of an application may be given: what its module may do."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope, with what it allows."""
        return SCOPES

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """The scopes of the application's module; none without one."""
        module = getattr(application, "module", None)
        return [name for name in SCOPES if module and name in module.scopes]

    def get_default_scopes(self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        """The same, but for what is personal."""
        available = self.get_available_scopes(application, request)
        return [name for name in available if not name.endswith(f":{PERSONAL}")]
