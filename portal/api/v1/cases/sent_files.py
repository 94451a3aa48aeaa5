"""A file that a module sends: as the whole body, with its media type, or as the one file of a form."""

import hashlib
import io
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.api.v1.cases.bodies import check_media_type, chunks
from portal.api.v1.cases.refusals import entry, invalid, unknown_members
from portal.api.v1.problems import BAD_REQUEST, Problem
from portal.cases.attachments.content_types import EXTENSIONS
from portal.cases.attachments.limits import MOST_BYTES
from portal.core.uploads import InMemory

MULTIPART, ANY = "multipart/form-data", "application/octet-stream"
FIELD = "file"
#: Bytes that a form may have around its file.
_FRAME = 20_000


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent. ``media_type`` is what it is said to be; empty where nothing is said that counts."""

    name: str
    media_type: str
    content: bytes

    @property
    def told_apart_by(self) -> dict[str, str]:
        """What makes another request of one with the same key."""
        digest = hashlib.sha256(self.content).hexdigest()
        return {"name": self.name, "media_type": self.media_type, "sha256": digest}

    def check(self, found: str) -> None:
        """Raise `Problem` where the content is of another media type than was said."""
        if self.media_type and self.media_type != found:
            message = _("The content is %(found)s, and not what Content-Type says.") % {"found": found}
            raise invalid([entry(f"/{FIELD}", "file-type", message)])


def sent_file(request: HttpRequest) -> SentFile:
    """The file of a request. Raises `Problem`."""
    check_media_type(request, MULTIPART, ANY, *EXTENSIONS)
    media_type = request.content_type or ""
    if media_type == MULTIPART:
        return _of_form(request, b"".join(chunks(request, MOST_BYTES + _FRAME)))
    content = b"".join(chunks(request, MOST_BYTES))
    return SentFile(_name(request), "" if media_type == ANY else media_type, content)


def _name(request: HttpRequest) -> str:
    """The name that Content-Disposition says (RFC 6266), empty without one. Servers hand headers on as Latin-1."""
    header = request.headers.get("Content-Disposition", "")
    try:
        _disposition, parameters = parse_header_parameters(header)
        name = parameters.get("filename", "")
        return name if header.isascii() else name.encode("latin-1").decode()
    except (ValueError, LookupError):
        raise Problem(BAD_REQUEST, gettext_lazy("Content-Disposition cannot be read.")) from None


def _of_form(request: HttpRequest, body: bytes) -> SentFile:
    meta = request.META | {"CONTENT_LENGTH": str(len(body))}
    try:
        parser = MultiPartParser(meta, io.BytesIO(body), [InMemory(MOST_BYTES)], request.encoding or "utf-8")
        fields, files = parser.parse()
    except MultiPartParserError:
        raise Problem(BAD_REQUEST, gettext_lazy("The form cannot be read.")) from None
    errors = unknown_members([*fields, *files], [FIELD])
    found: list[UploadedFile] = files.getlist(FIELD)
    if len(found) != 1:
        errors.append(entry(f"/{FIELD}", "required", _("One file is expected.")))
    if errors:
        raise invalid(errors)
    return SentFile(found[0].name or "", "", found[0].read())
