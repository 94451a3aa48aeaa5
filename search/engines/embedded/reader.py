"""The index that is in use, as this process has it open, always at its last commit."""

import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.engines.base import Missing
from search.engines.embedded.folders import Build, Folders
from search.engines.embedded.schema import opened

_Stamp = tuple[int, int, int]


@dataclass(slots=True)
class _Open:
    build: Build
    index: tantivy.Index
    searcher: tantivy.Searcher
    stamp: _Stamp


class Reader:
    """Opens the build in use and keeps it open; safe to share between threads.

    tantivy's commits and a rebuild's swap each replace a file: looking at two files' times tells whether anything
    changed, in this process or in another.
    """

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock = threading.Lock()
        self._open: _Open | None = None

    def forget(self) -> None:
        """Close what is open; the next search opens it again."""
        with self._lock:
            self._open = None

    def searcher(self) -> tantivy.Searcher:
        """The last commit of the build in use. Raises `Missing`, and what tantivy raises."""
        with self._lock:
            build = self._folders.current()
            try:
                return self._at(build)
            except Missing:
                # It may have been removed since its name was read.
                again = self._folders.current()
                if again.name == build.name:
                    raise
                return self._at(again)

    def _at(self, build: Build) -> tantivy.Searcher:
        stamp = _stamp(build.meta)
        if self._open is None or self._open.build.name != build.name:
            self._open = None
            index = open_build(build)
            self._open = _Open(build, index, index.searcher(), stamp)
        elif self._open.stamp != stamp:
            self._open.index.reload()
            self._open.searcher = self._open.index.searcher()
            self._open.stamp = stamp
        return self._open.searcher


def open_build(build: Build) -> tantivy.Index:
    """A build's index. Raises `Missing` where it is not there or was made with other fields."""
    _stamp(build.meta)
    try:
        return opened(str(build.index))
    except ValueError as fault:
        raise Missing(f"{build.index} cannot be opened: {fault}") from fault


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError as fault:
        raise Missing(str(fault)) from fault
    return found.st_mtime_ns, found.st_ino, found.st_size
