"""Errors as problem documents (RFC 9457), in the language of ``lang=``, Chinese where that names none.

Whatever goes wrong under ``/api/`` is answered by `answer`: what the API refuses (`Problem`), what Django and
DRF raise, and what nobody expected, which is logged and shown without its cause.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, MethodNotAllowed

from portal.core.languages import CHINESE, DJANGO_CODES
from portal.publication.selectors import RedactionNotice, Tombstone

MEDIA_TYPE = "application/problem+json"
#: Where each kind of problem is described; the address is its ``type``.
BASE = "/api/v1/problems/"
METHODS = ("GET", "HEAD", "OPTIONS")

logger = logging.getLogger("portal.api")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its code, its status and its title."""

    code: str
    status: int
    title: str | Promise


UNKNOWN_PARAMETER = Kind("unknown-parameter", 400, _("Unknown parameter"))
INVALID_PARAMETER = Kind("invalid-parameter", 400, _("Invalid value of a parameter"))
BAD_REQUEST = Kind("bad-request", 400, _("Bad request"))
KEY_MISSING = Kind("idempotency-key-missing", 400, _("Idempotency key missing"))
INVALID_TOKEN = Kind("invalid-token", 401, _("Access token missing or invalid"))
INSUFFICIENT_SCOPE = Kind("insufficient-scope", 403, _("Scope missing"))
NOT_ALLOWED = Kind("not-allowed", 403, _("Not allowed"))
NOT_FOUND = Kind("not-found", 404, _("Not found"))
METHOD_NOT_ALLOWED = Kind("method-not-allowed", 405, _("Method not allowed"))
CONFLICT = Kind("conflict", 409, _("Not possible as things stand"))
KEY_IN_FLIGHT = Kind("idempotency-key-in-flight", 409, _("Request still being handled"))
WITHDRAWN = Kind("withdrawn", 410, _("Withdrawn"))
PRECONDITION_FAILED = Kind("precondition-failed", 412, _("Precondition failed"))
LENGTH_REQUIRED = Kind("length-required", 411, _("Length required"))
TOO_LARGE = Kind("too-large", 413, _("Too large"))
UNSUPPORTED_MEDIA_TYPE = Kind("unsupported-media-type", 415, _("Media type not supported"))
VALUES_INVALID = Kind("values-invalid", 422, _("Values missing or invalid"))
KEY_REUSED = Kind("idempotency-key-reused", 422, _("Idempotency key used for another request"))
PRECONDITION_REQUIRED = Kind("precondition-required", 428, _("Precondition required"))
TOO_MANY_WAITING = Kind("too-many-waiting", 429, _("Too many are waiting"))
REDACTED = Kind("redacted", 451, _("Taken out for legal reasons"))
SERVER_ERROR = Kind("server-error", 500, _("Internal error"))
UNAVAILABLE = Kind("unavailable", 503, _("Unavailable for the moment"))
#: Seconds after which a reader who met `UNAVAILABLE` may ask again.
RETRY_AFTER = 10

KINDS = {
    kind.code: kind
    for kind in (
        UNKNOWN_PARAMETER,
        INVALID_PARAMETER,
        BAD_REQUEST,
        KEY_MISSING,
        INVALID_TOKEN,
        INSUFFICIENT_SCOPE,
        NOT_ALLOWED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        CONFLICT,
        KEY_IN_FLIGHT,
        WITHDRAWN,
        LENGTH_REQUIRED,
        PRECONDITION_FAILED,
        TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        VALUES_INVALID,
        KEY_REUSED,
        PRECONDITION_REQUIRED,
        TOO_MANY_WAITING,
        REDACTED,
        SERVER_ERROR,
        UNAVAILABLE,
    )
}


class Problem(Exception):
    """Something that the API refuses, or that is not there. ``params`` go into ``detail``, ``members`` beside
    it in the document, ``headers`` into the response.
    """

    def __init__(
        self,
        kind: Kind,
        detail: str | Promise,
        params: dict[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail
        self.params = params or {}
        self.headers = headers or {}
        self.members = members


def invalid(
    parameter: str,
    detail: str | Promise,
    params: dict[str, Any] | None = None,
    *,
    allowed: str | Promise | Sequence[str],
) -> Problem:
    """A parameter whose value cannot be taken; ``allowed`` says which can: a list of values, or words."""
    return Problem(INVALID_PARAMETER, detail, params, parameter=parameter, allowed=allowed)


def withdrawn(tombstone: Tombstone) -> Problem:
    """A record that was taken back."""
    return Problem(
        WITHDRAWN,
        _("The record “%(uid)s” was withdrawn. Its earlier versions stay readable under versions/."),
        {"uid": tombstone.uid},
        tombstone={
            "uid": tombstone.uid,
            "type": tombstone.type,
            "version": tombstone.version,
            "withdrawn_at": tombstone.withdrawn_at,
            "note": tombstone.note,
        },
    )


def redacted(notice: RedactionNotice) -> Problem:
    """Content that a law demanded to be taken out."""
    return Problem(
        REDACTED,
        _("The content of “%(uid)s” was taken out because a law demands it."),
        {"uid": notice.uid},
        redaction={
            "uid": notice.uid,
            "type": notice.type,
            "ground": notice.ground,
            "authority": notice.authority,
            "date": notice.date,
            "seq": notice.seq,
        },
    )


def language_of(request: HttpRequest) -> str:
    """The language that ``lang=`` names; Chinese where it names none."""
    try:
        asked = request.GET.get("lang", CHINESE)
    except SuspiciousOperation:
        asked = CHINESE
    return asked if asked in DJANGO_CODES else CHINESE


def answer(error: Exception, request: HttpRequest) -> HttpResponse:
    """The response to an error; must be called while the error is handled, so that an unexpected one is
    logged whole.
    """
    problem = error if isinstance(error, Problem) else _known(error)
    if problem is None:
        logger.exception("a request to the API failed", exc_info=error)
        problem = Problem(
            SERVER_ERROR,
            _("The server met an unexpected condition. The request id in X-Request-ID finds it in the logs."),
        )
    response = _response(problem, request)
    if problem.kind is METHOD_NOT_ALLOWED:
        response.setdefault("Allow", ", ".join(METHODS))
    elif problem.kind is UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """DRF's exception handler."""
    return answer(error, context["request"])


def _known(error: Exception) -> Problem | None:
    if isinstance(error, Http404):
        return Problem(NOT_FOUND, _("There is nothing at this address."))
    if isinstance(error, MethodNotAllowed):
        return Problem(
            METHOD_NOT_ALLOWED,
            _("This address answers %(methods)s."),
            {"methods": ", ".join(METHODS)},
            allowed=list(METHODS),
        )
    if isinstance(error, SuspiciousOperation) or (isinstance(error, APIException) and error.status_code < 500):
        return Problem(BAD_REQUEST, _("The request cannot be understood."))
    return None


def _response(problem: Problem, request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    with translation.override(DJANGO_CODES[language]):
        document = {
            "type": f"{BASE}{problem.kind.code}/",
            "title": str(problem.kind.title),
            "status": problem.kind.status,
            "detail": str(problem.detail) % problem.params if problem.params else str(problem.detail),
            "instance": request.get_full_path(),
        } | {name: str(value) if isinstance(value, Promise) else value for name, value in problem.members.items()}
        body = orjson.dumps(document)
    response = HttpResponse(body, content_type=MEDIA_TYPE, status=problem.kind.status)
    response["Content-Language"] = language
    response["Cache-Control"] = "no-cache"
    for name, value in problem.headers.items():
        response[name] = value
    return response
