"""Public files under their SHA-256. An address never means other bytes, so a copy of it is good for ever.

Where a front server is told to (`ACCEL_PREFIX`), it sends the file itself; otherwise it is streamed from here, whole or
the part that was asked for, a block at a time.
"""

import mimetypes
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from whitenoise.responders import SlicedFile

from portal.publication.files import storage
from portal.publication.models import FileUse, PublicFile, Rendition
from portal.site import ranges

_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_YEAR = 365 * 24 * 60 * 60
#: Shown in the page; anything else is saved to disk.
_INLINE = frozenset({"image/avif", "image/webp", "image/png", "image/jpeg", "image/gif"})
#: Texts of ours are all in one encoding.
_CHARSETS = {"text/csv": "text/csv; charset=utf-8"}


@csrf_exempt
@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A public file or a rendition of a picture, as long as a version in the log uses it; 404 otherwise."""
    found = PublicFile.objects.filter(pk=sha256).first()
    if found is None or not FileUse.objects.filter(file_id=sha256).exists():
        raise Http404
    stored, media_type = _stored(found, name)
    etag = f'"{sha256[:32]}-{name}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _headed(HttpResponseNotModified(), etag)
    response = _accelerated(stored) if settings.ACCEL_PREFIX else _sent(request, stored, etag)
    response["Content-Type"] = _CHARSETS.get(media_type, media_type)
    if disposition := content_disposition_header(media_type not in _INLINE, name):
        response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return _headed(response, etag)


def _stored(found: PublicFile, name: str) -> tuple[str, str]:
    """The name in the storage and the media type of a file, or of a rendition of it; 404 for any other name."""
    if found.name.rpartition("/")[2] == name:
        return found.name, found.type
    width, _dot, extension = name.partition(".")
    if width.isdecimal() and len(width) < 10:
        rendition = Rendition.objects.filter(file_id=found.sha256, width=int(width), format=extension).first()
        if rendition is not None and rendition.name.rpartition("/")[2] == name:
            guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return rendition.name, _TYPES.get(extension) or guessed
    raise Http404


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


def _headed(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    return response
