"""Public files under their SHA-256. An address never means other bytes, so a copy of it is good for ever."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from portal.publication import files
from portal.site.methods import require_safe
from portal.site.sending import stored_file

_FOR_EVER = "public, max-age=31536000, immutable"


@csrf_exempt
@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A public file or a rendition of a picture, as long as a version in the log uses it; 404 otherwise."""
    found = files.served(sha256, name)
    if found is None:
        raise Http404
    etag = f'"{sha256[:32]}-{name}"'
    return stored_file(request, found.name, name=name, media_type=found.type, etag=etag, cache_control=_FOR_EVER)
