"""Files as editors upload them, good and bad, made small however large they claim to be."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(format_name: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    """A picture file."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, format_name)
    return buffer.getvalue()


@functools.cache
def large_png(width: int, height: int) -> bytes:
    """A picture of one colour, three bytes to the pixel, compressed to almost nothing."""
    compress = zlib.compressobj()
    lines = b"\0" * (1 + 3 * width)
    data = b"".join(compress.compress(lines) for _ in range(height)) + compress.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in chunks
    )


def archive(members: Iterable[str], *, first: tuple[str, bytes] | None = None) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        if first:
            file.writestr(*first)
        for member in members:
            file.writestr(member, b"")
    return buffer.getvalue()


#: Name → content of files that are what they say.
GOOD_DOCUMENTS = {
    "a.pdf": b"%PDF-1.7\n%\xe2\xe3\n",
    "a.docx": archive(["[Content_Types].xml", "word/document.xml"]),
    "a.xlsx": archive(["[Content_Types].xml", "xl/workbook.xml"]),
    "a.odt": archive(["content.xml"], first=("mimetype", b"application/vnd.oasis.opendocument.text")),
    "a.ods": archive(["content.xml"], first=("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")),
    "a.csv": "年度,件數\n2022,5\n".encode(),
    "a.txt": "公告".encode("big5"),
}
#: Files that are not, or may not come in at all.
BAD_DOCUMENTS = {
    "text.pdf": b"only words",
    "empty-archive.docx": archive(["readme.txt"]),
    "sheet.docx": GOOD_DOCUMENTS["a.xlsx"],
    "not-an-archive.docx": b"PK\x03\x04 and nothing",
    "text.ods": GOOD_DOCUMENTS["a.odt"],
    "archive.odt": archive(["content.xml"]),
    "archive.csv": GOOD_DOCUMENTS["a.docx"],
    "page.html": b"<script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "program.exe": b"MZ\0\0",
}
GOOD_PICTURES = {
    "a.png": picture("PNG"),
    "a.jpg": picture("JPEG"),
    "a.jpeg": picture("JPEG"),
    "a.webp": picture("WEBP"),
    "a.avif": picture("AVIF"),
    "a.gif": picture("GIF"),
}
BAD_PICTURES = {
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
    "svg.png": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "png.jpg": picture("PNG"),
    "jpeg.png": picture("JPEG"),
    "text.png": b"only words",
    "cut.png": picture("PNG")[:30],
    "page.html": b"<script>alert(1)</script>",
    "a.bmp": picture("BMP"),
    "a.tiff": picture("TIFF"),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)
