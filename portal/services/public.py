"""Pages of the room that are the same for all."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

#: What browsers and shared caches may keep of them.
_CACHE_CONTROL = "public, max-age=0, s-maxage=30, must-revalidate"


def public(request: HttpRequest, page: str) -> HttpResponse:
    """Such a page, or that the reader has it already."""
    body = page.encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag, response=HttpResponse(body))
    response["ETag"] = etag
    response["Cache-Control"] = _CACHE_CONTROL
    return response
