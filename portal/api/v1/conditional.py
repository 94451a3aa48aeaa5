"""Validators, conditional requests and the headers of public answers."""

import datetime
import hashlib
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _

from portal.api.v1.problems import METHODS, PRECONDITION_FAILED, Problem
from portal.publication import selectors

_CACHE_CONTROL = "public, max-age=0, s-maxage=%d, must-revalidate"
#: A CDN may keep an answer for half a minute, a browser asks every time, and both ask with the validators.
_SHARED_SECONDS = 30
CACHE_CONTROL = _CACHE_CONTROL % _SHARED_SECONDS
#: Before the process started, in whole seconds: what the program itself says cannot have changed since.
STARTED = timezone.now() - datetime.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one answer from another: a quoted ETag, and when it last changed, in whole seconds since 1970, or
    None where that is not known; and for how long it may be kept.
    """

    etag: str
    last_modified: int | None
    cache_control: str = CACHE_CONTROL


def validators(request: HttpRequest, state: str, changed_at: datetime.datetime | None) -> Validators:
    """The validators of the answer to a request, of the state that it is made from.

    The address belongs to them, host and all, since answers carry whole addresses.
    """
    return Validators(_etag(request, state), int((changed_at or STARTED).timestamp()))


def validators_of_head(request: HttpRequest) -> Validators:
    """The validators of an answer that anything that is published may change."""
    head = selectors.head()
    return validators(request, head.stamp, head.changed_at)


def validators_of_body(request: HttpRequest, body: bytes, cache_control: str = CACHE_CONTROL) -> Validators:
    """The validators of an answer that is made anew for each request: its own digest tells it from another, and
    nothing says when it changed.
    """
    return Validators(_etag(request, hashlib.sha256(body).hexdigest()), None, cache_control)


def kept_until(known: Validators, now: datetime.datetime, turn: datetime.datetime | None) -> Validators:
    """The same for an answer that the clock changes at ``turn``: nobody keeps it beyond that moment."""
    if turn is None or (left := int((turn - now).total_seconds())) >= _SHARED_SECONDS:
        return known
    return replace(known, cache_control=_CACHE_CONTROL % left)


def _etag(request: HttpRequest, state: str) -> str:
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return f'"{hashlib.sha256(f"{state} {address}".encode()).hexdigest()[:32]}"'


def not_modified(request: HttpRequest, known: Validators) -> HttpResponseBase | None:
    """The 304 that a request's conditions allow, or None. Raises `Problem` where ``If-Match`` and its like
    fail.
    """
    response = get_conditional_response(request, known.etag, known.last_modified)
    if response is not None and response.status_code == PRECONDITION_FAILED.status:
        raise Problem(PRECONDITION_FAILED, _("The answer is no longer the one that the condition names."))
    return response


def finish(response: HttpResponseBase, known: Validators | None) -> HttpResponseBase:
    """The response with validators and cache policy where it is an answer, and open to every origin in any
    case.
    """
    if known is not None and response.status_code in (200, 302, 304):
        response["ETag"] = known.etag
        if known.last_modified is not None:
            # Another change within this very second could not be told from the last one by time alone.
            just_now = known.last_modified >= int(timezone.now().timestamp())
            response["Last-Modified"] = http_date(known.last_modified - just_now)
        response["Cache-Control"] = known.cache_control
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After, X-Request-ID, X-Search-Engine"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def preflight() -> HttpResponse:
    """The answer to OPTIONS, a browser's question before a request from another origin included."""
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, X-Request-ID"
    response["Access-Control-Max-Age"] = "86400"
    return response
