"""Portals whose content is invented, for trying things: they say so on every page, and never share a database with a
real one.

A database is marked before anything is written into it, and for good. A portal with PORTAL_SYNTHETIC serves a marked
database alone, one without it none that is marked: `check` refuses the rest.
"""

import re
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core.languages import DJANGO_CODES, LANGUAGES

#: What every response of such a portal says.
HEADER = "X-Synthetic-Data"
#: The table that marks a database; it is no model, so that no dump or restore of records makes one.
_TABLE = "portal_synthetic"
#: What a real portal has, and a database that is to be marked must not.
_REAL = (("publication", "LogRow"), ("cases", "Case"), ("cases", "CaseEvent"))
_BODY = re.compile(rb"<body[^>]*>")


class NotSynthetic(Exception):
    """A database and a portal that do not go together, in the active language."""


def is_marked() -> bool:
    """Whether the database is marked as holding what is invented."""
    return _TABLE in connection.introspection.table_names()


def mark() -> None:
    """Mark the database. Raises `NotSynthetic` if it holds anything that is published, or a case."""
    if is_marked():
        return
    if any(apps.get_model(*name).objects.exists() for name in _REAL):
        raise NotSynthetic(_("This database holds a publication log or cases of its own: nothing is invented in it."))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {_TABLE} (marked integer)")


def require() -> None:
    """Raise `NotSynthetic` unless both the portal and its database are for what is invented."""
    if not (settings.PORTAL_SYNTHETIC and is_marked()):
        raise NotSynthetic(_("Cases are invented in a database that is marked for it alone: make demo makes one."))


def check() -> None:
    """Raise `NotSynthetic` if the portal and its database do not go together."""
    if settings.PORTAL_SYNTHETIC and not is_marked():
        raise NotSynthetic(_("PORTAL_SYNTHETIC is set, but the database is a real one."))
    if is_marked() and not settings.PORTAL_SYNTHETIC:
        raise NotSynthetic(_("The database holds invented data: a real portal does not serve it."))


class SyntheticMiddleware:
    """Says on every page, whoever made it, and in a header of every response, that the data are invented."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PORTAL_SYNTHETIC:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A page that is packed already could not be added to. The headers may have been read, and kept, before.
        request.META.pop("HTTP_ACCEPT_ENCODING", None)
        request.__dict__.pop("headers", None)
        response = self.get_response(request)
        response.headers[HEADER] = "true"
        if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = _BODY.sub(lambda body: body[0] + banner().encode(), response.content, count=1)
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response


def banner() -> str:
    """What stands at the head of every page, in both languages."""
    texts = []
    for language in LANGUAGES:
        with override(DJANGO_CODES[language]):
            texts.append((language, _("Synthetic data for trying things out: no case here is real.")))
    said = [format_html('<span lang="{}">{}</span>', language, text) for language, text in texts]
    return format_html(
        '<link rel="stylesheet" href="{}">'
        '<aside class="synthetic-data" aria-label="合成資料 Synthetic data">{} {}</aside>',
        static("core/synthetic.css"),
        *said,
    )
