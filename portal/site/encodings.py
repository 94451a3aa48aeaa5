"""Bodies on the wire: gzip for whoever takes it (RFC 9110, 12.5.3), compressed once for a page that is kept.

What is sent so is public and the same for everybody, so that its size betrays no secret.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.utils.text import compress_string

#: A shorter body goes out in one packet as it is. In bytes.
_WORTH = 1_000


@dataclass(frozen=True)
class Body:
    """A body as it is and packed, with the ETag of either; ``packed`` is None where it would gain nothing."""

    plain: bytes
    packed: bytes | None
    digest: str

    def etag(self, request: HttpRequest) -> str:
        """The ETag of what this request is answered with."""
        return f'"{self.digest}-gzip"' if self._is_packed_for(request) else f'"{self.digest}"'

    def response(self, request: HttpRequest) -> HttpResponse:
        """The body in the encoding that the request takes."""
        if not self._is_packed_for(request):
            return HttpResponse(self.plain)
        response = HttpResponse(self.packed)
        response["Content-Encoding"] = "gzip"
        return response

    def _is_packed_for(self, request: HttpRequest) -> bool:
        return self.packed is not None and takes_gzip(request.headers.get("Accept-Encoding", ""))


def body(plain: bytes) -> Body:
    """A body, packed if that is worth it."""
    packed = compress_string(plain) if len(plain) >= _WORTH else None
    return Body(plain, packed, sha256(plain).hexdigest()[:32])


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding names gzip, and not to refuse it. ``*`` alone does not count: a program that sends it
    may well not unpack.
    """
    for each in accepted.split(","):
        name, parameters = parse_header_parameters(each)
        if name == "gzip":
            return parameters.get("q", "1").strip("0.") != ""
    return False
