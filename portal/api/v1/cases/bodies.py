"""The bodies of requests, read a piece at a time and never beyond their limit."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext_lazy as _

from portal.api.v1.problems import (
    BAD_REQUEST,
    LENGTH_REQUIRED,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    VALUES_INVALID,
    Problem,
)

JSON, JSON_LINES = "application/json", "application/x-ndjson"
_CHUNK = 64 * 1024
#: What is too long is read on for so many bytes and thrown away: whoever is still sending would not see the answer.
_READ_IN_VAIN = 32_000_000


def read_object(request: HttpRequest, most: int) -> dict[str, Any]:
    """The JSON object of a body of at most so many bytes. Raises `Problem`."""
    check_media_type(request, JSON)
    return parsed_object(b"".join(chunks(request, most)))


def parsed_object(text: bytes) -> dict[str, Any]:
    """A JSON object. Raises `Problem` for what is none."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Problem(
            BAD_REQUEST,
            _("This is not JSON in UTF-8: line %(line)s, column %(column)s."),
            {"line": error.lineno, "column": error.colno},
        ) from None
    if not isinstance(value, dict):
        raise Problem(VALUES_INVALID, _("A JSON object is expected."))
    return value


def check_media_type(request: HttpRequest, *allowed: str) -> None:
    """Raise `Problem` unless the body says that it is of one of these media types."""
    if request.content_type not in allowed:
        raise Problem(
            UNSUPPORTED_MEDIA_TYPE,
            _("This address takes %(allowed)s."),
            {"allowed": ", ".join(allowed)},
            allowed=list(allowed),
        )


def chunks(request: HttpRequest, most: int) -> Iterator[bytes]:
    """The body, a piece at a time; raises `Problem` once there are more bytes than ``most``."""
    stream, length = _stream(request)
    if length is not None and length > most:
        _throw_away(stream)
        raise _too_large(most)
    count = 0
    while chunk := _read(stream):
        count += len(chunk)
        if count > most:
            _throw_away(stream)
            raise _too_large(most)
        yield chunk


def _stream(request: HttpRequest) -> tuple[Any, int | None]:
    """What the body is read from, and its length where the sender has told it. Django takes a body without a length
    for none, but a server that knows where one ends says so.
    """
    if "HTTP_TRANSFER_ENCODING" not in request.META:
        return request, int(request.META.get("CONTENT_LENGTH") or 0)
    if not request.META.get("wsgi.input_terminated"):
        raise Problem(LENGTH_REQUIRED, _("Send the length of the body: Content-Length."))
    return request.META["wsgi.input"], None


def _read(stream: Any) -> bytes:
    try:
        return stream.read(_CHUNK)
    except (UnreadablePostError, OSError):
        raise Problem(BAD_REQUEST, _("The connection broke off before the body's end.")) from None


def _throw_away(stream: Any) -> None:
    left = _READ_IN_VAIN
    while left > 0 and (chunk := _read(stream)):
        left -= len(chunk)


def _too_large(most: int) -> Problem:
    return Problem(
        TOO_LARGE, _("The body is too large: at most %(most)s bytes are taken."), {"most": most}, most_bytes=most
    )
