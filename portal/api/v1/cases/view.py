"""What every address of the module API has in common."""

import logging
import traceback
from typing import Any, ClassVar

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework.views import APIView

from portal.api.v1 import problems
from portal.api.v1.cases.refusals import refused
from portal.api.v1.cases.senders import Sender, sender_of
from portal.api.v1.parameters import LANG_OF_ERRORS, Parameter, read
from portal.api.v1.problems import METHOD_NOT_ALLOWED, NOT_FOUND, SERVER_ERROR, Problem
from portal.cases.kinds import KINDS
from portal.cases.references import normalised
from portal.cases.refusals import CaseUnknown, Refused
from portal.core.languages import DJANGO_CODES

logger = logging.getLogger("portal.api")


class ModuleView(APIView):
    """Authenticates the sender, holds the scope of the address against the token, reads parameters strictly.

    ``verb`` is what the token has to be allowed with the kind that the address names; None where a token is enough.
    Django's own request is handed to the methods: bodies are read a piece at a time (`bodies`). Nothing that a request
    or a database has said reaches the log.
    """

    verb: ClassVar[str | None] = None
    parameters: ClassVar[tuple[Parameter, ...]] = (LANG_OF_ERRORS,)
    given: dict[str, Any]
    sender: Sender

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, which nobody may store."""
        with translation.override(DJANGO_CODES[problems.language_of(request)]):
            try:
                response = self._answer(request, **kwargs)
            except Exception as error:
                return self.refuse(error, request)
        response["Cache-Control"] = "no-store"
        return response

    def refuse(self, error: Exception, request: HttpRequest) -> HttpResponse:
        """The answer to an error."""
        response = problems.answer(self.problem_of(error), request)
        response["Cache-Control"] = "no-store"
        return response

    def _answer(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        allowed = self.allowed_methods
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        if request.method not in allowed:
            raise Problem(
                METHOD_NOT_ALLOWED,
                _("This address answers %(methods)s."),
                {"methods": ", ".join(allowed)},
                headers={"Allow": ", ".join(allowed)},
                allowed=allowed,
            )
        self.sender = sender_of(request)
        kind = kwargs.get("kind")
        if kind is not None and kind not in KINDS:
            raise Problem(NOT_FOUND, _("There is no such kind of case."), allowed=list(KINDS))
        if self.verb and kind:
            self.sender.check(kind, self.verb)
        reference = kwargs.get("reference")
        if reference is not None and not _is_reference(reference):
            raise CaseUnknown
        self.given = read(request.GET, self.parameters)
        method = "get" if request.method == "HEAD" else str(request.method).lower()
        return getattr(self, method)(request, **kwargs)

    @property
    def allowed_methods(self) -> list[str]:
        """The methods that the address answers."""
        methods = [method.upper() for method in ("get", "post", "put") if hasattr(self, method)]
        return [*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"]

    def problem_of(self, error: Exception) -> Problem:
        """What a sender is told of an error; one that is the portal's own is logged, without a word that it says."""
        if isinstance(error, Problem):
            return error
        if isinstance(error, Refused):
            return refused(error)
        if isinstance(error, Http404):
            return Problem(NOT_FOUND, _("There is nothing at this address."))
        if isinstance(error, SuspiciousOperation):
            return Problem(problems.BAD_REQUEST, _("The request cannot be understood."))
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = {"fault": type(error).__name__, "at": f"{where.filename}:{where.lineno}"}
        logger.error("a request to the module API failed", extra=fault)
        return Problem(
            SERVER_ERROR,
            _("The server met an unexpected condition. The request id in X-Request-ID finds it in the logs."),
        )


def _is_reference(text: str) -> bool:
    """Whether a text is a reference number as it is written: what is none needs no database to be found missing."""
    try:
        return normalised(text) == text
    except ValueError:
        return False
