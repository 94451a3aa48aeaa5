"""Files that come with a form, kept in memory alone: Django writes larger ones into a directory for temporary files, as
they are, and what people send may be personal.
"""

import io
from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

_MOST_IN_VAIN = 100_000_000
_CHUNK = 64 * 1024


class InMemory(FileUploadHandler):
    """Keeps of each file one byte more than it may have, and throws the rest away: so one that is too large is seen to
    be that. How large all of a request may be, its view has to check before anything of it is read.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._content = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take some of it."""
        self._content.write(raw_data[: max(0, self._most + 1 - start)])

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file."""
        size = self._content.tell()
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content,
            self.field_name,
            self.file_name,
            self.content_type,
            size,
            self.charset,
            self.content_type_extra,
        )


def read_in_vain(request: HttpRequest) -> None:
    """Read the body of a request that is refused for its size, up to some limit, and throw it away: a browser that is
    still sending shows no answer.
    """
    left = _MOST_IN_VAIN
    with suppress(OSError):
        while left > 0 and (chunk := request.read(_CHUNK)):
            left -= len(chunk)


def announced_bytes(request: HttpRequest) -> int | None:
    """How large a request says that its body is; None where it says nothing that can be read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else None
