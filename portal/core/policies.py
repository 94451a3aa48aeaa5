"""What browsers are told to keep from pages and files: which Content-Security-Policy an address gets, and what every
response says besides.
"""

import functools
from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy, but for CONTENT_SECURITY_POLICY_BY_PREFIX; a view's own decorator wins."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header. Where neither the page nor its view wants anything of its own, which is nearly everywhere,
        it is the same as the last time: django-csp would put its text together anew for every response.
        """
        if settings.DEBUG or getattr(request, "_csp_nonce", None) or _wants_its_own(response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _usual(_prefix(request)))
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts of django-csp, with the directives of the address's prefix."""
        parts = super().get_policy_parts(request, response, report_only)
        prefix = _prefix(request)
        if prefix and not report_only and getattr(response, "_csp_config", None) is None:
            parts.config = settings.CONTENT_SECURITY_POLICY_BY_PREFIX[prefix]
        return parts


def _prefix(request: HttpRequest) -> str:
    """The prefix whose policy an address gets; empty for the strict one."""
    prefixes = settings.CONTENT_SECURITY_POLICY_BY_PREFIX
    return next((prefix for prefix in prefixes if request.path_info.startswith(prefix)), "")


def _wants_its_own(response: HttpResponseBase) -> bool:
    """Whether a view has left word for django-csp: its decorators write attributes with this beginning."""
    return any(name.startswith("_csp_") for name in vars(response))


@functools.cache
def _usual(prefix: str) -> str:
    """The text of the policy of a prefix."""
    return build_policy(config=settings.CONTENT_SECURITY_POLICY_BY_PREFIX.get(prefix))


class IsolationMiddleware:
    """Says of every response that has not said it itself: other sites may neither frame nor embed it, and it may use
    nothing of the reader's device.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response
