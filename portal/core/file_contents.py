"""What a file is, told from its content and never from its name. Only first bytes and lists of members are read:
nothing is unpacked or decoded.
"""

import os
import zipfile
from collections.abc import Callable
from typing import BinaryIO

#: The end of an archive with the longest comment, and what stands before it in archives of more than 4 GB.
_LONGEST_END = 22 + 65_535 + 20
_LARGEST_DIRECTORY = 1024 * 1024
_LOCAL_HEADER = 30


def starts_with(magic: bytes) -> Callable[[BinaryIO], bool]:
    """Whether a file's first bytes are these."""
    return lambda file: file.read(len(magic)) == magic


def members(file: BinaryIO) -> frozenset[str]:
    """The names of a zip archive's members; none for a file that is no archive, or has a list of members that no office
    file has: it is read whole into memory.
    """
    if not has_small_directory(file):
        return frozenset()
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return frozenset()


def is_office_open(member: str) -> Callable[[BinaryIO], bool]:
    """Whether a file is of Office Open XML and has this member, such as ``word/document.xml``."""
    return lambda file: {"[Content_Types].xml", member} <= members(file)


def is_open_document(kind: str) -> Callable[[BinaryIO], bool]:
    """Whether a file is an OpenDocument one of a kind, such as ``text``: a zip archive that begins with its media type,
    stored as it is (ODF 1.2, part 3, 3.3).
    """
    name = b"mimetype" + f"application/vnd.oasis.opendocument.{kind}".encode()

    def check(file: BinaryIO) -> bool:
        head = file.read(_LOCAL_HEADER + len(name))
        return head[:4] == b"PK\x03\x04" and head[_LOCAL_HEADER:] == name

    return check


def has_small_directory(file: BinaryIO) -> bool:
    """Whether the list of an archive's members is one that an office file may have: it is read whole into memory."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST_END))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 16 or b"PK\x06\x07" in tail:
        return False
    return int.from_bytes(tail[end + 12 : end + 16], "little") <= _LARGEST_DIRECTORY
