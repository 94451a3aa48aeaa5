"""What a separate front end gets of a draft, and what the preview shows of that front end.

Nothing here is ever kept by anyone, and no origin but HEADLESS_PREVIEW_ORIGIN may read it. Without that setting there
is nothing here.
"""

import mimetypes
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.signing import BadSignature
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail_headless_preview.models import HeadlessPreviewMixin
from wagtail_headless_preview.signals import preview_update

from cms.headless import drafts
from portal.core.languages import CHINESE, DJANGO_CODES, flatten

#: The preview mode that shows the front end.
MODE = "front-end"
_PROBLEM = "application/problem+json"


class _Refused(Exception):
    """Instead of a draft: a status, and what is said with it."""

    def __init__(self, status: int, detail: str | Promise) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail


def _for_the_front_end(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that answers whoever has a token, readable by scripts of the one origin."""

    @csrf_exempt
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        language = request.GET.get("lang", CHINESE)
        try:
            if language not in DJANGO_CODES:
                raise _Refused(400, _("“lang” takes zh-Hant or en."))
            response = view(request, kept=_kept(request), **kwargs)
        except _Refused as refused:
            response = _problem(refused, language)
        response["Cache-Control"] = "no-store"
        response["Vary"] = "Origin"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["X-Robots-Tag"] = "noindex"
        if settings.HEADLESS_PREVIEW_ORIGIN:
            response["Access-Control-Allow-Origin"] = settings.HEADLESS_PREVIEW_ORIGIN
        return response

    return answered


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What the token of a request opens. Raises `_Refused`."""
    if not settings.HEADLESS_PREVIEW_ORIGIN:
        raise _Refused(404, _("Drafts are not shown by a separate front end here."))
    token = request.GET.get("token", "")
    if not token:
        raise _Refused(400, _("“token” is missing: it comes with the address that the preview opens."))
    try:
        kept = drafts.read(token)
    except BadSignature:
        raise _Refused(403, _("This token was not made here.")) from None
    if kept is None:
        raise _Refused(410, _("This draft is not shown any more. Open the preview again."))
    return kept


def _problem(refused: _Refused, language: str) -> HttpResponse:
    with override(DJANGO_CODES.get(language, DJANGO_CODES[CHINESE])):
        document = {"type": "about:blank", "status": refused.status, "detail": str(refused.detail)}
    return HttpResponse(orjson.dumps(document), content_type=_PROBLEM, status=refused.status)


@_for_the_front_end
def draft(request: HttpRequest, *, kept: dict[str, Any]) -> HttpResponse:
    """The record of a draft as the API would serve it, with ``version`` 0, and the first rows of a dataset; with
    ``lang=`` in one language.
    """
    body = {"record": kept["record"], "observations": kept["observations"]}
    language = request.GET.get("lang")
    answer = orjson.dumps(flatten(body, language) if language else body)
    return HttpResponse(answer, content_type="application/json")


@_for_the_front_end
def file(request: HttpRequest, *, kept: dict[str, Any], sha256: str) -> FileResponse:
    """A picture or file of a draft."""
    name = kept["files"].get(sha256, "")
    try:
        content = default_storage.open(name)
    except (OSError, ValueError):
        raise _Refused(404, _("The draft has no such file.")) from None
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(content, content_type=media_type, as_attachment=not media_type.startswith("image/"))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def preview(page: Any, request: HttpRequest) -> HttpResponse:
    """The front end with the page's draft, in a frame of the preview."""
    token = drafts.offer(page, request.user)
    preview_update.send(sender=HeadlessPreviewMixin, token=token)
    query = urlencode({"content_type": page._meta.label_lower, "token": token})
    address = f"{settings.HEADLESS_PREVIEW_URL}?{query}"
    response = render(request, "wagtail_headless_preview/preview.html", {"preview_url": address})
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; frame-src {settings.HEADLESS_PREVIEW_ORIGIN}; "
        "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    return response
