"""What browsers are told to keep from pages and files: which Content-Security-Policy an address gets, and what every
response says besides.
"""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy, but for CONTENT_SECURITY_POLICY_BY_PREFIX; a view's own decorator wins."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts of django-csp, with the directives of the address's prefix."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and getattr(response, "_csp_config", None) is None:
            for prefix, directives in settings.CONTENT_SECURITY_POLICY_BY_PREFIX.items():
                if request.path_info.startswith(prefix):
                    parts.config = directives
                    break
        return parts


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
