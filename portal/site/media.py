"""Public files under their SHA-256. An address never means other bytes, so a copy of it is good for ever."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal.publication.files import storage
from portal.publication.models import FileUse, PublicFile, Rendition

_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_YEAR = 365 * 24 * 60 * 60
#: Shown in the page; anything else is saved to disk.
_INLINE = frozenset({"image/avif", "image/webp", "image/png", "image/jpeg", "image/gif"})


@csrf_exempt
@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A public file or a rendition of a picture, as long as a version in the log uses it; 404 otherwise."""
    found = PublicFile.objects.filter(pk=sha256).first()
    if found is None or not FileUse.objects.filter(file_id=sha256).exists():
        raise Http404
    if found.name.rsplit("/", 1)[1] == name:
        stored, media_type = found.name, found.type
    else:
        width, _dot, extension = name.partition(".")
        rendition = (
            Rendition.objects.filter(file_id=sha256, width=int(width), format=extension).first()
            if width.isdecimal()
            else None
        )
        if rendition is None or rendition.name.rsplit("/", 1)[1] != name:
            raise Http404
        stored, media_type = (
            rendition.name,
            _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream",
        )
    etag = f'"{sha256[:32]}-{name}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _headed(HttpResponseNotModified(), etag)
    try:
        content = storage().open(stored)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=media_type, as_attachment=media_type not in _INLINE, filename=name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _headed(response, etag)


def _headed(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    return response
