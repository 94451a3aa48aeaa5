"""The zip archives that spreadsheets are, looked through before anything unpacks them into memory."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from portal.core.file_contents import has_small_directory
from portal.statistics.problems import Problem, TableProblems

#: Bytes that all members may have together when unpacked. 100,000 observations have about 50 million.
MOST_UNPACKED = 256 * 1024 * 1024
#: How many times as large as its packed form a member may be, once it is worth a thought. Tables repeat themselves up
#: to 200 times, what is made to be a bomb 1,000 times.
MOST_RATIO, _SMALL = 400, 1024 * 1024
#: Tags that all members may have together: each becomes an object in memory. 100,000 observations have some 5 million.
MOST_TAGS = 10_000_000
_MOST_MEMBERS = 1000
_CHUNK = 1 << 20
#: What reading an archive that is damaged raises.
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """An archive all of whose members were unpacked once, into nothing: none is larger than it says, and all together
    are not too large.

    Raises `TableProblems` for an archive that is damaged, protected, or a bomb.
    """
    if not has_small_directory(file):
        raise unreadable()
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        _check_sizes(archive.infolist())
        tags = sum(_tags(archive, member) for member in archive.infolist())
    except FAULTS as fault:
        raise unreadable() from fault
    if tags > MOST_TAGS:
        raise _too_large()
    with archive:
        yield archive


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise TableProblems([Problem(0, None, _("The file is protected by a password. Save it without one."))])
    if len(members) > _MOST_MEMBERS or any(member.compress_type not in _PACKED for member in members):
        raise unreadable()
    large = [each for each in members if each.file_size > max(_SMALL, MOST_RATIO * each.compress_size)]
    if large or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _too_large()


def _tags(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """How many tags a member has. It is unpacked up to the size that it claims; if it has more, its checksum fails."""
    size = tags = 0
    with archive.open(member) as content:
        for chunk in iter(lambda: content.read(_CHUNK), b""):
            size += len(chunk)
            tags += chunk.count(b"<")
    if size != member.file_size:
        raise zipfile.BadZipFile(member.filename)
    return tags


def _too_large() -> TableProblems:
    text = _("Unpacked, the file would be far larger than a table can be. It is not opened.")
    return TableProblems([Problem(0, None, text)])


def unreadable() -> TableProblems:
    """That a file is not what it seems."""
    return TableProblems([Problem(0, None, _("The file cannot be read: it is damaged, or not a spreadsheet."))])
