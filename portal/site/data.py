"""Files of all records: collections and dumps, at addresses that always lead to the latest, and under their SHA-256.

What they hold may be taken back, so caches ask each time whether they may still give it.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from portal.opendata import collections, dumps, snapshots
from portal.opendata.renewal import PAUSE
from portal.site import errors
from portal.site.methods import require_safe
from portal.site.responses import CACHE_CONTROL
from portal.site.sending import stored_file


@csrf_exempt
@require_safe
def latest_of_collection(request: HttpRequest, name: str) -> HttpResponse:
    """302 to the latest file of a record type's collection; 503 while it is being made."""
    if name not in collections.NAMES:
        raise Http404
    kind, _format = collections.NAMES[name]
    return _latest(request, kind.code, name)


@csrf_exempt
@require_safe
def latest_of_dump(request: HttpRequest, name: str) -> HttpResponse:
    """302 to a file of the latest dump; 503 while it is being made."""
    if name not in dumps.NAMES:
        raise Http404
    return _latest(request, dumps.KIND, name)


@csrf_exempt
@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A file of a collection or dump as long as it may be served; 404 afterwards."""
    found = snapshots.file(sha256, name)
    if found is None:
        raise Http404
    return stored_file(
        request,
        snapshots.stored(sha256, name),
        name=name,
        media_type=found.type,
        etag=f'"{sha256[:32]}"',
        cache_control=CACHE_CONTROL,
    )


def _latest(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    snapshot = snapshots.standing(kind)
    if snapshot is None:
        response = errors.response(request, 503, subject="file")
        response["Retry-After"] = str(int(PAUSE))
    else:
        response = HttpResponseRedirect(snapshots.address(snapshot.files.get(name=name)))
        response["Cache-Control"] = CACHE_CONTROL
    response["Access-Control-Allow-Origin"] = "*"
    return response
