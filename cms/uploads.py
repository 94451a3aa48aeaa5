"""What editors may upload: files that are what their extension says, judged by their first bytes, never read whole into
memory.

Images are checked by Wagtail itself (format against extension, size, pixels from the header); documents are checked
here.
"""

import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

_MISMATCH = _("This file is not what its extension .%(extension)s says.")


def _starts_with(magic: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(len(magic)) == magic


def _holds(member: str) -> Callable[[BinaryIO], bool]:
    """A zip archive that has a member (Office Open XML); its list of members is read, nothing is unpacked."""

    def check(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                return {"[Content_Types].xml", member} <= set(archive.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False

    return check


def _open_document(media_type: str) -> Callable[[BinaryIO], bool]:
    """An OpenDocument file: a zip archive that begins with its media type, stored as it is (ODF 1.2, part 3, 3.3)."""
    name = b"mimetype" + f"application/vnd.oasis.opendocument.{media_type}".encode()

    def check(file: BinaryIO) -> bool:
        head = file.read(30 + len(name))
        return head[:4] == b"PK\x03\x04" and head[30:] == name

    return check


def _is_text(file: BinaryIO) -> bool:
    return all(b"\0" not in chunk for chunk in iter(lambda: file.read(1 << 16), b""))


_CHECKS: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": _starts_with(b"%PDF-"),
    "docx": _holds("word/document.xml"),
    "xlsx": _holds("xl/workbook.xml"),
    "odt": _open_document("text"),
    "ods": _open_document("spreadsheet"),
    "csv": _is_text,
    "txt": _is_text,
}


def check_document(name: str, file: BinaryIO) -> None:
    """Raise ValidationError unless a file is what its extension says."""
    extension = name.rpartition(".")[2].lower()
    file.seek(0)
    try:
        if extension in _CHECKS and not _CHECKS[extension](file):
            raise ValidationError(_MISMATCH, params={"extension": extension}, code="mismatch")
    finally:
        file.seek(0)


class _KeepsReplacedFile(BaseCollectionMemberForm):
    """Wagtail's forms delete a replaced file at once; here that waits for the commit, so that a rollback loses
    nothing.
    """

    original_file: Any

    def save(self, commit: bool = True) -> Any:
        replaced = self.original_file if commit and "file" in self.changed_data else None
        if replaced:
            self.original_file = None
        saved = super().save(commit=commit)
        if replaced:
            storage, name = replaced.storage, replaced.name
            transaction.on_commit(lambda: storage.delete(name))
            if hasattr(saved, "renditions"):
                saved.renditions.all().delete()
        return saved


class DocumentForm(_KeepsReplacedFile, BaseDocumentForm):
    """The form of a document in the admin."""

    def clean_file(self) -> Any:
        """Refuse a file that is not what its extension says."""
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            check_document(file.name, file)
        return file


class ImageForm(_KeepsReplacedFile, BaseImageForm):
    """The form of an image in the admin."""

    class Meta(BaseImageForm.Meta):
        widgets: dict[str, forms.Widget] = BaseImageForm.Meta.widgets
