"""Error pages, in the language of the address.

The page of an internal error asks neither the database nor the log; the others show the ordinary frame where
they can.
"""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override

from portal.core.languages import CHINESE, DJANGO_CODES, ENGLISH, in_language, of_path, without_prefix
from portal.publication import selectors
from portal.publication.models import CurrentRecord
from portal.publication.selectors import Place
from portal.rendering.contents import Near
from portal.rendering.frame import Frame
from portal.rendering.pages import render_error
from portal.site.frames import frame_at
from portal.site.near import near

logger = logging.getLogger(__name__)

_LAST_RESORT = {
    CHINESE: "<h1>本站發生錯誤</h1><p>請稍後再試。</p>",
    ENGLISH: "<h1>Something went wrong here</h1><p>Please try again in a moment.</p>",
}


def speaking(language: str) -> AbstractContextManager[None]:
    """Interface strings in a language, whatever the request's is."""
    return override(DJANGO_CODES[language])


def response(
    request: HttpRequest,
    status: int,
    *,
    subject: str = "",
    detail: Any = None,
    extra: dict[str, Any] | None = None,
    frame: Frame | None = None,
) -> HttpResponse:
    """The page of an error. Never stored by anyone. One that is not found names addresses like it."""
    language = of_path(request.path)
    page = render_error(
        status,
        language=language,
        frame=frame or _frame(),
        path=_other(request),
        subject=subject,
        detail=detail,
        near=_near(request) if status == 404 else (),
        extra=extra,
    )
    answer = HttpResponse(page, status=status)
    answer["Cache-Control"] = "no-cache"
    return answer


def gone(request: HttpRequest, record: CurrentRecord, *, path: str | None = None) -> HttpResponse:
    """410 with the note of a withdrawn record, 451 with the ground of a redacted one. ``path`` is the Chinese path of
    the record's page, where the address is another one.
    """
    language = of_path(request.path)
    path = path or without_prefix(request.path)
    if record.state == CurrentRecord.State.WITHDRAWN:
        extra = {"when": record.modified_at, "versions": in_language(f"{path}versions/", language)}
        return response(request, 410, detail=selectors.tombstone(record).note, extra=extra)
    return redacted(request, record.row_id)


def redacted(request: HttpRequest, seq: int) -> HttpResponse:
    """451 with the ground that row ``seq`` of the log gives."""
    notice = selectors.redaction_notice(seq)
    extra = {"ground": notice.ground, "authority": notice.authority, "day": notice.date}
    return response(request, 451, extra=extra)


def not_there(request: HttpRequest, place: Place, *, path: str | None = None) -> HttpResponse:
    """The page of an error for a place where nothing is, or nothing any more."""
    if place.record is None:
        return response(request, 404)
    return gone(request, place.record, path=path)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return response(request, 400)


def method_not_allowed(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    """405, with the methods that are allowed."""
    answer = response(request, 405)
    answer["Allow"] = ", ".join(allowed)
    return answer


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return response(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, even if neither the database nor the theme can be had."""
    language = of_path(request.path)
    try:
        page = render_error(500, language=language, path="/")
    except Exception:
        logger.exception("the page of an error failed too")
        page = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
            f"<title>500</title>{_LAST_RESORT[language]}</html>"
        )
    answer = HttpResponse(page, status=500)
    answer["Cache-Control"] = "no-store"
    return answer


def _frame() -> Frame | None:
    try:
        return frame_at(selectors.head(), timezone.now())
    except Error:
        logger.warning("the frame of an error page cannot be read", exc_info=True)
        return None


def _near(request: HttpRequest) -> Sequence[Near]:
    try:
        return near(without_prefix(request.path), selectors.head())
    except Error:
        logger.warning("near addresses cannot be looked for", exc_info=True)
        return ()


def _other(request: HttpRequest) -> str:
    """The address that the language switch of an error page leads to: the same one, if it is written as
    addresses here are.
    """
    path = without_prefix(request.path)
    return path if path.isascii() and path.isprintable() and path.endswith("/") else "/"
