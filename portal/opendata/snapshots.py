"""Snapshots: files that hold public records as they were at one moment. They are kept until newer ones are there.

What such files hold may be withdrawn or redacted tomorrow. So none is kept for ever, and none is served once anything
has been taken back since it was made, however late whoever makes the next one is: `standing` and `file` ask the log.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet

from portal.core.canonical import sha256_of
from portal.opendata.models import Snapshot, SnapshotFile
from portal.publication import log
from portal.publication.files import storage
from portal.publication.models import LogRow

#: The latest snapshot of a kind, and the one before it for downloads that are under way.
KEPT = 2
#: The folder in the ``public`` storage.
FOLDER = "snapshots"
_TAKES_BACK = (LogRow.Action.WITHDRAW, LogRow.Action.REDACT)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written to ``path``, whose name is the file's own."""

    format: str
    type: str
    path: Path


def latest(kind: str) -> Snapshot | None:
    """The latest snapshot of a kind, whether or not it may be served; None before the first."""
    return Snapshot.objects.filter(kind=kind).order_by("-id").first()


def standing(kind: str) -> Snapshot | None:
    """The latest snapshot of a kind, if nothing has been taken back since it was made."""
    snapshot = latest(kind)
    return snapshot if snapshot is not None and _stands(snapshot) else None


def all_standing(kinds: Collection[str]) -> list[Snapshot]:
    """The snapshots of these kinds that may be served, the latest first, with their files."""
    found = Snapshot.objects.filter(kind__in=kinds).order_by("-id").prefetch_related("files")
    return [each for each in found if _stands(each)]


def file(sha256: str, name: str) -> SnapshotFile | None:
    """A file of a snapshot that may be served."""
    found = SnapshotFile.objects.filter(sha256=sha256, name=name).select_related("snapshot").order_by("-snapshot")
    return next((each for each in found if _stands(each.snapshot)), None)


def address(each: SnapshotFile) -> str:
    """Where a file is served as long as its snapshot is there; it never means other bytes."""
    return f"/data/files/{each.sha256}/{each.name}"


def stored(sha256: str, name: str) -> str:
    """The name of a file in the ``public`` storage."""
    return f"{FOLDER}/{sha256}-{name}"


def keep(kind: str, written: Iterable[Written], *, seq: int, state: str, records: int) -> Snapshot:
    """Take files that were written into the public storage and make them the latest snapshot of a kind."""
    found = [(each, sha256_of(each.path), each.path.stat().st_size) for each in written]
    for each, sha256, size in found:
        _store(each.path, sha256, size)
    with transaction.atomic():
        # Under the lock nobody is about to sweep away a file that is there and belongs to no snapshot yet.
        log.lock()
        snapshot = Snapshot.objects.create(kind=kind, seq=seq, state=state, records=records)
        for each, sha256, size in found:
            _store(each.path, sha256, size)
            SnapshotFile.objects.create(
                snapshot=snapshot, format=each.format, name=each.path.name, type=each.type, size=size, sha256=sha256
            )
    return snapshot


def confirm(kind: str, *, seq: int, state: str) -> bool:
    """Whether the latest snapshot of a kind holds what there is at row ``seq``; if so, nothing in it has been taken
    back up to there.
    """
    snapshot = latest(kind)
    if snapshot is None or snapshot.state != state or not all(map(_is_whole, snapshot.files.all())):
        return False
    Snapshot.objects.filter(pk=snapshot.pk, seq__lt=seq).update(seq=seq)
    return True


def forget() -> None:
    """Delete every snapshot that may not be served any more or is older than those that are kept, and every file that
    belongs to none.
    """
    with transaction.atomic():
        log.lock()
        for kind in Snapshot.objects.values_list("kind", flat=True).distinct():
            for place, snapshot in enumerate(_newest_first(kind)):
                if place >= KEPT or not _stands(snapshot):
                    snapshot.delete()
        transaction.on_commit(_sweep)


def _sweep() -> None:
    with transaction.atomic():
        log.lock()
        belonging = {stored(*found) for found in SnapshotFile.objects.values_list("sha256", "name")}
        try:
            _folders, names = storage().listdir(FOLDER)
        except FileNotFoundError:
            return
        for name in names:
            if f"{FOLDER}/{name}" not in belonging:
                storage().delete(f"{FOLDER}/{name}")


def _newest_first(kind: str) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(kind=kind).order_by("-id")


def _stands(snapshot: Snapshot) -> bool:
    return not LogRow.objects.filter(seq__gt=snapshot.seq, action__in=_TAKES_BACK).exists()


def _store(path: Path, sha256: str, size: int) -> None:
    """Copy a file into the storage unless it is there, whole."""
    name = stored(sha256, path.name)
    if storage().exists(name):
        if storage().size(name) == size:
            return
        storage().delete(name)
    with path.open("rb") as source:
        saved = storage().save(name, File(source))
    if saved != name:
        # Another host was quicker.
        storage().delete(saved)


def _is_whole(each: SnapshotFile) -> bool:
    name = stored(each.sha256, each.name)
    return storage().exists(name) and storage().size(name) == each.size
