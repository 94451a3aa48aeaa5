"""What reads the files of datasets."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from portal.opendata.formats import FORMATS, Format
from portal.opendata.models import Distribution
from portal.publication.files import address


@dataclass(frozen=True, slots=True)
class File:
    """A file of a version: its format, when that version was published, its address, which never changes and never
    means other bytes, its name in the storage of public files, its size in bytes and its SHA-256.
    """

    format: Format
    version: int
    published_at: str
    address: str
    stored: str
    size: int
    sha256: str

    @property
    def filename(self) -> str:
        """What it is called when it is saved."""
        return self.stored.rpartition("/")[2]


def of_version(uid: str, version: int) -> list[File]:
    """The files of a version of a dataset, in the order in which formats are offered; empty until they are made."""
    return _in_order({each.format: _file(each) for each in _read(row__uid=uid, row__version=version)})


def of_latest(uids: Collection[str]) -> dict[str, list[File]]:
    """For each of these datasets the files of the latest version that has any, in the order in which formats are
    offered; one query.
    """
    of_these = Distribution.objects.filter(row__uid__in=uids)
    newest = of_these.values("row__uid").annotate(seq=Max("row")).values("seq")
    found: dict[str, dict[str, File]] = defaultdict(dict)
    for each in _read(row__in=newest):
        found[each.row.uid][each.format] = _file(each)
    return {uid: _in_order(files) for uid, files in found.items()}


def latest(uid: str, code: str) -> File | None:
    """The file in a format of the latest version that has one; None if there is none."""
    newest = _read(row__uid=uid, format=code).order_by("-row__version").first()
    return None if newest is None else _file(newest)


def _read(**wanted: Any) -> QuerySet[Distribution]:
    return Distribution.objects.filter(**wanted).select_related("file", "row")


def _in_order(files: Mapping[str, File]) -> list[File]:
    return [files[code] for code in FORMATS if code in files]


def _file(found: Distribution) -> File:
    row, file = found.row, found.file
    made = FORMATS[found.format]
    return File(made, row.version, row.published_at, address(file), file.name, file.size, file.sha256)
