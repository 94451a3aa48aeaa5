"""The outermost middleware: request ids and one log line per request."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.request import HttpHeaders
from django.http.response import HttpResponseBase

from portal.core import requests

logger = logging.getLogger("portal.requests")

HEADER = "X-Request-ID"
_OFFERED = HttpHeaders.to_wsgi_name(HEADER)


class RequestMiddleware:
    """Gives every request an id, answers with it, and logs method, path, status and the milliseconds to the answer.

    The line is written when the server closes the answer, which is after it was sent: nobody waits for it. The query
    string is not logged: it holds what people search for. Nor are addresses and accounts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = requests.begin(request.META.get(_OFFERED))
        # Django logs refused and failed requests after this middleware has ended; the filter finds the id here.
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = request_id
            _log_when_closed(request, response, request_id, (time.perf_counter() - started) * 1000)
            return response
        finally:
            requests.end()


def _log_when_closed(request: HttpRequest, response: HttpResponseBase, request_id: str, milliseconds: float) -> None:
    close = response.close

    def closing() -> None:
        logger.info(
            "request",
            extra={
                "request_id": request_id,
                "method": request.method,
                "path": request.path_info,
                "status": response.status_code,
                "milliseconds": round(milliseconds, 1),
            },
        )
        close()

    response.close = closing  # type: ignore[method-assign]
