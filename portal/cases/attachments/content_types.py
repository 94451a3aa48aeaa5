"""What kinds of file cases take, and which of them a file is: told from its content, never from its name."""

import io
import unicodedata
from collections.abc import Callable, Mapping
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from portal.cases.attachments.refusals import HasMacros, TooManyPixels, TypeUnknown
from portal.core.file_contents import is_office_open, is_open_document, members, starts_with

_PICTURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
_FORMATS = ("JPEG", "PNG")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_DOCUMENTS: Mapping[str, Callable[[BinaryIO], bool]] = {
    "application/pdf": starts_with(b"%PDF-"),
    f"{_OFFICE}.wordprocessingml.document": is_office_open("word/document.xml"),
    f"{_OFFICE}.spreadsheetml.sheet": is_office_open("xl/workbook.xml"),
    f"{_OPEN}.text": is_open_document("text"),
    f"{_OPEN}.spreadsheet": is_open_document("spreadsheet"),
}
#: Media type → the extension that its files have.
EXTENSIONS: Mapping[str, str] = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    f"{_OPEN}.text": "odt",
    f"{_OPEN}.spreadsheet": "ods",
    "text/plain": "txt",
}
#: The same for HTML's ``accept``: telephones go by the types, other devices by the extensions.
ACCEPTED = ",".join([*EXTENSIONS, *(f".{extension}" for extension in EXTENSIONS.values())])
#: Encodings that plain text comes in here; the first that fits is enough to know that it is text.
_ENCODINGS = ("utf-8-sig", "cp950")
_WHITE = frozenset("\t\n\r\f")


def media_type_of(content: bytes) -> str:
    """The media type of a file. Raises `TypeUnknown` for what is none of those that are taken, a damaged picture
    included, `TooManyPixels` and `HasMacros`.
    """
    for media_type, magic in _PICTURES.items():
        if content.startswith(magic):
            _check_picture(content)
            return media_type
    for media_type, is_one in _DOCUMENTS.items():
        if is_one(io.BytesIO(content)):
            _check_macros(content)
            return media_type
    if _is_plain_text(content):
        return "text/plain"
    raise TypeUnknown


def _check_picture(content: bytes) -> None:
    """Raise unless Pillow knows the picture, which it does not decode for that, and it has no more pixels than Pillow
    takes for harmless: whoever opens it decodes all of them.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            width, height = opened.size
            opened.verify()
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise TypeUnknown from None
    if Image.MAX_IMAGE_PIXELS is not None and width * height > Image.MAX_IMAGE_PIXELS:
        raise TooManyPixels


def _check_macros(content: bytes) -> None:
    """Raise `HasMacros` for an office file that brings a program along."""
    for name in members(io.BytesIO(content)):
        if name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")):
            raise HasMacros


def _is_plain_text(content: bytes) -> bool:
    """Whether it is text without markup: lines that people write, in UTF-8 or Big5."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = {each for each in set(text) - _WHITE if unicodedata.category(each) in ("Cc", "Cn")}
        return not controls and not text.lstrip().startswith("<")
    return False
