"""The directory of attachments: one encrypted file each, under a random name, there whole or not at all.

What lies here without a row that names it is of a form that was never sent, or of a process that has died; `sweeping`
removes it.
"""

import os
import secrets
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from portal.cases.personal.keys import Unreadable

_UNFINISHED = ".unfinished"


class Missing(Unreadable):
    """A file is not where it should be. Says its random name alone."""


def root() -> Path:
    """The directory, which only the portal may read."""
    return Path(settings.ATTACHMENTS_ROOT)


def write(uid: uuid.UUID, content: bytes) -> None:
    """Write a file that is on the disk when this returns: under another name first, so that a crash leaves no half of
    it.
    """
    path = _path(uid)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}{_UNFINISHED}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def read(uid: uuid.UUID) -> bytes:
    """The file's bytes. Raises `Missing`."""
    try:
        return _path(uid).read_bytes()
    except FileNotFoundError:
        raise Missing(f"The attachment {uid.hex} is not in the directory of attachments.") from None


def exists(uid: uuid.UUID) -> bool:
    """Whether there is such a file."""
    return _path(uid).is_file()


def remove(uids: Iterable[uuid.UUID]) -> None:
    """Remove files, as far as they are there."""
    for uid in uids:
        _path(uid).unlink(missing_ok=True)


def older_than(seconds: float) -> Iterator[Path]:
    """The files that were written so long ago, those that were never finished among them."""
    before = time.time() - seconds
    for path in sorted(root().glob("??/*")):
        # Another process may be removing it.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                yield path


def uid_of(path: Path) -> uuid.UUID | None:
    """Which attachment a file is; None for what is none."""
    try:
        return uuid.UUID(hex=path.name)
    except ValueError:
        return None


def _path(uid: uuid.UUID) -> Path:
    return root() / uid.hex[:2] / uid.hex


def _sync(directory: Path) -> None:
    """Have the directory's list of names on the disk, too."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
