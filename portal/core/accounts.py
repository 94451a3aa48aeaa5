"""Accounts are known to the admin alone: no other address reads a session, so that nothing public can depend on who is
signed in, or be slowed down by it.

Each of these middlewares is Django's own at addresses that begin with ACCOUNTS_PREFIX, and for the requests that the
admin makes itself to show a draft at its address; elsewhere a request has no ``session``, ``user`` or messages.
"""

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin


class _OfAccounts(MiddlewareMixin):
    """Steps aside where accounts are not known."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Wagtail's sign of a request that nobody has sent: a preview, on behalf of whoever looks at it.
        is_preview = getattr(request, "is_dummy", False)
        if is_preview or request.path_info.startswith(settings.ACCOUNTS_PREFIX):
            response: HttpResponseBase = super().__call__(request)
            return response
        return self.get_response(request)


class SessionMiddleware(_OfAccounts, sessions.SessionMiddleware):
    """``request.session``."""


class AuthenticationMiddleware(_OfAccounts, auth.AuthenticationMiddleware):
    """``request.user``."""


class MessageMiddleware(_OfAccounts, messages.MessageMiddleware):
    """Messages to whoever is signed in."""
