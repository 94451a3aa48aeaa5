"""The picture that stands for a page where it is shared: ``share.png`` below it, in the language of its address.

Its ETag names what is written on it, so that a reader who has one hears 304 before anything is drawn.
"""

import orjson
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from portal.core.languages import of_path
from portal.rendering.sharing.drawing import MEDIA_TYPE, drawn
from portal.rendering.sharing.words import Words, words_of, words_of_site
from portal.site.below import record_above
from portal.site.methods import require_safe
from portal.site.responses import CACHE_CONTROL, Gone


@csrf_exempt
@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponse:
    """The picture of the record at an address."""
    try:
        record = record_above(request, f"/{path}")
    except Gone as gone:
        return gone.response
    return _answer(request, words_of(orjson.loads(record.ready), of_path(request.path)))


@csrf_exempt
@require_safe
def picture_of_site(request: HttpRequest) -> HttpResponse:
    """The picture of the home page, and of those that have none of their own."""
    return _answer(request, words_of_site(of_path(request.path)))


def _answer(request: HttpRequest, words: Words) -> HttpResponse:
    etag = f'"{words.key[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(_kept(words), content_type=MEDIA_TYPE)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _kept(words: Words) -> bytes:
    kept = caches["sharing"].get(words.key)
    if kept is None:
        kept = drawn(words)
        caches["sharing"].set(words.key, kept)
    return kept
