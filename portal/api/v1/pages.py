"""Pages of lists: stored JSON texts joined into one answer, with whole addresses of the pages beside it."""

from collections.abc import Iterable
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

from portal.api.v1.views import json_response


def page_response(
    request: HttpRequest,
    count: int,
    texts: Iterable[str],
    next_cursor: str | None,
    previous_cursor: str | None,
) -> HttpResponse:
    """``{"count", "next", "previous", "results"}``; the texts are JSON and go in as they are."""
    beside = {"next": address_of_page(request, next_cursor), "previous": address_of_page(request, previous_cursor)}
    opening = orjson.dumps({"count": count, **beside})[:-1]
    return json_response(b"".join((opening, b',"results":[', ",".join(texts).encode(), b"]}")))


def address_of_page(request: HttpRequest, cursor: str | None) -> str | None:
    """This request's whole address with another cursor; None without one."""
    if cursor is None:
        return None
    # No parameter is given twice: `parameters.read` has seen to that.
    query = urlencode(request.GET.dict() | {"cursor": cursor})
    return f"{request.scheme}://{request.get_host()}{escape_uri_path(request.path)}?{query}"
