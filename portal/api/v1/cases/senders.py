"""Who sends a request: the module whose token it carries, the agency that the module acts for, and what it may do.

Tokens come in the header ``Authorization`` alone (RFC 6750, section 2.1).
"""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import get_access_token_model

from portal.api.v1.cases.scopes import SCOPES, scope
from portal.api.v1.problems import INSUFFICIENT_SCOPE, INVALID_TOKEN, Problem
from portal.cases import actors
from portal.cases.kinds import KINDS

#: What is read of a token; the rest of its row, and of its application's, says nothing here.
_READ = (
    "expires",
    "scope",
    "resource",
    "application__client_id",
    "application__module__agency",
    "application__module__scopes",
)
_CHALLENGE = 'Bearer realm="cases"'


@dataclass(frozen=True)
class Sender:
    """The module that sends a request. ``actor`` is its name in the events, ``scopes`` what its token may do now."""

    module: int
    actor: str
    agency: str
    scopes: frozenset[str]

    def may(self, kind: str, verb: str) -> bool:
        """Whether it may do something with cases of a kind."""
        return scope(kind, verb) in self.scopes

    def kinds(self, verb: str) -> list[str]:
        """The kinds with which it may do something."""
        return [kind for kind in KINDS if self.may(kind, verb)]

    def check(self, kind: str, verb: str) -> None:
        """Raise `Problem` where it may not."""
        if not self.may(kind, verb):
            raise insufficient(scope(kind, verb))


def sender_of(request: HttpRequest) -> Sender:
    """The sender of a request; one query. Raises `Problem` without a valid token."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unauthorized(_CHALLENGE)
    digest = hashlib.sha256(token.strip().encode()).hexdigest()
    found = (
        get_access_token_model()
        .objects.select_related("application__module")
        .only(*_READ)
        .filter(token_checksum=digest, application__module__ended_at=None, application__module__isnull=False)
        .first()
    )
    if found is None or found.is_expired() or not found.allows_audience(request.build_absolute_uri(request.path)):
        raise _unauthorized(f'{_CHALLENGE}, error="invalid_token"')
    module = found.application.module
    # What was taken from the module since is taken from its tokens.
    scopes = frozenset(found.scope.split()) & frozenset(module.scopes) & SCOPES.keys()
    return Sender(module.pk, actors.module(found.application.client_id), module.agency, scopes)


def insufficient(*scopes: str) -> Problem:
    """The problem of a token that lacks scopes: any of these would do."""
    names = " ".join(scopes)
    return Problem(
        INSUFFICIENT_SCOPE,
        _("The access token lacks the scope %(scope)s."),
        {"scope": names},
        headers={"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope", scope="{names}"'},
        scope=names,
    )


def _unauthorized(challenge: str) -> Problem:
    return Problem(
        INVALID_TOKEN,
        _("Send an access token that is valid: Authorization: Bearer …"),
        headers={"WWW-Authenticate": challenge},
    )
