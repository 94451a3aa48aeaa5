"""Public files under their SHA-256. An address never means other bytes, so a copy of it is good for ever."""

import mimetypes

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from portal.publication.models import FileUse, PublicFile, Rendition
from portal.site.methods import require_safe
from portal.site.sending import stored_file

_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_FOR_EVER = "public, max-age=31536000, immutable"


@csrf_exempt
@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A public file or a rendition of a picture, as long as a version in the log uses it; 404 otherwise."""
    found = PublicFile.objects.filter(pk=sha256).first()
    if found is None or not FileUse.objects.filter(file_id=sha256).exists():
        raise Http404
    stored, media_type = _stored(found, name)
    etag = f'"{sha256[:32]}-{name}"'
    return stored_file(request, stored, name=name, media_type=media_type, etag=etag, cache_control=_FOR_EVER)


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
