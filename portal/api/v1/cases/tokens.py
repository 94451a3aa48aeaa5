"""Access tokens: OAuth 2.0 client credentials (RFC 6749, section 4.4), and nothing else.

A client authenticates with HTTP Basic or in the form, and gets a token that is valid for minutes. Answers, errors too,
are RFC 6749's own, not problem documents.
"""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.views.base import TokenView

from portal.cases.models import Module


class ModuleValidator(OAuth2Validator):
    """Gives tokens to clients that are a module."""

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Whether the client may have a token at all: it is a module, and has not been ended."""
        module = getattr(client, "module", None)
        return (
            module is not None
            and module.ended_at is None
            and super().validate_grant_type(client_id, grant_type, client, request, *args, **kwargs)
        )

    def _save_bearer_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> Any:
        """Save the token, and when its module was given it."""
        Module.objects.filter(application=request.client).update(last_token_at=timezone.now())
        return super()._save_bearer_token(token, request, *args, **kwargs)

    def _load_application(self, client_id: str, request: Any) -> Any:
        """The application of a client's id. PostgreSQL takes no NUL, and no id has one."""
        return None if "\0" in (client_id or "") else super()._load_application(client_id, request)


class Token(TokenView):
    """The token endpoint."""

    http_method_names = ["post", "options"]

    @method_decorator(csrf_exempt)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, which nobody may store."""
        try:
            response = super().dispatch(request, *args, **kwargs)
        except SuspiciousOperation:
            response = JsonResponse({"error": "invalid_request"}, status=400)
        response["Cache-Control"] = "no-store"
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The token, whatever grant is named: the server refuses all but one."""
        if any("\0" in value for _name, values in request.POST.lists() for value in values):
            return JsonResponse({"error": "invalid_request"}, status=400)
        return self.authorization_flow_token_response(request)
