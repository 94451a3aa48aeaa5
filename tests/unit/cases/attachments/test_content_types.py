"""What a file is, its content says; what is none of what cases take is refused, and says why."""

import contextlib
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.attachments.content_types import EXTENSIONS, media_type_of
from portal.cases.attachments.refusals import FileRefused, HasMacros, TooManyPixels, TypeUnknown
from tests.factories.attachments import PDF, TAKEN
from tests.factories.uploads import GOOD_DOCUMENTS, archive, picture

_DOCX = ["[Content_Types].xml", "word/document.xml"]
_ODT = ("mimetype", b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(("content", "media_type"), TAKEN.items(), ids=TAKEN.values())
def test_what_is_taken(content, media_type):
    assert media_type_of(content) == media_type
    assert media_type in EXTENSIONS


REFUSED = {
    "a program": b"MZ\x90\0\x03",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing": b'\xef\xbb\xbf \n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "an archive": archive(["readme.txt"]),
    "half an archive": GOOD_DOCUMENTS["a.docx"][:60],
    "a cut picture": picture("PNG")[:30],
    "a picture in name": b"\xff\xd8\xff and words",
    "a GIF": picture("GIF"),
    "a WebP": picture("WEBP"),
    "an AVIF": picture("AVIF"),
    "a TIFF": picture("TIFF"),
    "a HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "noise": bytes(range(256)),
    "escapes": b"ring\x07 \x1b[31mred",
    "a NUL": b"words\0",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_is_not(content):
    with pytest.raises(TypeUnknown):
        media_type_of(content)


def claiming(width: int, height: int) -> bytes:
    """A PNG that says that it is so large."""
    png = picture("PNG")
    header = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    return png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]


@pytest.mark.parametrize(("width", "height"), [(10_000, 9_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_of_pixels_is_not_decoded(width, height):
    with pytest.raises(TooManyPixels):
        media_type_of(claiming(width, height))
    assert media_type_of(claiming(8000, 6000)) == "image/png"


@pytest.mark.parametrize(
    "content",
    [
        archive([*_DOCX, "word/vbaProject.bin"]),
        archive(["content.xml", "Basic/Standard/Module1.xml"], first=_ODT),
        archive(["content.xml", "Scripts/python/run.py"], first=_ODT),
    ],
)
def test_macros_are_refused(content):
    with pytest.raises(HasMacros):
        media_type_of(content)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", PDF[:5]]))
def test_whatever_comes_is_typed_or_refused(content, magic):
    with contextlib.suppress(FileRefused):
        assert media_type_of(magic + content) in EXTENSIONS
