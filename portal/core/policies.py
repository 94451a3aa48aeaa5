"""Which Content-Security-Policy an address gets."""

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
