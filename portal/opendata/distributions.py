"""What reads the files of datasets."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.opendata.formats import FORMATS, Format
from portal.opendata.models import Distribution
from portal.publication.files import address
from portal.publication.models import PublicFile


@dataclass(frozen=True, slots=True)
class File:
    """A file of a version: its format, its address, which never changes and never means other bytes, its size in bytes
    and its SHA-256.
    """

    format: Format
    version: int
    address: str
    filename: str
    size: int
    sha256: str


def of_version(uid: str, version: int) -> list[File]:
    """The files of a version of a dataset, in the order in which formats are offered; empty until they are made."""
    found = Distribution.objects.filter(row__uid=uid, row__version=version).select_related("file", "row")
    return _in_order({each.format: _file(each.format, each.row.version, each.file) for each in found})


def latest(uid: str, code: str) -> File | None:
    """The file in a format of the latest version that has one; None if there is none."""
    found = Distribution.objects.filter(row__uid=uid, format=code).select_related("file", "row")
    newest = found.order_by("-row__version").first()
    return None if newest is None else _file(code, newest.row.version, newest.file)


def _in_order(files: Mapping[str, File]) -> list[File]:
    return [files[code] for code in FORMATS if code in files]


def _file(code: str, version: int, file: PublicFile) -> File:
    name = file.name.rpartition("/")[2]
    return File(FORMATS[code], version, address(file), name, file.size, file.sha256)
