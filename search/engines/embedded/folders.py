"""Where the embedded index lies: one folder per build, and a pointer to the one in use.

::

    current                     the name of the build in use; replaced by rename
    building                    the name of the build that a rebuild is filling, while there is one
    write.lock  rebuild.lock    held by whoever writes, or rebuilds
    20261123T101112-1f2e3d4c/
        identity                random; names this build for as long as it lies here
        gone.json               versions of what was taken out
        changes.jsonl           what was written elsewhere while this build was filled
        index/                  tantivy's files

Locks are the kernel's: they go with the process that holds them, however it ends.
"""

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from search.engines.base import Missing, Unavailable

_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


class Build:
    """One build's folder and the files in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "index"
        self.meta = self.index / "meta.json"
        self.gone = folder / "gone.json"
        self.changes = folder / "changes.jsonl"

    @property
    def name(self) -> str:
        return self.folder.name

    def identity(self) -> str:
        """What names this build. Raises `Missing` where it, or the index beside it, is not there."""
        try:
            self.meta.stat()
            return (self.folder / "identity").read_text()
        except OSError as fault:
            raise Missing(str(fault)) from fault


class Folders:
    """The directory of the embedded index."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._current, self._building = root / "current", root / "building"

    def current(self) -> Build:
        """The build in use. Raises `Missing`."""
        build = self._named(self._current)
        if build is None:
            raise Missing(f"no index in {self.root}")
        return build

    def building(self) -> Build | None:
        """The build that a rebuild is filling now, here or in another process."""
        build = self._named(self._building)
        if build is None:
            return None
        try:
            with self._locked("rebuild.lock", 0):
                # Nobody fills it: its rebuild died.
                self._building.unlink(missing_ok=True)
                return None
        except Unavailable:
            return build

    @contextmanager
    def new(self) -> Iterator[Build]:
        """A new build to be filled: named by `building` within, gone afterwards unless `use` was called. Raises
        `Unavailable` while another one is being filled.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with self._locked("rebuild.lock", 1.0):
            build = Build(self.root / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}")
            build.index.mkdir(parents=True)
            replace_file(build.folder / "identity", secrets.token_hex(16))
            build.changes.touch()
            replace_file(self._building, build.name)
            try:
                yield build
            finally:
                if self._building.exists():
                    self._building.unlink()
                    shutil.rmtree(build.folder, ignore_errors=True)

    def use(self, build: Build) -> None:
        """Point to a new build, and remove those before the one that was in use until now: readers elsewhere may still
        be opening that one. Whoever calls it holds the lock of `writing`.
        """
        previous = self._named(self._current)
        replace_file(self._current, build.name)
        self._building.unlink()
        build.changes.unlink()
        kept = {build.name, previous.name if previous else None}
        for folder in self.root.iterdir():
            if _NAME.fullmatch(folder.name) and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:
        """Within, nobody else writes. Raises `Unavailable` where somebody else does for ``patience`` seconds."""
        with self._locked("write.lock", patience):
            yield

    def _named(self, pointer: Path) -> Build | None:
        try:
            name = pointer.read_text()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise Unavailable(str(fault)) from fault
        return Build(self.root / name) if _NAME.fullmatch(name) else None

    @contextmanager
    def _locked(self, name: str, patience: float) -> Iterator[None]:
        try:
            file = os.open(self.root / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileNotFoundError as fault:
            raise Missing(str(fault)) from fault
        except OSError as fault:
            raise Unavailable(str(fault)) from fault
        try:
            _wait_for(file, patience)
            yield
        finally:
            # Not only closed: a process forked meanwhile has the file open too.
            fcntl.flock(file, fcntl.LOCK_UN)
            os.close(file)


def replace_file(path: Path, text: str) -> None:
    """Write a small file whole: whoever reads it sees the former text or this one, after a power cut too."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _wait_for(file: int, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as fault:
            if time.monotonic() > until:
                raise Unavailable("another process is writing") from fault
            time.sleep(0.02)
