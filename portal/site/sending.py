"""Files of the public storage as responses.

Where a front server is told to (`ACCEL_PREFIX`), it sends the file itself; otherwise it is streamed from here, whole or
the part that was asked for, a block at a time.
"""

from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags
from whitenoise.responders import SlicedFile

from portal.publication.files import storage
from portal.site import ranges

#: Shown in the page; anything else is saved to disk.
_INLINE = frozenset({"image/avif", "image/webp", "image/png", "image/jpeg", "image/gif"})
#: Texts of ours are all in one encoding.
_CHARSETS = {each: f"{each}; charset=utf-8" for each in ("text/csv", "text/plain")}


def stored_file(
    request: HttpRequest, stored: str, *, name: str, media_type: str, etag: str, cache_control: str
) -> HttpResponseBase:
    """A file of the public storage, open to every origin; 304 for who has it already, 404 if it is not there.

    ``stored`` is its name in the storage, ``name`` what it is called when it is saved, ``etag`` is quoted.
    """
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = _accelerated(stored) if settings.ACCEL_PREFIX else _sent(request, stored, etag)
        response["Content-Type"] = _CHARSETS.get(media_type, media_type)
        if disposition := content_disposition_header(media_type not in _INLINE, name):
            response["Content-Disposition"] = disposition
    # Said with a 304, too: what a browser keeps takes over what it is told then.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    return response


def _accelerated(stored: str) -> HttpResponse:
    """An empty response that tells the front server which file to send; it sees to ranges itself."""
    response = HttpResponse()
    response["X-Accel-Redirect"] = settings.ACCEL_PREFIX + quote(stored)
    return response


def _sent(request: HttpRequest, stored: str, etag: str) -> HttpResponseBase:
    try:
        content = storage().open(stored)
    except FileNotFoundError:
        raise Http404 from None
    size = content.size
    try:
        part = ranges.wanted(request, size, etag)
    except ranges.NotSatisfiable:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        response = FileResponse(content)
    else:
        response = FileResponse(SlicedFile(content, part.first, part.last), status=206)
        response["Content-Range"] = part.of(size)
        response["Content-Length"] = str(part.length)
    response["Accept-Ranges"] = "bytes"
    return response
