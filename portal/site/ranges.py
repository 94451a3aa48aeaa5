"""Parts of files: a single byte range of a request (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

from django.http import HttpRequest

_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))")


class NotSatisfiable(ValueError):
    """A range that lies beyond the file: 416."""


@dataclass(frozen=True, slots=True)
class Range:
    """The first and the last byte of a part, counted from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes it has."""
        return self.last - self.first + 1

    def of(self, size: int) -> str:
        """The value of ``Content-Range``."""
        return f"bytes {self.first}-{self.last}/{size}"


def wanted(request: HttpRequest, size: int, etag: str) -> Range | None:
    """The part that a request asks for; None for all of it.

    What is not a single range of bytes is passed over, as the RFC allows, and so is one under an ``If-Range`` that
    names other bytes. Raises `NotSatisfiable`.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if match is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        begin, end = max(0, size - int(suffix)), size - 1
        if int(suffix) == 0:
            raise NotSatisfiable
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < int(first):
            return None
    if begin >= size:
        raise NotSatisfiable
    return Range(begin, end)
