"""What editors may upload: files that are what their extension says, judged by their first bytes, never read whole into
memory.

Images are checked by Wagtail (format against extension, size) once their pixels were counted here; documents are
checked here.
"""

from collections.abc import Callable
from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.core.file_contents import is_office_open, is_open_document, starts_with

_MISMATCH = _("This file is not what its extension .%(extension)s says.")


def _is_text(file: BinaryIO) -> bool:
    return all(b"\0" not in chunk for chunk in iter(lambda: file.read(1 << 16), b""))


_CHECKS: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": starts_with(b"%PDF-"),
    "docx": is_office_open("word/document.xml"),
    "xlsx": is_office_open("xl/workbook.xml"),
    "odt": is_open_document("text"),
    "ods": is_open_document("spreadsheet"),
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


class PictureField(WagtailImageField):
    """Wagtail's field, but that the pixels are counted from the file's header first: Wagtail decodes all of them."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Refuse too many pixels, of all frames together, and a file that only begins as a picture."""
        f.seek(0)
        try:
            with PillowImage.open(f) as opened:
                width, height = opened.size
                pixels = width * height * getattr(opened, "n_frames", 1)
            if pixels <= self.max_image_pixels:
                super().check_image_pixel_size(f)
        except PillowImage.DecompressionBombError:
            # Pillow's own limit, and all that is known: it did not even read the header.
            pixels = 2 * (PillowImage.MAX_IMAGE_PIXELS or self.max_image_pixels)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        finally:
            f.seek(0)
        if pixels > self.max_image_pixels:
            raise ValidationError(
                self.error_messages["file_too_many_pixels"],
                params={"num_pixels": pixels, "max_pixels_count": self.max_image_pixels},
                code="file_too_many_pixels",
            )


class ImageForm(_KeepsReplacedFile, BaseImageForm):
    """The form of an image in the admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            # The field words its messages when it is made, so it is made here and not for the class.
            self.fields["file"] = PictureField(label=file.label, required=file.required, widget=file.widget)

    class Meta(BaseImageForm.Meta):
        widgets: dict[str, forms.Widget] = BaseImageForm.Meta.widgets
