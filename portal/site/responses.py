"""Pages as responses: kept while nothing changes, answered with 304 before anything is rendered again.

The key of a kept page is its address, the head's stamp, the theme, the calendar day and the banners of the
moment: whatever can change a page changes one of these. Its ETag is the digest of its bytes (`encodings`), so
publishing something else leaves readers' copies valid.
"""

import datetime
from collections.abc import Callable
from hashlib import sha256

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from portal.core.languages import in_language
from portal.publication import selectors
from portal.publication.models import Head
from portal.rendering.frame import Frame
from portal.rendering.theme import theme
from portal.site import encodings
from portal.site.frames import frame_at

#: Browsers ask again each time and mostly hear 304; a shared cache may hold a page for half a minute.
CACHE_CONTROL = "public, max-age=0, s-maxage=30, must-revalidate"


class Gone(Exception):
    """Instead of a page: a response that says where the record is, or that it is gone. Never kept."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def page(request: HttpRequest, render: Callable[[Frame, Head], str], *, key: str = "") -> HttpResponse:
    """The page of an address: kept bytes, or what ``render`` makes. One query when it is kept.

    ``key`` has what else the page depends on: the part of the query string that it reads.
    """
    head = selectors.head()
    moment = timezone.localtime()
    frame = frame_at(head, moment)
    parts = (request.path, key, head.stamp, theme().digest, moment.date().isoformat(), *frame.banner_uids)
    return _kept(request, parts, lambda: render(frame, head).encode(), _changed(head, moment))


def document(
    request: HttpRequest, make: Callable[[], bytes], content_type: str, *, is_of_day: bool = False
) -> HttpResponse:
    """What programs read, open to every origin: kept bytes, or what ``make`` makes. One query when it is kept.

    ``is_of_day`` says that it depends on the calendar day too.
    """
    head, moment = selectors.head(), timezone.localtime()
    parts: tuple[str, ...] = (request.path, head.stamp, theme().digest)
    changed = int((head.changed_at or moment).timestamp())
    if is_of_day:
        parts, changed = (*parts, moment.date().isoformat()), _changed(head, moment)
    response = _kept(request, parts, make, changed)
    if response.status_code in (200, 304):
        response["Content-Type"] = content_type
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _kept(request: HttpRequest, parts: tuple[str, ...], make: Callable[[], bytes], changed: int) -> HttpResponse:
    """The answer under the name that these parts make, which hold all that it depends on."""
    name = sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
    kept = caches["pages"].get(name)
    if kept is None:
        try:
            plain = make()
        except Gone as gone:
            return gone.response
        kept = (encodings.body(plain), changed)
        caches["pages"].set(name, kept)
    body, changed = kept
    etag = body.etag(request)
    if request.headers.get("If-None-Match") == etag:
        return _headed(HttpResponseNotModified(), etag, changed)
    response = _headed(body.response(request), etag, changed)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response)


def made_anew(request: HttpRequest, body: bytes, cache_control: str = CACHE_CONTROL) -> HttpResponse:
    """A page that is not kept, since more than the log decides what it says. Nothing says when it changed."""
    made = encodings.body(body)
    etag = made.etag(request)
    response = get_conditional_response(request, etag=etag, response=made.response(request))
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = cache_control
    return response


def moved(path: str, language: str) -> HttpResponse:
    """301 to a Chinese path in a language. Not kept for long: an address may come to mean something again."""
    response = HttpResponsePermanentRedirect(in_language(path, language))
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _changed(head: Head, moment: datetime.datetime) -> int:
    """When what is served last changed, for Last-Modified: the head's time, or the day's beginning if that is
    later.
    """
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return int(max(head.changed_at or midnight, midnight).timestamp())


def _headed(response: HttpResponse, etag: str, changed: int) -> HttpResponse:
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = CACHE_CONTROL
    return response
