"""What every page has in common that holds what somebody has typed.

Forms work without cookies and scripts: what was typed travels in the page. Nothing that holds it is stored by anyone.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from portal.cases.attachments import limits
from portal.cases.attachments.limits import FILING
from portal.core.languages import DJANGO_CODES
from portal.core.origins import is_from_elsewhere
from portal.core.uploads import InMemory, announced_bytes, read_in_vain
from portal.services import pages

_View = Callable[[HttpRequest, str], HttpResponse]
_HOUR = "3600"
#: Bytes of a form: every text at its longest, in characters of four bytes each, percent-encoded, is smaller.
MOST_BYTES = 200_000
#: Of a form with its files.
MOST_BYTES_WITH_FILES = FILING.bytes + MOST_BYTES


def private(path: str) -> Callable[[_View], Callable[..., HttpResponse]]:
    """A view whose pages hold what somebody has typed: in its language, without a cookie, stored by nobody, its forms
    from this site alone and of a size that they can have, files in memory alone. ``path`` is its Chinese
    address.
    """

    def decorated(view: _View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @sensitive_post_parameters()
        @wraps(view)
        def answered(request: HttpRequest, language: str) -> HttpResponse:
            with override(DJANGO_CODES[language]):
                if request.method == "POST" and _is_too_large(request):
                    read_in_vain(request)
                    response = said("too-large", path, language, 413)
                elif request.method == "POST" and is_from_elsewhere(request):
                    response = said("elsewhere", path, language, 403)
                else:
                    request.upload_handlers = [InMemory(limits.MOST_BYTES)]
                    try:
                        response = view(request, language)
                    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
                        response = said("too-large", path, language, 413)
            response["Cache-Control"] = "no-store"
            return response

        return answered

    return decorated


def later(what: str, path: str, language: str) -> HttpResponse:
    """A page that only says something (`pages.said`): too much was asked for, in an hour it can be asked again."""
    response = said(what, path, language, 429)
    response["Retry-After"] = _HOUR
    return response


def said(what: str, path: str, language: str, status: int) -> HttpResponse:
    """A page that only says something (`pages.said`)."""
    return HttpResponse(pages.said(what, path, language), status=status)


def _is_too_large(request: HttpRequest) -> bool:
    """Whether a request says that it is larger than a form can be, or does not say how large it is."""
    size = announced_bytes(request)
    has_files = request.content_type == "multipart/form-data"
    return size is None or size > (MOST_BYTES_WITH_FILES if has_files else MOST_BYTES)
