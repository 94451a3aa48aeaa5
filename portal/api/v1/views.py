"""What every public address of the API has in common."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.views import APIView

from portal.api.v1 import problems
from portal.api.v1.conditional import Validators, finish, not_modified, preflight
from portal.api.v1.parameters import LANG_OF_ERRORS, Parameter, read


class PublicView(APIView):
    """Reads parameters strictly and answers conditional requests before anything else is done.

    A subclass lists its ``parameters``, says in `validators` what its answer is made from (at most one query;
    raising `Problem` where there is none), and gives the answer in ``get``, to HEAD as well. ``given`` holds the
    values of the parameters.
    """

    parameters: ClassVar[tuple[Parameter, ...]] = (LANG_OF_ERRORS,)
    http_method_names = ["get", "head", "options"]
    given: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with 304, a problem document, or what ``get`` gives. What DRF does before and after a method, nothing
        here has any use for: who asks and what they accept changes no public answer.
        """
        known: Validators | None = None
        try:
            if request.method == "OPTIONS":
                return finish(preflight(), None)
            if request.method not in problems.METHODS:
                raise MethodNotAllowed(request.method or "")
            self.given = read(request.GET, self.taken(request, **kwargs))
            known = self.validators(request, **kwargs)
            response = not_modified(request, known)
            if response is None:
                response = self.get(request, *args, **kwargs)
        except Exception as error:
            response = problems.answer(error, request)
        return finish(response, known)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer."""
        raise NotImplementedError

    def taken(self, request: HttpRequest, **kwargs: Any) -> tuple[Parameter, ...]:
        """The parameters that this address takes."""
        return self.parameters

    def validators(self, request: HttpRequest, **kwargs: Any) -> Validators:
        """What tells this answer from another."""
        raise NotImplementedError

    @property
    def form(self) -> str:
        """Which stored form of a record the request asks for."""
        return self.given.get("lang") or "all"


def json_response(body: bytes, content_type: str = "application/json") -> HttpResponse:
    """Bytes of JSON as a response."""
    return HttpResponse(body, content_type=content_type)
