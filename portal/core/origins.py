"""Where a form was sent from.

Readers have no cookies and no session, so a request from another site can do nothing that its sender could not do
directly: there is nothing of the reader's for it to use. Forms are refused from elsewhere all the same where a browser
says so, lest a page that somebody visits fill in forms from the visitor's network.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

_OWN_SITE = frozenset({"same-origin", "none"})
#: What a browser sends for a page that keeps its address to itself (Referrer-Policy: no-referrer), or has none.
_UNSAID = "null"


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent this. Programs that say nothing are believed."""
    origin = request.headers.get("Origin")
    if origin == _UNSAID:
        return request.headers.get("Sec-Fetch-Site", "") not in _OWN_SITE
    if origin is not None:
        return urlsplit(origin).netloc not in (request.get_host(), urlsplit(settings.BASE_URL).netloc)
    return request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITE
