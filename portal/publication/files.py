"""Public files: what the documents in the log use, under the SHA-256 of the content. Nothing is served that no version
in the log uses.
"""

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

from portal.core.canonical import sha256_hex, sha256_of
from portal.publication.models import FileUse, PublicFile, Rendition

#: Extension by media type, where Python's table would differ from one machine to another.
_EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "text/csv": "csv",
    "text/plain": "txt",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}

#: Media types that Python's table may not know.
_RENDITION_TYPES = {"avif": "image/avif", "webp": "image/webp"}


def storage() -> Storage:
    """The storage of public files, apart from the private uploads."""
    return storages["public"]


def extension(media_type: str) -> str:
    """The extension for a media type, without a dot; ``bin`` for unknown ones."""
    return _EXTENSIONS.get(media_type) or (mimetypes.guess_extension(media_type) or ".bin").lstrip(".")


def expose(source: BinaryIO | File, *, media_type: str, width: int | None = None, height: int | None = None) -> str:
    """Copy a file into the public storage under its SHA-256, unless it is there, and return the SHA-256.

    It is served only once a log row uses it, so a copy left by a transaction that failed is never public.
    """
    source.seek(0)
    content = source.read()
    sha256 = sha256_hex(content)
    name = f"{sha256[:2]}/{sha256}/original.{extension(media_type)}"
    if not storage().exists(name):
        storage().save(name, ContentFile(content))
    PublicFile.objects.get_or_create(
        sha256=sha256,
        defaults={"name": name, "type": media_type, "size": len(content), "width": width, "height": height},
    )
    return sha256


def keep(path: Path, *, media_type: str) -> PublicFile:
    """Copy a file of any size into the public storage under its SHA-256 and its own name, unless its content is there.

    It is served only once a log row uses it.
    """
    sha256 = sha256_of(path)
    known = PublicFile.objects.filter(pk=sha256).first()
    if known is not None and storage().exists(known.name):
        return known
    name = f"{sha256[:2]}/{sha256}/{path.name}"
    if not storage().exists(name):
        with path.open("rb") as source:
            storage().save(name, File(source))
    file, _created = PublicFile.objects.get_or_create(
        sha256=sha256, defaults={"name": name, "type": media_type, "size": path.stat().st_size}
    )
    return file


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the public storage: its name there, and its media type."""

    name: str
    type: str


def served(sha256: str, name: str) -> Stored | None:
    """What the address of that content and name leads to: a file that a version in the log uses, or a rendition of such
    a picture.
    """
    found = PublicFile.objects.filter(pk=sha256).first()
    if found is None or not FileUse.objects.filter(file_id=sha256).exists():
        return None
    if found.name.rpartition("/")[2] == name:
        return Stored(found.name, found.type)
    width, _dot, extension = name.partition(".")
    if width.isdecimal() and len(width) < 10:
        rendition = Rendition.objects.filter(file_id=sha256, width=int(width), format=extension).first()
        if rendition is not None and rendition.name.rpartition("/")[2] == name:
            guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return Stored(rendition.name, _RENDITION_TYPES.get(extension) or guessed)
    return None


def address(file: PublicFile | Rendition) -> str:
    """The public address of a file or of one of its renditions; it never changes and never means anything else."""
    sha256 = file.sha256 if isinstance(file, PublicFile) else file.file_id
    return f"/media/{sha256}/{file.name.rsplit('/', 1)[1]}"


def remove(sha256: str) -> None:
    """Delete a file, its renditions and their rows, for a redaction that leaves no use of it."""
    file = PublicFile.objects.filter(pk=sha256).first()
    if file is None:
        return
    for name in [*file.renditions.values_list("name", flat=True), file.name]:
        storage().delete(name)
    file.delete()
