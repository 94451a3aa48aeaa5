"""Addresses under ``/api/`` at which there is nothing: a problem document, or the way to the address with its
final slash.
"""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

from portal.api.v1.conditional import finish, preflight
from portal.api.v1.problems import answer


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponseBase:
    """404, for every method; but a GET that only lacks the final slash is sent on."""
    if request.method == "OPTIONS":
        return finish(preflight(), None)
    if request.method in ("GET", "HEAD") and _only_lacks_slash(request.path_info):
        return finish(HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True)), None)
    return finish(answer(Http404(), request), None)


def _only_lacks_slash(path: str) -> bool:
    try:
        return not path.endswith("/") and resolve(f"{path}/").func is not nothing
    except Resolver404:
        return False
